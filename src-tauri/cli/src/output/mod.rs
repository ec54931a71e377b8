//! What the person or their program reads.

mod json;
mod table;

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use keyturn_api::Problem;
use serde::Serialize;
use serde_json::Value;
use zeroize::{Zeroize, Zeroizing};

use crate::failure::Failure;
use crate::operations::List;
use crate::options::{Format, Output, variable};

/// Shows the answer of an instance.
pub(crate) fn answer(body: &[u8], list: Option<&List>, output: Output) -> Result<(), Failure> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return match output.format {
            Format::Table => print(b"OK\n"),
            Format::Json => Ok(()),
        };
    }
    match output.format {
        Format::Json => print(&json::pretty(body)),
        Format::Table => {
            let Ok(mut value) = serde_json::from_slice(body) else {
                return print(&json::pretty(body));
            };
            let style = table::Style {
                colour: io::stdout().is_terminal() && variable("NO_COLOR").is_none(),
            };
            let text = match list {
                Some(list) => table::collection(&value, list, style),
                None => table::object(&value, style),
            };
            wipe(&mut value);
            print(text.as_bytes())
        }
    }
}

/// Shows JSON whatever the format: what is shown once is for a program or to be kept.
pub(crate) fn json(body: &[u8]) -> Result<(), Failure> {
    print(&json::pretty(body))
}

/// Shows something of our own: JSON, or a table of a collection.
pub(crate) fn own(
    shown: &impl Serialize,
    list: Option<&List>,
    output: Output,
) -> Result<(), Failure> {
    let body = Zeroizing::new(serde_json::to_vec(shown).unwrap_or_default());
    answer(&body, list, output)
}

/// Writes to standard output. Whoever stops reading has had enough.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(crate::input::io("The answer could not be written", &error).into())
        }
        _ => Ok(()),
    }
}

/// Tells why a command failed, on standard error, and gives the number it ends with.
pub(crate) fn failure(failure: &Failure, output: Output) -> ExitCode {
    let text = if output.json_errors {
        container(failure)
    } else {
        sentences(failure)
    };
    let mut err = io::stderr().lock();
    let _ = err.write_all(&text).and_then(|()| err.flush());
    ExitCode::from(failure.exit_code())
}

/// IBM's error container.
fn container(failure: &Failure) -> Vec<u8> {
    match failure {
        Failure::Refused { body, .. } if serde_json::from_slice::<Value>(body).is_ok() => {
            json::pretty(body).to_vec()
        }
        Failure::Refused { status, .. } => {
            let message = format!("The instance answered with HTTP status {status}.");
            let body = serde_json::json!({"errors": [{"message": message}], "status_code": status});
            json::pretty(body.to_string().as_bytes()).to_vec()
        }
        Failure::Problem { problem, .. } => {
            let body = serde_json::json!({"errors": [problem]});
            json::pretty(body.to_string().as_bytes()).to_vec()
        }
    }
}

/// Message, remedy, code.
fn sentences(failure: &Failure) -> Vec<u8> {
    let mut text = String::new();
    let mut add = |message: &str, remedy: Option<&str>, code: Option<&str>| {
        let code = code.map(|code| format!(" [{}]", table::plain(code)));
        let code = code.unwrap_or_default();
        let _ = writeln!(text, "keyturn: {}{code}", table::plain(message));
        if let Some(remedy) = remedy {
            let _ = writeln!(text, "{}", table::plain(remedy));
        }
    };
    match failure {
        Failure::Problem { problem, .. } => {
            add(
                &problem.message,
                problem.remedy.as_deref(),
                code(problem).as_deref(),
            );
        }
        Failure::Refused { status, body } => {
            let body: Value = serde_json::from_slice(body).unwrap_or_default();
            let errors = body["errors"].as_array().cloned().unwrap_or_default();
            for error in &errors {
                let message = error["message"].as_str().unwrap_or("The instance refused.");
                let remedy = error["remedy"]
                    .as_str()
                    .or_else(|| error["more_info"].as_str());
                add(message, remedy, error["code"].as_str());
            }
            if errors.is_empty() {
                let message = format!("The instance answered with HTTP status {status}.");
                let told = ["message", "error", "errorMessage"];
                let told = told.into_iter().find_map(|name| body[name].as_str());
                add(told.unwrap_or(&message), None, None);
            }
        }
    }
    text.into_bytes()
}

fn code(problem: &Problem) -> Option<String> {
    let code = serde_json::to_value(problem.code).ok()?;
    code.as_str().map(ToOwned::to_owned)
}

/// Overwrites every text in a value.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use keyturn_api::Code;

    use super::*;

    fn refused(status: u16, body: &str) -> Failure {
        Failure::Refused {
            status,
            body: body.as_bytes().to_vec().into(),
        }
    }

    #[test]
    fn an_error_has_message_remedy_and_code() {
        let problem = Problem::new(Code::Locked, "It is locked.").remedy("Unlock it.");
        let text = sentences(&problem.clone().into());
        let text = String::from_utf8(text).unwrap();
        assert_eq!(text, "keyturn: It is locked. [locked]\nUnlock it.\n");
        let text = String::from_utf8(container(&problem.into())).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["errors"][0]["code"], "locked");
        assert_eq!(json["errors"][0]["remedy"], "Unlock it.");
    }

    #[test]
    fn what_an_instance_says_is_told_without_its_control_characters() {
        let body = r#"{"errors":[{"code":"c","message":"a\u001b[2Jb"}]}"#;
        let text = sentences(&refused(404, body));
        assert_eq!(text, b"keyturn: a\\u{1b}[2Jb [c]\n");
        for (body, told) in [
            ("{\"message\":\"no\"}", "no"),
            ("<html>", "HTTP status 502"),
        ] {
            let text = String::from_utf8(sentences(&refused(502, body))).unwrap();
            assert!(text.contains(told), "{text}");
            assert!(serde_json::from_slice::<Value>(&container(&refused(502, body))).is_ok());
        }
    }

    #[test]
    fn each_reason_has_its_number() {
        for (status, number) in [(400, 1), (401, 3), (403, 3), (404, 4), (412, 5), (500, 1)] {
            assert_eq!(refused(status, "{}").exit_code(), number);
        }
    }
}
