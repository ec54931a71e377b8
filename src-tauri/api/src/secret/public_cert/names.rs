//! Names that a public certificate can be for: of hosts, as DNS has them, with or without a wildcard.

use crate::{Problem, Result};

/// Characters of a common name (RFC 5280, `ub-common-name`).
pub(super) const COMMON_NAME: usize = 64;

/// Checks the names of an order together.
pub(super) fn check(common_name: Option<&str>, alt_names: &[String]) -> Result<()> {
    let common_name = common_name.map(str::trim).filter(|name| !name.is_empty());
    if let Some(name) = common_name {
        check_domain("common_name", name)?;
        if name.len() > COMMON_NAME {
            return Err(Problem::field(
                "common_name",
                format!("A common name has at most {COMMON_NAME} characters."),
            )
            .remedy("Leave it empty, and enter this one among the alternative names."));
        }
    }
    alt_names
        .iter()
        .try_for_each(|name| check_domain("alt_names", name.trim()))?;
    match all(common_name, alt_names).len() {
        0 => Err(
            Problem::field("common_name", "A certificate is for one name at least.")
                .remedy("Enter the host name it is for, such as www.example.com."),
        ),
        count if count > super::NAMES => Err(Problem::field(
            "alt_names",
            format!(
                "A certificate is for at most {} names; these are {count}.",
                super::NAMES
            ),
        )),
        _ => Ok(()),
    }
}

/// All names in lower case, each once, the common name first.
pub(super) fn all(common_name: Option<&str>, alt_names: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let given = common_name
        .into_iter()
        .chain(alt_names.iter().map(String::as_str));
    for name in given.map(|name| name.trim().to_ascii_lowercase()) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A host name, or a wildcard for those of a domain (RFC 1123, RFC 5890; `*` is the first label
/// alone). `field` names the input in the refusal.
pub fn check_domain(field: &str, name: &str) -> Result<()> {
    let refused = |message: String| Err(Problem::field(field, message));
    if !name.is_ascii() {
        return refused(format!("\"{name}\" has characters that DNS does not have.")).map_err(
            |problem: Problem| {
                problem.remedy("Enter it as DNS has it: internationalized labels begin with xn--.")
            },
        );
    }
    let host = name.strip_prefix("*.").unwrap_or(name);
    if host.ends_with('.') {
        return refused(format!(
            "\"{name}\" ends with a dot, which certificates leave out."
        ));
    }
    if name.len() > 253 {
        return refused("A host name has at most 253 characters.".to_owned());
    }
    if host.parse::<std::net::IpAddr>().is_ok() {
        return refused(format!(
            "\"{name}\" is an address; public certificates are for names."
        ));
    }
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if labels.len() < 2 || !labels.iter().all(is_label) {
        return refused(format!(
            "\"{name}\" is no full host name, such as www.example.com or *.example.com."
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_wildcards_pass_and_nothing_else() {
        for name in [
            "a.example",
            "*.a.example",
            "xn--bcher-kva.example",
            "1.2.3.example",
        ] {
            assert!(check_domain("alt_names", name).is_ok(), "{name}");
        }
        for name in [
            "example",
            "*.example",
            "a..example",
            "-a.example",
            "a-.example",
            "a_b.example",
            "*",
            "*a.example",
            "a.*.example",
            "a.example.",
            "10.0.0.1",
            "bücher.example",
            "a b.example",
            "https://a.example",
            "a.example:443",
            "a@b.example",
        ] {
            let refused = check_domain("alt_names", name);
            assert_eq!(
                refused.unwrap_err().target.unwrap().name,
                "alt_names",
                "{name}"
            );
        }
        assert!(check_domain("x", &format!("{}.example", "a".repeat(64))).is_err());
    }

    #[test]
    fn names_are_counted_once_and_bounded() {
        let many: Vec<String> = (0..100).map(|at| format!("h{at}.example")).collect();
        assert!(
            check(Some("H0.example"), &many).is_ok(),
            "the common name is one of them"
        );
        assert!(check(Some("other.example"), &many).is_err());
        assert!(check(Some(&format!("{}.example.com", "a".repeat(60))), &[]).is_err());
        assert!(check(Some("  "), &[]).is_err());
    }
}
