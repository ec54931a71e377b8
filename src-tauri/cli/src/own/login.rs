//! API keys of remote instances that the keyring of this computer remembers.

use keyturn_api::{Code, Problem, Result};
use keyturn_vault::Sensitive;
use keyturn_vault::seal::{KeyringStore, KeyringTrouble, OsKeyring};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::options::Globals;
use crate::{output, send};

/// **login**: keeps the API key of a remote instance, if the instance lets it in.
pub(super) async fn login(globals: &Globals) -> std::result::Result<(), Failure> {
    let url = remote(globals)?;
    let key = send::given_key(globals)?;
    send::check_key(&url, key.clone(), globals).await?;
    let kept = Sensitive::from_string(key.to_string());
    OsKeyring::new().set(&entry(&url), &kept).map_err(trouble)?;
    output::answer(b"", None, globals.output())
}

/// **logout**: forgets it.
pub(super) fn logout(globals: &Globals) -> std::result::Result<(), Failure> {
    let url = remote(globals)?;
    OsKeyring::new().delete(&entry(&url)).map_err(trouble)?;
    output::answer(b"", None, globals.output())
}

/// The key that is remembered for an instance; none as well if there is no keyring.
pub(crate) fn remembered(url: &str) -> Option<Zeroizing<String>> {
    let kept = OsKeyring::new().get(&entry(url)).ok().flatten()?;
    kept.expose_str().map(|key| Zeroizing::new(key.to_owned()))
}

/// Name of the entry. Two spellings of one address are two entries, which costs a login.
fn entry(url: &str) -> String {
    format!("apikey:{}", url.trim_end_matches('/'))
}

fn remote(globals: &Globals) -> Result<String> {
    globals.service_url().ok_or_else(|| {
        Problem::new(
            Code::BadRequest,
            "Keys are remembered for remote instances.",
        )
        .remedy("Name one (--service-url, or SECRETS_MANAGER_URL).")
    })
}

fn trouble(trouble: KeyringTrouble) -> Problem {
    let code = match trouble {
        KeyringTrouble::Absent => Code::KeyringAbsent,
        _ => Code::KeyringLocked,
    };
    Problem::new(
        code,
        format!("The API key was not kept or forgotten: {trouble}."),
    )
    .remedy("Name a file with the key (--apikey-file), or set SECRETS_MANAGER_APIKEY.")
}
