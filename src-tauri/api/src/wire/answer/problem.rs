//! Refusals: IBM's error container, the shapes that clients know besides, and whatever a proxy on the
//! way says.

use serde_json::{Map, Value};

use crate::{Code, Problem, Target};

/// What an answer of this status with this body says. Never quotes more than 500 characters.
pub fn problem(status: u16, body: &[u8]) -> Problem {
    let read: Option<Map<String, Value>> = (body.len() <= LARGEST)
        .then(|| serde_json::from_slice(body).ok())
        .flatten();
    let Some(container) = read else {
        let text = plain_text(body).unwrap_or_else(|| neutral(status));
        return Problem::new(by_status(status, &text), text);
    };
    let first = container.get("errors").and_then(|errors| errors.get(0));
    let text = |value: Option<&Value>| value.and_then(Value::as_str).and_then(cleaned);
    // the order in which IBM's clients look
    let message = text(first.and_then(|first| first.get("message")))
        .or_else(|| text(container.get("error")))
        .or_else(|| text(container.get("message")))
        .or_else(|| text(container.get("errorMessage")))
        .unwrap_or_else(|| neutral(status));
    let code = first.and_then(|first| first.get("code")).cloned();
    let code = code.and_then(|code| serde_json::from_value::<Code>(code).ok());
    let code = code.unwrap_or_else(|| by_status(status, &message));
    let mut problem = Problem::new(code, message);
    problem.remedy = text(first.and_then(|first| first.get("remedy")));
    problem.target = first
        .and_then(|first| first.get("target").cloned())
        .and_then(|target| serde_json::from_value::<Target>(target).ok())
        .filter(|target| is_a_name(&target.name));
    problem
}

/// A container with more says nothing that a person could read.
const LARGEST: usize = 1 << 20;
/// Most characters that are quoted.
const QUOTED: usize = 500;

/// The code for a status where the answer has none of ours.
fn by_status(status: u16, message: &str) -> Code {
    let says = |part: &str| message.to_ascii_lowercase().contains(part);
    match status {
        300 => Code::Ambiguous,
        400 | 409 if says("reached the maximum") => Code::LimitReached,
        400 | 413 | 415 | 422 => Code::BadRequest,
        401 => Code::Unauthorized,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        409 if says("exist") => Code::NameTaken,
        412 if says("locked") => Code::Locked,
        409 | 412 => Code::Conflict,
        405 | 501 => Code::NotSupported,
        429 => Code::RateLimited,
        _ => Code::Io,
    }
}

/// What is said where the answer says nothing that can be shown.
fn neutral(status: u16) -> String {
    match status {
        401 => "The instance does not accept the token.".to_owned(),
        403 => "The instance does not allow this.".to_owned(),
        404 => "The instance has nothing of this name.".to_owned(),
        429 => "The instance was asked too often.".to_owned(),
        _ => format!("The instance answered with status {status}, and told no reason."),
    }
}

/// A body that is a sentence, and no page.
fn plain_text(body: &[u8]) -> Option<String> {
    let start = &body[..body.len().min(4 * QUOTED)];
    let text = String::from_utf8_lossy(start);
    let text = text.trim_end_matches('\u{fffd}').trim();
    let is_markup =
        text.starts_with(['<', '{', '[']) || text.contains("</") || text.contains('\u{fffd}');
    if is_markup { None } else { cleaned(text) }
}

/// A text as it can be shown: on one line, without what nobody sees, and not too long.
fn cleaned(text: &str) -> Option<String> {
    let seen = |sign: char| {
        if sign.is_control() || is_invisible(sign) {
            ' '
        } else {
            sign
        }
    };
    let line: String = text.chars().take(4 * QUOTED).map(seen).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return None;
    }
    if line.chars().count() <= QUOTED {
        return Some(line);
    }
    Some(line.chars().take(QUOTED - 1).chain(['…']).collect())
}

/// Signs that turn text round, or are not seen at all.
const fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn is_a_name(name: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.[]".contains(&byte);
    (1..=100).contains(&name.len()) && name.bytes().all(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_is_read_in_the_order_of_the_sdk() {
        let ours = problem(
            404,
            br#"{"errors":[{"code":"value_gone","message":"Gone.\u0000\n Really.","remedy":"Do.",
                "target":{"type":"field","name":"payload","value":"x"}}],"message":"no"}"#,
        );
        assert_eq!(
            (ours.code, ours.message.as_str()),
            (Code::ValueGone, "Gone. Really.")
        );
        assert_eq!(ours.target, Some(Target::field("payload")));
        assert_eq!(ours.remedy.as_deref(), Some("Do."));
        for (body, message) in [
            (r#"{"errors":[],"error":"a","message":"b"}"#, "a"),
            (r#"{"message":"b","errorMessage":"c"}"#, "b"),
            (r#"{"errorMessage":"c"}"#, "c"),
            ("upstream timed out", "upstream timed out"),
        ] {
            assert_eq!(problem(502, body.as_bytes()).message, message);
            assert_eq!(problem(502, body.as_bytes()).code, Code::Io);
        }
    }

    #[test]
    fn other_codes_are_those_of_the_status() {
        let of = |status, message: &str| {
            let body = serde_json::json!({"errors": [{"code": "Error01234", "message": message}]});
            problem(status, body.to_string().as_bytes()).code
        };
        assert_eq!(of(412, crate::lock::LOCKED), Code::Locked);
        assert_eq!(of(409, "It already exists."), Code::NameTaken);
        assert_eq!(of(409, "You reached the maximum."), Code::LimitReached);
        assert_eq!(of(300, "Which?"), Code::Ambiguous);
        assert_eq!(of(429, "Slow."), Code::RateLimited);
        assert_eq!(of(500, "Oh."), Code::Io);
    }

    #[test]
    fn pages_binaries_and_long_texts_are_not_quoted() {
        for body in [
            b"<html>503</html>".as_slice(),
            b"",
            &[0xff, 0xfe],
            b"{\"a\":",
            b"[1]",
        ] {
            let shown = problem(503, body).message;
            assert_eq!(
                shown,
                "The instance answered with status 503, and told no reason."
            );
        }
        let long = problem(500, "ž".repeat(5_000).as_bytes()).message;
        assert_eq!(long.chars().count(), 500);
    }
}
