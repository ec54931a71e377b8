//! Who asks IAM: the configuration, and how its refusals read.

use std::sync::Arc;

use keyturn_api::{Code, ConfigType, Problem, Result, Target, configuration::iam::IamCredentials};
use keyturn_iam::{Account, Error, Settings};
use zeroize::Zeroizing;

use super::state::Client;
use crate::{
    configurations::catalogue,
    opened::Opened,
    records::{EngineSecretRecord, SecretText},
};

/// A configuration that can be worked with.
pub(super) struct Engine {
    pub(super) account: Arc<Account>,
    settings: IamCredentials,
    client: Client,
}

/// Checks address and key as who goes there does.
pub(crate) fn check_engine(engine: &IamCredentials, key: &Zeroizing<String>) -> Result<()> {
    client(&engine.iam_url, key.clone()).map(|_| ())
}

fn client(url: &str, key: Zeroizing<String>) -> Result<Account> {
    let settings = Settings {
        url: url.to_owned(),
        ..Settings::default()
    };
    Account::new(&settings, key).map_err(|error| {
        let field = if error == Error::Key {
            "api_key"
        } else {
            "iam_url"
        };
        Problem::field(field, error.to_string())
    })
}

/// The configuration. What is disabled can only take away.
pub(super) fn open(vault: &Opened, to_make: bool) -> Result<Engine> {
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(Problem::new(Code::Io, "IAM cannot be asked from here."));
    }
    let (catalogue, _) = catalogue(vault)?;
    let of_type = ConfigType::IamCredentials.name();
    let mut all = catalogue.configurations.iter();
    let record = all.find(|one| one.config_type == of_type).ok_or_else(|| {
        Problem::new(
            Code::BadRequest,
            "There is no configuration of IAM credentials, so IAM cannot be asked.",
        )
        .remedy("Configure the IAM credentials engine with an API key first.")
    })?;
    let settings: IamCredentials = record.request()?;
    if settings.disabled && to_make {
        return Err(Problem::new(
            Code::BadRequest,
            "The configuration of IAM credentials is disabled, so no API key can be made.",
        )
        .remedy("Enable it in Secrets engines."));
    }
    let known = vault.iam.client();
    let is_it = |one: &Client| one.configuration == record.id && one.revision == record.revision;
    let client = if let Some(known) = known.filter(is_it) {
        known
    } else {
        let secret = EngineSecretRecord::read(vault, record.id)?;
        let key = secret.api_key.as_ref().map_or("", SecretText::as_str);
        let account = client(&settings.iam_url, Zeroizing::new(key.to_owned()))?;
        let made = Client {
            configuration: record.id,
            revision: record.revision,
            account: Arc::new(account),
            own: None,
        };
        vault.iam.set_client(made.clone());
        made
    };
    Ok(Engine {
        account: Arc::clone(&client.account),
        settings,
        client,
    })
}

impl Engine {
    /// The account that is worked in: that of the secret, of the configuration, or of its key.
    pub(super) async fn account_id(
        &self,
        vault: &Opened,
        of_secret: Option<&str>,
    ) -> Result<String> {
        if let Some(given) = of_secret.or(self.settings.account_id.as_deref()) {
            return Ok(given.to_owned());
        }
        if let Some(own) = &self.client.own {
            return Ok(own.clone());
        }
        let own = self.account.id().await.map_err(|error| {
            problem(
                &error,
                "IAM did not tell the account of the configured API key.",
                None,
            )
        })?;
        vault.iam.set_client(Client {
            own: Some(own.clone()),
            ..self.client.clone()
        });
        Ok(own)
    }
}

/// What went wrong, in words: what was asked, what IAM said, what to do. `field` names what was asked
/// with, for when IAM does not know it.
pub(super) fn problem(error: &Error, what: &str, field: Option<&str>) -> Problem {
    let (code, remedy) = match error {
        Error::Refused => (
            Code::BadRequest,
            "Enter a valid API key in the configuration of IAM credentials.",
        ),
        Error::RateLimited => (Code::RateLimited, "Wait a minute, then try again."),
        Error::Denied {
            status: 400..=499, ..
        }
        | Error::Status(400..=499)
            if error.is_absent() =>
        {
            (
                Code::BadRequest,
                "Check the id, and that it is in the account that the configuration works in.",
            )
        }
        Error::Denied {
            status: 401 | 403, ..
        }
        | Error::Status(401 | 403) => (
            Code::BadRequest,
            "Check the account, and that the identity of the configured API key may manage service \
             IDs (role Operator on the IAM Identity Service) and access groups (role Editor).",
        ),
        Error::Denied {
            status: 400..=499, ..
        }
        | Error::Status(400..=499) => (Code::BadRequest, "Mend what IAM says, then try again."),
        Error::Address(_) | Error::Setup(_) | Error::Key => (
            Code::BadRequest,
            "Mend the configuration of IAM credentials.",
        ),
        _ => (
            Code::Io,
            "Check the network and the address of IAM in its configuration, then try again.",
        ),
    };
    let problem = Problem::new(code, format!("{what} {}", sentence(error))).remedy(remedy);
    match field {
        Some(field) if error.is_absent() => problem.at(Target::field(field)),
        _ => problem,
    }
}

/// The error as IAM's, not as that of its tokens.
pub(super) fn sentence(error: &Error) -> String {
    match error {
        Error::Unreachable => "IAM cannot be reached.".to_owned(),
        Error::TimedOut => "IAM did not answer in time.".to_owned(),
        Error::RateLimited => "IAM has too many requests.".to_owned(),
        Error::Untrusted => "The certificate of IAM's server is not trusted.".to_owned(),
        Error::Answer => "IAM's answer cannot be read.".to_owned(),
        Error::Status(status) => format!("IAM answered with HTTP status {status}."),
        Error::Refused => "IAM did not accept the API key of the configuration.".to_owned(),
        other => other.to_string(),
    }
}
