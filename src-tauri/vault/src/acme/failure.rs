//! What went wrong with an order, and whether it is worth another try.

use std::time::Duration;

use keyturn_acme::{Error, ErrorKind, ProblemType};
use keyturn_api::Problem;

/// A step that did not succeed.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    /// For programs: `error_code`.
    pub(super) code: String,
    /// For people: `error_message`.
    pub(super) message: String,
    /// What is to be done about it.
    pub(super) then: Then,
}

/// What follows a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// The same step again, after so long at least.
    Again(Option<Duration>),
    /// The account is made anew, then the same step again.
    Register,
    /// The authority does not want this request. An order that it has may still go on.
    Refused,
    /// The order is dead.
    GiveUp,
    /// The vault cannot go on: it was locked, say. The order stays as it is.
    Stop,
}

impl Failure {
    /// One that no other try can mend.
    pub(super) fn for_good(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            then: Then::GiveUp,
        }
    }

    /// One that passes.
    pub(super) fn passing(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            then: Then::Again(None),
        }
    }

    /// The vault itself refuses.
    pub(super) fn of_vault(problem: Problem) -> Self {
        Self {
            code: "vault".to_owned(),
            message: problem.message,
            then: Then::Stop,
        }
    }

    /// The authority answered about something that was not ordered.
    pub(super) fn foreign(what: &str) -> Self {
        Self::for_good(
            "foreign_order",
            format!("The authority wants {what}, which was not ordered. Nothing was done."),
        )
    }

    /// What the authority says of a challenge that failed.
    pub(super) fn of_challenge(domain: &str, problem: &keyturn_acme::Problem) -> Self {
        let failure = Self::of_problem(problem);
        Self {
            message: format!("{domain}: {}", failure.message),
            ..failure
        }
    }

    /// What the authority says of an order or challenge that failed.
    pub(super) fn of_problem(problem: &keyturn_acme::Problem) -> Self {
        Self::for_good(problem.problem_type.name(), sentences(problem))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let then = match error.problem() {
            _ if error.is_account_unknown() => Then::Register,
            _ if error.is_transient() => Then::Again(error.retry_after),
            Some(problem) if is_final(&problem.problem_type) => Then::GiveUp,
            Some(_) => Then::Refused,
            // whoever answered is not the authority: a portal, a proxy, a wrong clock, a wrong root
            None => Then::Again(error.retry_after),
        };
        let code = match &error.kind {
            ErrorKind::Problem(problem) => problem.problem_type.name().to_owned(),
            _ => "connection".to_owned(),
        };
        let message = match error.problem() {
            Some(problem) => sentences(problem),
            None => error.to_string(),
        };
        Self {
            code,
            message,
            then,
        }
    }
}

/// Whether an authority that says so will never issue what was ordered.
const fn is_final(problem: &ProblemType) -> bool {
    matches!(
        problem,
        ProblemType::BadCsr
            | ProblemType::Caa
            | ProblemType::RejectedIdentifier
            | ProblemType::UnsupportedIdentifier
    )
}

/// What the authority says: in our words first, and from the first line break on in its own.
fn sentences(problem: &keyturn_acme::Problem) -> String {
    let ours = match problem.problem_type {
        ProblemType::Dns => "The authority could not look the record up.",
        ProblemType::Unauthorized | ProblemType::IncorrectResponse => {
            "The authority did not find the record with the value it wanted."
        }
        ProblemType::Caa => "A CAA record forbids this authority to issue for the name.",
        ProblemType::RateLimited => "The authority has a limit, and it is reached.",
        ProblemType::RejectedIdentifier => "The authority does not issue for one of the names.",
        ProblemType::ExternalAccountRequired => {
            "The authority wants an external account; enter its key identifier and key in its \
             configuration."
        }
        _ => "The authority refused.",
    };
    let mut theirs: Vec<String> = problem.detail.iter().cloned().collect();
    for sub in problem.subproblems.iter().take(5) {
        let name = sub
            .identifier
            .as_ref()
            .map(|of| of.value.as_str())
            .unwrap_or_default();
        theirs.push(format!(
            "{name}: {}",
            sub.detail
                .as_deref()
                .unwrap_or_else(|| sub.problem_type.name())
        ));
    }
    let mut text = ours.to_owned();
    if !theirs.is_empty() {
        text.push('\n');
        text.push_str(&theirs.join(" "));
    }
    text
}

#[cfg(test)]
mod tests {
    use keyturn_acme::{Identifier, Problem, Subproblem};

    use super::*;

    #[test]
    fn the_words_of_the_authority_begin_on_a_line_of_their_own() {
        let mut problem = Problem {
            problem_type: ProblemType::Caa,
            ..Problem::default()
        };
        let ours = "A CAA record forbids this authority to issue for the name.";
        assert_eq!(Failure::of_problem(&problem).message, ours);
        problem.detail = Some("CAA says no.".to_owned());
        problem.subproblems.push(Subproblem {
            identifier: Some(Identifier {
                kind: "dns".to_owned(),
                value: "a.test".to_owned(),
            }),
            problem_type: ProblemType::Dns,
            detail: Some("SERVFAIL".to_owned()),
        });
        assert_eq!(
            Failure::of_problem(&problem).message,
            format!("{ours}\nCAA says no. a.test: SERVFAIL")
        );
    }
}
