//! How long a certificate lives.

use super::{CaLimits, Result, RuleRefusal, TemplateRules};

/// 36 months, the most that the service gives a private certificate.
pub(super) const LEAF_SECONDS: i64 = (3 * 365 + 1) * 86_400;

/// What the engine of the service falls back to: 32 days, or less if the rules say so.
const DEFAULT_SECONDS: i64 = 32 * 86_400;

/// Start and end. A life that was asked for is refused if a rule does not allow it; one that nobody
/// asked for is cut to what the rules allow.
pub(super) fn plan(
    template: &TemplateRules,
    authority: &CaLimits,
    asked: Option<i64>,
    now: i64,
) -> Result<(i64, i64)> {
    let left = authority.not_after.saturating_sub(now);
    if left <= 0 {
        return Err(RuleRefusal::new(
            "certificate_authority",
            "The certificate of the authority has expired.",
            "Renew the authority first.",
        ));
    }
    let given = |limit: Option<i64>| limit.filter(|limit| *limit > 0);
    let limits = [
        (
            "max_ttl",
            given(template.max_ttl),
            "the max_ttl of the template",
        ),
        (
            "max_ttl",
            given(authority.max_ttl),
            "the max_ttl of the authority",
        ),
        ("ttl", Some(LEAF_SECONDS), "36 months"),
        (
            "certificate_authority",
            Some(left),
            "the life of the authority",
        ),
    ];
    let ttl = match asked {
        Some(asked) if asked <= 0 => {
            return Err(RuleRefusal::new(
                "ttl",
                "A certificate must live longer than nothing.",
                "Give a ttl above zero, or none.",
            ));
        }
        Some(asked) => {
            let over = limits
                .iter()
                .find(|(_, limit, _)| limit.is_some_and(|limit| asked > limit));
            if let Some((rule, _, name)) = over {
                return Err(RuleRefusal::new(
                    rule,
                    format!("The ttl that is asked for is longer than {name}."),
                    "Give a shorter ttl, or none.",
                ));
            }
            asked
        }
        None => limits
            .iter()
            .filter_map(|(_, limit, _)| *limit)
            .fold(given(template.ttl).unwrap_or(DEFAULT_SECONDS), i64::min),
    };
    let before = template.not_before_duration.max(0);
    Ok((now.saturating_sub(before).max(0), now.saturating_add(ttl)))
}
