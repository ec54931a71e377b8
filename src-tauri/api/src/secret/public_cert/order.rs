//! The order of a public certificate: as API v2 tells it, and as a face shows it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Metadata, State, Timestamp, metadata::Json};

/// API v2: `issuance_info`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct IssuanceInfo {
    /// Whether a policy ordered it.
    pub auto_rotated: bool,
    /// What the authority wants to see in the DNS; for [`MANUAL`](super::MANUAL) only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenges: Option<Vec<Challenge>>,
    /// When a person asked for the validation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dns_challenge_validation_time: Option<Timestamp>,
    /// Why no certificate was issued, for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// The same for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// When it was ordered.
    pub ordered_on: Timestamp,
    /// Pre-activation: under way; active: issued; deactivated: failed.
    pub state: State,
    /// Text of the state, snake case.
    pub state_description: String,
}

/// API v2: a challenge of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Challenge {
    /// The name it proves, a wildcard with its `*.`.
    pub domain: String,
    /// Until when it can be met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration: Option<Timestamp>,
    /// How far it is.
    pub status: ChallengeStatus,
    /// Full name of the record, with the final dot.
    pub txt_record_name: String,
    /// What the record says.
    pub txt_record_value: String,
}

/// Status of a challenge, as ACME has it (RFC 8555, 7.1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeStatus {
    /// The record is awaited.
    Pending,
    /// The authority looks.
    Processing,
    /// The authority has seen it; nothing is left to do.
    Valid,
    /// The authority did not see it; the order is dead.
    Invalid,
}

/// What an order does or waits for. Beyond API v2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OrderStage {
    /// It is stored, and being placed with the authority.
    Placing,
    /// The person sets the records, and says so.
    AwaitingRecords,
    /// The DNS provider sets the records, and they spread.
    SettingRecords,
    /// The authority looks at the records.
    Validating,
    /// The authority issues.
    Issuing,
    /// The certificate was issued.
    Issued,
    /// It was not, and will not be by this order.
    Failed,
}

/// An order as a face shows it. Beyond API v2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OrderView {
    /// What it does or waits for.
    pub stage: OrderStage,
    /// All challenges; for automatic DNS, too.
    pub challenges: Vec<Challenge>,
    /// Until when it can be finished.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// One sentence: what went wrong at the last try, if another one follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    /// When that other try is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_try: Option<Timestamp>,
    /// Challenges of the order before; what is not among those of this one can be removed.
    pub former: Vec<Challenge>,
    /// Domain names that the authority goes by in CAA records (RFC 8659).
    pub caa_identities: Vec<String>,
    /// Whether it was begun with a new key.
    pub rotate_keys: bool,
    /// What was to be kept with the version; the same for an order that takes its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(type = Option<BTreeMap<String, Json>>)]
    pub version_custom_metadata: Option<Metadata>,
    /// Address of the account that orders, which CAA records may name (RFC 8657).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_url: Option<String>,
}

impl OrderView {
    /// The challenges whose records are to be set, or with `gone` to be removed, those of earlier
    /// orders too: each record once, in their order.
    pub fn records(&self, gone: bool) -> Vec<&Challenge> {
        let open = |one: &&Challenge| gone || one.status != ChallengeStatus::Valid;
        let challenges = self.challenges.iter().filter(open);
        let former = self.former.iter().filter(|_| gone);
        let mut records: Vec<&Challenge> = Vec::new();
        // one that was proven when it was ordered says no value
        for one in (challenges.chain(former)).filter(|one| !one.txt_record_value.is_empty()) {
            if !records.iter().any(|other| one.is_same_record(other)) {
                records.push(one);
            }
        }
        records
    }
}

impl Challenge {
    fn is_same_record(&self, other: &Self) -> bool {
        self.domain == other.domain
            && self.txt_record_name == other.txt_record_name
            && self.txt_record_value == other.txt_record_value
    }
}
