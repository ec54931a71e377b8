//! Answers of a remote instance.

use http::{HeaderMap, Method};
use keyturn_api::{Code, Problem, Result};
use keyturn_client::{Access, Connection, Settings};
use keyturn_iam::TokenSource;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::input;
use crate::options::{Globals, variable};
use crate::own;
use crate::prompt::Terminal;

/// A connection to an instance.
pub(super) struct Remote(Connection);

impl Remote {
    /// Finds the key; sends nothing yet.
    pub(super) fn new(url: &str, globals: &Globals) -> Result<Self> {
        let (settings, iam) = settings(url, globals)?;
        Connection::new(&settings, access(url, globals, &iam)?).map(Self)
    }

    pub(super) async fn send(
        &self,
        method: Method,
        target: &str,
        headers: HeaderMap,
        body: Zeroizing<Vec<u8>>,
    ) -> std::result::Result<(u16, Zeroizing<Vec<u8>>), Failure> {
        let reply = self.0.send_with(method, target, headers, body).await?;
        Ok((reply.status, reply.body))
    }
}

fn settings(url: &str, globals: &Globals) -> Result<(Settings, keyturn_iam::Settings)> {
    let authority = globals.ca_certificate.as_deref().map(input::read_file);
    let authority = authority.transpose()?.map(|pem| pem.to_vec());
    let authorities: Vec<_> = authority.into_iter().collect();
    let settings = Settings {
        authorities: authorities.clone(),
        proxy: globals.proxy.clone(),
        ..Settings::new(url)
    };
    settings.check()?;
    let iam = keyturn_iam::Settings {
        url: globals.auth_url(url),
        authorities,
        proxy: globals.proxy.clone(),
    };
    Ok((settings, iam))
}

/// The key of `--apikey-file`, of the environment, of the keyring, or of the person at the terminal; a
/// token of the environment where there is one, as IBM's clients take it.
fn access(url: &str, globals: &Globals, iam: &keyturn_iam::Settings) -> Result<Access> {
    let named = globals.apikey_file.is_some() || variable("SECRETS_MANAGER_APIKEY").is_some();
    if !named {
        if let Some(token) = variable("SECRETS_MANAGER_BEARER_TOKEN") {
            return Ok(Access::Token(Zeroizing::new(token)));
        }
        if let Some(key) = own::remembered(url) {
            return source(iam, key).map(Access::Iam);
        }
    }
    source(iam, given_key(globals)?).map(Access::Iam)
}

/// The key that is given, by file, environment or at the terminal.
pub(crate) fn given_key(globals: &Globals) -> Result<Zeroizing<String>> {
    if let Some(file) = &globals.apikey_file {
        return input::line(file);
    }
    if let Some(key) = variable("SECRETS_MANAGER_APIKEY") {
        return Ok(Zeroizing::new(key));
    }
    if let Some(mut terminal) = Terminal::open() {
        return terminal.ask_secret("API key: ");
    }
    let message = "A remote instance needs an API key.";
    Err(Problem::new(Code::Unauthorized, message).remedy(
        "Name a file with the key (--apikey-file), set SECRETS_MANAGER_APIKEY, or keep it in the \
         keyring («keyturn login»).",
    ))
}

/// Whether a key is exchanged for a token.
pub(crate) async fn check_key(
    url: &str,
    key: Zeroizing<String>,
    globals: &Globals,
) -> std::result::Result<(), Failure> {
    let (settings, iam) = settings(url, globals)?;
    let access = Access::Iam(source(&iam, key)?);
    // what every role may; what the instance says of anything else is no matter of the key
    let target = "/api/v2/secret_groups";
    let remote = Remote(Connection::new(&settings, access)?);
    let (status, body) = remote
        .send(Method::GET, target, HeaderMap::new(), Zeroizing::default())
        .await?;
    if status == 401 {
        return Err(Failure::Refused { status, body });
    }
    Ok(())
}

fn source(iam: &keyturn_iam::Settings, key: Zeroizing<String>) -> Result<Box<TokenSource>> {
    TokenSource::new(iam, key).map(Box::new).map_err(|error| {
        Problem::new(Code::BadRequest, error.to_string())
            .remedy("Check the API key and the address it is exchanged at (--auth-url).")
    })
}
