//! Whether CAA records let a certificate authority issue (RFC 8659).

use hickory_proto::rr::rdata::CAA;
use hickory_proto::rr::{Name, RData, RecordType};

use super::asker::Asker;
use super::text::value;
use super::{Mistake, zone};

/// Names that are asked on the way up; the rest of a longer name is not climbed.
const CLIMB: usize = 32;
/// Issuers that are shown.
const ISSUERS: usize = 8;

impl Asker<'_> {
    /// The CAA records that forbid an authority, by its names, to issue for a domain. What cannot
    /// be found out forbids nothing here.
    pub(super) async fn caa_forbids(&self, domain: &str, identities: &[String]) -> Option<Mistake> {
        if identities.is_empty() {
            return None;
        }
        let wildcard = domain.strip_prefix("*.");
        let mut at = zone::parse(wildcard.unwrap_or(domain))?;
        for _ in 0..CLIMB {
            let said = self.recursive(&at, RecordType::CAA).await.ok()?;
            // CNAME records were followed, and what is at their end counts (section 3).
            let records = said.answers.iter().filter_map(|record| match &record.data {
                RData::CAA(caa) => Some(caa),
                _ => None,
            });
            let records: Vec<_> = records.collect();
            if !records.is_empty() {
                return forbidden(&records, wildcard.is_some(), identities);
            }
            at = up(&at)?;
        }
        None
    }
}

fn up(name: &Name) -> Option<Name> {
    Some(name.base_name()).filter(|name| !name.is_root())
}

fn forbidden(records: &[&CAA], wildcard: bool, identities: &[String]) -> Option<Mistake> {
    let tagged = |tag: &str| {
        let of_tag = |caa: &&&CAA| caa.tag.eq_ignore_ascii_case(tag);
        records.iter().filter(of_tag).copied().collect::<Vec<_>>()
    };
    let known = [
        "issue",
        "issuewild",
        "iodef",
        "issuemail",
        "contactemail",
        "contactphone",
    ];
    let strange = |caa: &&CAA| {
        caa.issuer_critical && !known.iter().any(|tag| caa.tag.eq_ignore_ascii_case(tag))
    };
    let (issue, issue_wild) = (tagged("issue"), tagged("issuewild"));
    // For a wildcard the one kind replaces the other (section 4.3).
    let counts = if wildcard && !issue_wild.is_empty() {
        issue_wild
    } else {
        issue
    };
    let issuers: Vec<_> = counts.iter().filter_map(|caa| issuer(&caa.value)).collect();
    let named = issuers.iter().any(|issuer| {
        let same = |identity: &String| identity.eq_ignore_ascii_case(issuer);
        identities.iter().any(same)
    });
    let allowed = (counts.is_empty() || named) && !records.iter().any(strange);
    (!allowed).then(|| Mistake::CaaForbids {
        issuers: issuers.into_iter().take(ISSUERS).collect(),
    })
}

/// The authority that a value names, before its parameters; none if it names nobody.
fn issuer(text: &[u8]) -> Option<String> {
    let end = text
        .iter()
        .position(|byte| *byte == b';')
        .unwrap_or(text.len());
    let name = value(text[..end].trim_ascii());
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(records: &[(&str, &str)], wildcard: bool, critical: bool) -> Option<Vec<String>> {
        let record = |(tag, value): &(&str, &str)| {
            let mut caa = CAA::new_issue(critical, None, Vec::new());
            caa.tag = (*tag).to_owned();
            caa.value = value.as_bytes().to_vec();
            caa
        };
        let records: Vec<_> = records.iter().map(record).collect();
        let records: Vec<_> = records.iter().collect();
        let identities = ["ca.example".to_owned(), "other-ca.example".to_owned()];
        forbidden(&records, wildcard, &identities).map(|mistake| match mistake {
            Mistake::CaaForbids { issuers } => issuers,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    #[rustfmt::skip] // one case a line
    fn the_rules_of_rfc_8659_decide_who_may_issue() {
        let nobody = Some(Vec::new());
        let rival = Some(vec!["rival.example".to_owned()]);
        assert_eq!(judged(&[("issue", "ca.example")], false, false), None);
        assert_eq!(judged(&[("ISSUE", " CA.Example ; account=1")], false, false), None);
        assert_eq!(judged(&[("issue", "rival.example"), ("issue", "ca.example")], false, false), None);
        assert_eq!(judged(&[("issue", "rival.example; policy=ev")], false, false), rival);
        assert_eq!(judged(&[("issue", ";")], false, false), nobody);
        assert_eq!(judged(&[("issue", "")], true, false), nobody);
        // Only who says something about issuing forbids it.
        assert_eq!(judged(&[("iodef", "mailto:a@example.com")], false, true), None);
        assert_eq!(judged(&[("issuewild", ";")], false, false), None);
        assert_eq!(judged(&[("issuewild", ";")], true, false), nobody);
        assert_eq!(judged(&[("issue", "rival.example"), ("issuewild", "ca.example")], true, false), None);
        assert_eq!(judged(&[("issue", "ca.example"), ("issuewild", "rival.example")], true, false), rival);
        assert_eq!(judged(&[("issue", "ca.example")], true, false), None);
        // What an authority must understand and does not.
        assert_eq!(judged(&[("future", "x")], false, true), nobody);
        assert_eq!(judged(&[("future", "x")], false, false), None);
    }
}
