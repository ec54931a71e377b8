//! The TXT records of an order: as a look-up and as a zone file want them.

use keyturn_api::secret::public_cert::{Challenge, OrderView};
use keyturn_pki::dns::{self, Wanted};
use serde::Serialize;
use specta::Type;

/// A record as a line of a zone file.
#[derive(Serialize, Type)]
pub(crate) struct ZoneLine {
    /// The record.
    record: Wanted,
    /// The line, without its end.
    line: String,
    /// Whether it is still to be set.
    open: bool,
}

/// All records of an order and of the one before.
pub(crate) fn zone_lines(order: &OrderView) -> Vec<ZoneLine> {
    let open = wanted(order, false);
    let line = |record: Wanted| ZoneLine {
        line: dns::zone_line(&record),
        open: open.contains(&record),
        record,
    };
    wanted(order, true).into_iter().map(line).collect()
}

/// The records that are to be set, or with `gone` to be removed.
pub(crate) fn wanted(order: &OrderView, gone: bool) -> Vec<Wanted> {
    let wanted = |one: &Challenge| Wanted {
        domain: one.domain.clone(),
        name: one.txt_record_name.clone(),
        value: one.txt_record_value.clone(),
    };
    order.records(gone).into_iter().map(wanted).collect()
}

#[cfg(test)]
mod tests {
    use keyturn_api::secret::public_cert::{ChallengeStatus, OrderStage};

    use super::*;

    fn challenge(domain: &str, status: ChallengeStatus) -> Challenge {
        Challenge {
            domain: domain.to_owned(),
            expiration: None,
            status,
            txt_record_name: format!("_acme-challenge.{domain}."),
            txt_record_value: format!("value of \"{domain}\""),
        }
    }

    #[test]
    fn every_record_has_its_line_and_says_whether_it_is_to_be_set() {
        let open = challenge("open.test", ChallengeStatus::Pending);
        let order = OrderView {
            stage: OrderStage::AwaitingRecords,
            challenges: vec![
                open.clone(),
                challenge("done.test", ChallengeStatus::Valid),
                open,
            ],
            expires: None,
            trouble: None,
            next_try: None,
            former: vec![challenge("old.test", ChallengeStatus::Valid)],
            caa_identities: Vec::new(),
            account_url: None,
            rotate_keys: false,
            version_custom_metadata: None,
        };
        let lines = zone_lines(&order);
        let told: Vec<_> = (lines.iter())
            .map(|one| (one.record.domain.as_str(), one.open))
            .collect();
        assert_eq!(
            told,
            [
                ("open.test", true),
                ("done.test", false),
                ("old.test", false)
            ]
        );
        assert_eq!(
            lines[0].line,
            "_acme-challenge.open.test. 60 IN TXT \"value of \\\"open.test\\\"\""
        );
    }
}
