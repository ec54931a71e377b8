//! Answers of a remote instance.

use http::{HeaderMap, Method};
use keyturn_api::{Code, Problem, Result};
use keyturn_client::{Access, Connection, Settings};
use keyturn_iam::TokenSource;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::input;
use crate::options::{Globals, variable};
use crate::prompt::Terminal;

/// A connection to an instance.
pub(super) struct Remote(Connection);

impl Remote {
    /// Finds the key; sends nothing yet.
    pub(super) fn new(url: &str, globals: &Globals) -> Result<Self> {
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
        Connection::new(&settings, access(globals, &iam)?).map(Self)
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

/// The key of `--apikey-file`, of the environment, or of the person at the terminal; a token of the
/// environment where there is one, as IBM's clients take it.
fn access(globals: &Globals, iam: &keyturn_iam::Settings) -> Result<Access> {
    let key = if let Some(file) = &globals.apikey_file {
        input::line(file)?
    } else if let Some(key) = variable("SECRETS_MANAGER_APIKEY") {
        Zeroizing::new(key)
    } else if let Some(token) = variable("SECRETS_MANAGER_BEARER_TOKEN") {
        return Ok(Access::Token(Zeroizing::new(token)));
    } else if let Some(mut terminal) = Terminal::open() {
        terminal.ask_secret("API key: ")?
    } else {
        let message = "A remote instance needs an API key.";
        return Err(Problem::new(Code::Unauthorized, message)
            .remedy("Name a file with the key (--apikey-file), or set SECRETS_MANAGER_APIKEY."));
    };
    let source = TokenSource::new(iam, key).map(Box::new);
    source.map(Access::Iam).map_err(|error| {
        Problem::new(Code::BadRequest, error.to_string())
            .remedy("Check the API key and the address it is exchanged at (--auth-url).")
    })
}
