//! `POST /identity/token`: an API key is exchanged for a token, as IBM Cloud IAM does it. The errors
//! are those of IAM, too, which have another shape than those of the service.

use http::StatusCode;
use keyturn_api::{Code, Problem, Result};
use serde_json::json;
use zeroize::Zeroizing;

use super::Call;
use crate::respond::Answer;

/// The grant of an API key; the others need IBM's cloud.
const GRANT: &str = "urn:ibm:params:oauth:grant-type:apikey";

pub(super) async fn token(call: &Call) -> Result<Answer> {
    call.inner.rates.login(call.peer)?;
    match exchanged(call).await {
        Ok(answer) => Ok(answer),
        Err(problem) if problem.code == Code::Unauthorized => {
            call.inner.rates.failed_login(call.peer);
            Ok(refused(
                "BXNIM0415E",
                "Provided API key could not be found.",
            ))
        }
        Err(problem) if problem.code == Code::BadRequest => {
            Ok(refused("BXNIM0109E", &problem.message))
        }
        Err(problem) => Err(problem),
    }
}

async fn exchanged(call: &Call) -> Result<Answer> {
    let form = Zeroizing::new(String::from_utf8_lossy(&call.body).into_owned());
    let mut form = keyturn_api::wire::Query::parse(&form)?;
    let missing = |name: &str| {
        Problem::new(
            Code::BadRequest,
            format!("Property missing or empty: {name}"),
        )
    };
    let grant = form
        .text("grant_type")
        .ok_or_else(|| missing("grant_type"))?;
    if grant != GRANT {
        return Err(Problem::new(
            Code::BadRequest,
            "Only API keys are exchanged here: the grant type must be that of an API key.",
        ));
    }
    let key = form.text("apikey").filter(|key| !key.is_empty());
    let key = Zeroizing::new(key.ok_or_else(|| missing("apikey"))?);
    let token = call.inner.keys.exchange(&key).await?;
    let seconds = |at: keyturn_api::Timestamp| at.millis().div_euclid(1000);
    Ok(Answer::ok(json!({
        "access_token": token.access_token.as_str(),
        "refresh_token": "not_supported",
        "token_type": "Bearer",
        "expires_in": seconds(token.expires_at) - seconds(token.issued_at),
        "expiration": seconds(token.expires_at),
        "scope": "ibm openid",
    })))
}

fn refused(code: &str, message: &str) -> Answer {
    Answer::with(
        StatusCode::BAD_REQUEST,
        json!({ "errorCode": code, "errorMessage": message, "context": {} }),
    )
}
