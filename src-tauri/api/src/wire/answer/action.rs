//! What actions brought.

use serde_json::{Map, Value};

use super::members::Members;
use crate::{Result, Timestamp, configuration::action::ActionOutcome};

const WHAT: &str = "the outcome of an action";

/// The answer to an action on a configuration, a secret or a version.
pub fn action_outcome(answer: &[u8]) -> Result<ActionOutcome> {
    let mut answer = Members::whole(WHAT, answer)?;
    if let Some(seconds) = answer.read_member::<i64>("revocation_time_seconds")? {
        return Ok(ActionOutcome::Revoked { at: at(seconds) });
    }
    let mut data: Option<Map<String, Value>> = answer.read_member("data")?;
    if data.is_none()
        && let Some(config) = answer.take("config")
    {
        data = Members::within(WHAT, config)?.read_member("data")?;
    }
    let Some(mut data) = data else {
        return Ok(ActionOutcome::Done);
    };
    let Some(Value::String(certificate)) = data.remove("certificate") else {
        return Ok(ActionOutcome::Done);
    };
    let mut text = |name: &str| match data.remove(name) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    };
    let (serial_number, issuing_ca) = (text("serial_number"), text("issuing_ca"));
    let chain = data
        .remove("ca_chain")
        .and_then(|chain| serde_json::from_value(chain).ok());
    let end = data.get("expiration").and_then(Value::as_i64);
    Ok(ActionOutcome::Signed {
        certificate,
        serial_number,
        issuing_ca,
        ca_chain: chain.unwrap_or_default(),
        expiration: end.map_or(Timestamp::EPOCH, at),
    })
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds.max(0).saturating_mul(1000))
}
