//! A request of v1 under way: its parts, and the calls to v2 that it makes.

use super::{
    Answer, Ask, Method, V2,
    json::{Members, Node},
    query::Query,
    route::Parameters,
};
use crate::{Problem, Result as Checked, SecretType, fields};

/// A request of v1.
pub(super) struct Call<'a> {
    v2: &'a dyn V2,
    parameters: Parameters,
    pub(super) query: Query,
    pub(super) body: &'a [u8],
}

/// Why a script ends early.
pub(super) enum Stop {
    /// What v2 answered is the answer.
    Passed(Answer),
    /// Refused here.
    Refused(Box<Problem>),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(problem))
    }
}

/// What a step of a script brings.
pub(super) type Result<T> = std::result::Result<T, Stop>;

/// A secret as a path names it.
pub(super) struct Named {
    pub(super) secret_type: SecretType,
    /// Its path in v2.
    pub(super) path: String,
    /// Its metadata, JSON of v2.
    pub(super) metadata: Answer,
}

impl Named {
    pub(super) fn members(&self) -> Checked<Members<'_>> {
        self.metadata.members()
    }
}

impl Answer {
    /// What an answer of v2 says.
    pub(super) fn members(&self) -> Checked<Members<'_>> {
        Members::of_answer(&self.body)
    }

    /// An answer without a body.
    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            body: zeroize::Zeroizing::default(),
        }
    }
}

impl<'a> Call<'a> {
    pub(super) fn new(
        v2: &'a dyn V2,
        parameters: Parameters,
        query: &str,
        body: &'a [u8],
    ) -> Checked<Self> {
        Ok(Self {
            v2,
            parameters,
            query: Query::parse(query)?,
            body,
        })
    }

    /// A parameter of the path; empty if the path has none of this name.
    pub(super) fn parameter(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|(other, _)| *other == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The type of secret in the path, if v1 has it.
    pub(super) fn secret_type(&self) -> Checked<SecretType> {
        let name = self.parameter("secret_type");
        SecretType::ALL
            .into_iter()
            .filter(|known| {
                !matches!(
                    known,
                    SecretType::CustomCredentials | SecretType::ServiceCredentials
                )
            })
            .find(|known| known.name() == name)
            .ok_or_else(|| Problem::not_found("secret type"))
    }

    /// The secret in the path, if there is one and it is of the type in the path.
    pub(super) async fn secret(&self) -> Result<Named> {
        let secret_type = self.secret_type()?;
        let not_found = || Problem::not_found("secret");
        let id = uuid(self.parameter("id")).ok_or_else(not_found)?;
        let path = format!("/secrets/{id}");
        let metadata = self.get(format!("{path}/metadata")).await?;
        if metadata.members()?.string("secret_type").as_deref() != Some(secret_type.name()) {
            return Err(not_found().into());
        }
        Ok(Named {
            secret_type,
            path,
            metadata,
        })
    }

    /// The version in the path; v1 knows no alias but `previous`.
    pub(super) fn version(&self) -> Checked<String> {
        match self.parameter("version_id") {
            "previous" => Ok("previous".to_owned()),
            id => uuid(id).ok_or_else(|| Problem::not_found("version")),
        }
    }

    /// The secret group in the path.
    pub(super) fn group(&self) -> Checked<String> {
        match self.parameter("id") {
            fields::DEFAULT_GROUP => Ok(fields::DEFAULT_GROUP.to_owned()),
            id => uuid(id).ok_or_else(|| Problem::not_found("secret group")),
        }
    }

    pub(super) async fn get(&self, path_and_query: String) -> Result<Answer> {
        self.ask(Method::Get, path_and_query, None).await
    }

    pub(super) async fn delete(&self, path_and_query: String) -> Result<Answer> {
        self.ask(Method::Delete, path_and_query, None).await
    }

    pub(super) async fn post(&self, path_and_query: String, body: Node<'_>) -> Result<Answer> {
        self.ask(Method::Post, path_and_query, Some(body)).await
    }

    pub(super) async fn patch(&self, path_and_query: String, body: Node<'_>) -> Result<Answer> {
        self.ask(Method::Patch, path_and_query, Some(body)).await
    }

    async fn ask(
        &self,
        method: Method,
        path_and_query: String,
        body: Option<Node<'_>>,
    ) -> Result<Answer> {
        self.ask_of(method, path_and_query, None, body).await
    }

    /// Asks v2 for a configuration of one type. What it refuses ends the script.
    pub(super) async fn ask_of(
        &self,
        method: Method,
        path_and_query: String,
        config_type: Option<&'static str>,
        body: Option<Node<'_>>,
    ) -> Result<Answer> {
        let ask = Ask {
            method,
            path_and_query,
            config_type,
            body: body.map(Node::into_body).unwrap_or_default(),
        };
        let answer = self.v2.call(ask).await;
        if (200..300).contains(&answer.status) {
            Ok(answer)
        } else {
            Err(Stop::Passed(answer))
        }
    }
}

/// A UUID as v2 writes it.
pub(super) fn uuid(text: &str) -> Option<String> {
    let id = uuid::Uuid::try_parse(text).ok()?;
    Some(id.hyphenated().to_string())
}
