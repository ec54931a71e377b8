//! IAM credentials: an API key of a service ID in IBM Cloud IAM, made by the instance and removed there
//! when its time to live ends.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{
    Code, IntervalUnit, Plaintext, Problem, Result, RotationPolicy, Target, Timestamp, Ttl,
};

/// Why there is no rotation; IBM's text.
pub const NOT_REUSED: &str =
    "Rotating IAM credentials is not supported when reuse credentials is off.";

/// Access groups of one secret (`limits.md`).
pub const ACCESS_GROUPS: std::ops::RangeInclusive<usize> = 1..=10;
/// Seconds from 1 minute to 90 days (`limits.md`).
const TTL_SECONDS: std::ops::RangeInclusive<u64> = 60..=90 * 86_400;
/// Days and months of an interval, 1 day to 3 months (API v2, 4.5).
const DAYS: u32 = 92;
const MONTHS: u32 = 3;

/// What metadata of IAM credentials adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "IamCredentialsDetail")] // the page knows types by one name each
pub struct Detail {
    /// How long a key lives, as it was given: `30m`, `12h`, `90d`, or seconds.
    pub ttl: String,
    /// Groups that each service ID made here is a member of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_groups: Option<Vec<String>>,
    /// The key in force, as IAM names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_key_id: Option<String>,
    /// Whose key it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// The account it is in, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// Whether the service ID was there before, and stays.
    pub service_id_is_static: bool,
    /// Whether a key is read again and again until its time ends; else each reading makes one.
    pub reuse_api_key: bool,
    /// Whether and when the instance rotates it; only where keys are reused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation: Option<RotationPolicy>,
    /// When it does next; only while a policy is active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_rotation_date: Option<Timestamp>,
    /// When the key in force ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<Timestamp>,
}

/// The value.
#[derive(Debug)]
pub struct Payload {
    /// The API key.
    pub api_key: Plaintext,
}

/// What creation needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "NewIamCredentials", deny_unknown_fields)]
pub struct New {
    /// How long each key lives: 1 minute to 90 days.
    pub ttl: String,
    /// 1–10 groups that a new service ID becomes a member of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_groups: Option<Vec<String>>,
    /// A service ID that is there already. Exactly one of the two is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// Account of the service ID; absent: that of the configuration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// Whether a key is kept until its time ends.
    pub reuse_api_key: bool,
    /// Whether and when the instance rotates it.
    #[serde(default)]
    pub rotation: RotationPolicy,
}

impl New {
    /// Checks every field, but not whether IAM knows what they name.
    pub fn check(&self) -> Result<()> {
        let ttl = parse_ttl(&self.ttl)?;
        match (&self.access_groups, &self.service_id) {
            (Some(groups), None) => check_groups(groups)?,
            (None, Some(id)) => check_service_id(id)?,
            (Some(_), Some(_)) => {
                return Err(Problem::field(
                    "service_id",
                    "IAM credentials have access groups or a service ID, not both.",
                ));
            }
            (None, None) => {
                return Err(Problem::field(
                    "access_groups",
                    "IAM credentials need access groups, or a service ID.",
                )
                .remedy("Name 1 to 10 access groups, or one service ID that exists."));
            }
        }
        self.account_id
            .as_deref()
            .map_or(Ok(()), check_account_id)?;
        check_rotation(&self.rotation, ttl, self.reuse_api_key)
    }
}

/// What rotation needs: nothing but the settings of its creation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rotation;

/// The time to live of a text, 1 minute to 90 days.
pub fn parse_ttl(text: &str) -> Result<Ttl> {
    let ttl = Ttl::parse(text).ok_or_else(|| {
        Problem::field(
            "ttl",
            "A time to live is a number with s, m, h or d, such as 30m; a bare number means seconds.",
        )
    })?;
    if TTL_SECONDS.contains(&ttl.secs()) {
        return Ok(ttl);
    }
    Err(Problem::field(
        "ttl",
        "The time to live of IAM credentials is 1 minute to 90 days.",
    ))
}

/// Refuses a policy that a key cannot have which lives so long.
pub fn check_rotation(policy: &RotationPolicy, ttl: Ttl, reuse_api_key: bool) -> Result<()> {
    policy.check_common()?;
    let Some(every) = policy.every() else {
        return Ok(());
    };
    if !reuse_api_key {
        return Err(Problem::new(Code::BadRequest, NOT_REUSED).at(Target::field("rotation")));
    }
    let (days, most) = match every.unit {
        // hours are refused above
        IntervalUnit::Hour => (every.count.div_ceil(24), DAYS),
        IntervalUnit::Day => (every.count, DAYS),
        IntervalUnit::Month => (every.count.saturating_mul(30), MONTHS * 30),
    };
    if days > most {
        return Err(Problem::field(
            "rotation",
            "The interval of IAM credentials is 1 day to 3 months.",
        ));
    }
    if u64::from(days) * 86_400 <= ttl.secs() {
        return Ok(());
    }
    Err(Problem::field(
        "rotation",
        format!(
            "The interval must not be longer than the time to live, which is {}.",
            ttl.words()
        ),
    )
    .remedy("Choose a shorter interval, or a longer time to live."))
}

fn check_groups(groups: &[String]) -> Result<()> {
    if !ACCESS_GROUPS.contains(&groups.len()) {
        return Err(Problem::field(
            "access_groups",
            "IAM credentials have 1 to 10 access groups.",
        ));
    }
    let inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_group = |text: &String| {
        text.strip_prefix("AccessGroupId-").is_some_and(|id| {
            (2..=128).contains(&id.len()) && id.bytes().all(inside) && !id.ends_with('-')
        })
    };
    if groups.iter().all(is_group) {
        return Ok(());
    }
    Err(Problem::field(
        "access_groups",
        "An access group is named by its id, which begins with AccessGroupId-.",
    )
    .remedy("IBM Cloud shows it in Manage > Access (IAM) > Access groups."))
}

fn check_service_id(id: &str) -> Result<()> {
    let uuid = id
        .strip_prefix("ServiceId-")
        .filter(|uuid| uuid.len() == 36);
    if uuid.is_some_and(|uuid| uuid::Uuid::try_parse(uuid).is_ok()) {
        return Ok(());
    }
    Err(
        Problem::field("service_id", "A service ID is ServiceId- with a UUID.")
            .remedy("IBM Cloud shows it in Manage > Access (IAM) > Service IDs."),
    )
}

/// An account: 32 lower-case letters and digits.
pub fn check_account_id(id: &str) -> Result<()> {
    let inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if id.len() == 32 && id.bytes().all(inside) {
        return Ok(());
    }
    Err(Problem::field(
        "account_id",
        "An account is named by its id: 32 lower-case letters and digits.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new() -> New {
        New {
            ttl: "30d".into(),
            access_groups: Some(vec!["AccessGroupId-e7e1a364-c5b9".into()]),
            service_id: None,
            account_id: None,
            reuse_api_key: true,
            rotation: RotationPolicy::default(),
        }
    }

    fn every(interval: u32, unit: IntervalUnit) -> RotationPolicy {
        RotationPolicy {
            auto_rotate: true,
            interval: Some(interval),
            unit: Some(unit),
            rotate_keys: None,
        }
    }

    fn refused(new: &New) -> String {
        new.check().unwrap_err().target.unwrap().name
    }

    #[test]
    fn exactly_one_of_groups_and_service_id_is_given() {
        let id = Some("ServiceId-0d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a77".to_owned());
        assert!(new().check().is_ok());
        let with = |service_id, access_groups| New {
            access_groups,
            service_id,
            ..new()
        };
        assert!(with(id.clone(), None).check().is_ok());
        assert_eq!(refused(&with(id, new().access_groups)), "service_id");
        assert_eq!(refused(&with(None, None)), "access_groups");
        assert_eq!(
            refused(&with(Some("ServiceId-1".into()), None)),
            "service_id"
        );
        for groups in [
            vec![],
            vec!["group".into()],
            vec!["AccessGroupId-aa".into(); 11],
        ] {
            assert_eq!(refused(&with(None, Some(groups))), "access_groups");
        }
    }

    #[test]
    fn a_key_lives_a_minute_to_ninety_days() {
        for ttl in ["60", "1m", "90d", "2160h"] {
            let new = New {
                ttl: ttl.into(),
                ..new()
            };
            assert!(new.check().is_ok(), "{ttl}");
        }
        for ttl in ["", "59s", "91d", "1w", "forever"] {
            assert_eq!(
                refused(&New {
                    ttl: ttl.into(),
                    ..new()
                }),
                "ttl",
                "{ttl}"
            );
        }
    }

    #[test]
    fn an_interval_is_within_the_time_to_live_of_a_key_that_is_reused() {
        let with = |ttl: &str, rotation, reuse_api_key| New {
            ttl: ttl.into(),
            reuse_api_key,
            rotation,
            ..new()
        };
        assert!(
            with("30d", every(30, IntervalUnit::Day), true)
                .check()
                .is_ok()
        );
        assert!(
            with("90d", every(3, IntervalUnit::Month), true)
                .check()
                .is_ok()
        );
        for (ttl, rotation, reuse) in [
            ("30m", every(1, IntervalUnit::Day), true),
            ("30d", every(31, IntervalUnit::Day), true),
            ("90d", every(4, IntervalUnit::Month), true),
            ("30d", every(1, IntervalUnit::Day), false),
        ] {
            assert_eq!(refused(&with(ttl, rotation, reuse)), "rotation", "{ttl}");
        }
        let problem = with("30d", every(1, IntervalUnit::Day), false).check();
        assert_eq!(problem.unwrap_err().message, NOT_REUSED);
    }
}
