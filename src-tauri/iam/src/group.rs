//! Access groups and their members (`/v2/groups`).

use reqwest::Method;
use serde::{Deserialize, Serialize};

use crate::{
    Account, Error,
    call::{Ask, Said, check_id},
    service_id::absent_is_done,
};

#[derive(Serialize)]
struct Request<'a> {
    members: [Member<'a>; 1],
}

#[derive(Serialize)]
struct Member<'a> {
    iam_id: &'a str,
    r#type: &'static str,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    members: Vec<Outcome>,
}

/// What became of one member: the call itself answers 207 whatever it was.
#[derive(Deserialize)]
struct Outcome {
    #[serde(default)]
    status_code: Option<u16>,
    #[serde(default)]
    errors: Vec<Said>,
}

impl Account {
    /// Refuses if there is no such group, or none that the identity may see.
    pub async fn check_group(&self, group: &str) -> Result<(), Error> {
        check_id(group)?;
        let path = format!("v2/groups/{group}");
        self.call(Ask::new(Method::GET, &path)).await.map(drop)
    }

    /// Makes a service ID a member of a group; one that is one already stays one.
    pub async fn add_member(&self, group: &str, iam_id: &str) -> Result<(), Error> {
        check_id(group)?;
        let path = format!("v2/groups/{group}/members");
        let members = [Member {
            iam_id,
            r#type: "service",
        }];
        let ask = Ask::new(Method::PUT, &path).json(&Request { members });
        let mut answer: Answer = self.ask(ask).await?;
        let outcome = answer.members.pop().ok_or(Error::Answer)?;
        match (outcome.status_code, outcome.errors.into_iter().next()) {
            (None | Some(200..=299 | 409), _) => Ok(()),
            (Some(status), Some(said)) => Err(said.denied(status)),
            (Some(status), None) => Err(Error::Status(status)),
        }
    }

    /// Ends a membership. One that is not there any more is no failure.
    pub async fn remove_member(&self, group: &str, iam_id: &str) -> Result<(), Error> {
        check_id(group)?;
        check_id(iam_id)?;
        let path = format!("v2/groups/{group}/members/{iam_id}");
        absent_is_done(self.call(Ask::new(Method::DELETE, &path)).await)
    }
}
