//! Certificate authorities of public certificates: Let's Encrypt, and any with an ACME directory.

use keyturn_acme::ExternalAccount;
use keyturn_api::{
    Code, ConfigType, Plaintext, Problem, Result, Target,
    certificate::normal_pem,
    configuration::{
        ConfigurationDetail,
        acme::{
            AccountView, Acme, AcmePatch, Environment, LetsEncrypt, LetsEncryptPatch, NewAcme,
            NewLetsEncrypt, check_external,
        },
    },
};
use keyturn_pki::{Curve, KeyAlgorithm, Part, PrivateKey};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::create::json;
use crate::{
    acme,
    opened::{Opened, Write},
    records::{ConfigurationRecord, EngineSecretRecord, SecretText},
    rotation::certificate::{problem, read_certificates, read_private_key},
};

/// What the catalogue keeps of an authority, as JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CaRequest {
    pub(crate) directory_url: String,
    #[serde(default)]
    environment: Option<Environment>,
    /// The root its server is trusted by besides those of the system, PEM.
    #[serde(default)]
    pub(crate) root_certificate: Option<String>,
    /// Common name of the issuer of the preferred chain.
    #[serde(default)]
    pub(crate) preferred_chain: Option<String>,
    pub(crate) contact: Vec<String>,
    #[serde(default)]
    pub(crate) external_account_key_id: Option<String>,
    account_key_algorithm: String,
}

/// Takes over what a new authority is to be.
pub(super) fn lets_encrypt(
    vault: &Opened,
    new: &NewLetsEncrypt,
    record: &mut ConfigurationRecord,
    write: &mut Write,
) -> Result<()> {
    let given = new.lets_encrypt_private_key.as_ref();
    let key = account_key("lets_encrypt_private_key", given)?;
    let environment = new.lets_encrypt_environment;
    record.request = json(&CaRequest {
        directory_url: environment.directory().to_owned(),
        environment: Some(environment),
        root_certificate: None,
        preferred_chain: filled(new.lets_encrypt_preferred_chain.as_deref()),
        contact: new.contact.clone(),
        external_account_key_id: None,
        account_key_algorithm: key.algorithm().name(),
    });
    keep(vault, record, &key, None, write);
    Ok(())
}

/// The same of another authority.
pub(super) fn acme(
    vault: &Opened,
    new: &NewAcme,
    record: &mut ConfigurationRecord,
    write: &mut Write,
) -> Result<()> {
    let key = account_key("private_key", new.private_key.as_ref())?;
    check_directory(&new.directory_url)?;
    let external = new.external_account_hmac_key.as_ref();
    check_binding(
        new.external_account_key_id.as_deref(),
        external.map(|key| key.as_str()),
    )?;
    record.request = json(&CaRequest {
        directory_url: new.directory_url.clone(),
        environment: None,
        root_certificate: root(new.root_certificate.as_deref())?,
        preferred_chain: filled(new.preferred_chain.as_deref()),
        contact: new.contact.clone(),
        external_account_key_id: new.external_account_key_id.clone(),
        account_key_algorithm: key.algorithm().name(),
    });
    keep(vault, record, &key, external, write);
    Ok(())
}

/// Applies a patch of Let's Encrypt.
pub(super) fn patch_lets_encrypt(
    vault: &Opened,
    patch: &LetsEncryptPatch,
    record: &mut ConfigurationRecord,
    write: &mut Write,
) -> Result<()> {
    patch.check()?;
    let mut request: CaRequest = record.request()?;
    let moves = request.environment != Some(patch.lets_encrypt_environment);
    request.environment = Some(patch.lets_encrypt_environment);
    patch
        .lets_encrypt_environment
        .directory()
        .clone_into(&mut request.directory_url);
    if moves {
        check_none_dies(vault, &record.name, "lets_encrypt_environment")?;
        record.account_url = None; // an account is one of a directory
    }
    let other = Other {
        key_field: "lets_encrypt_private_key",
        private_key: patch.lets_encrypt_private_key.as_ref(),
        preferred_chain: patch.lets_encrypt_preferred_chain.as_deref(),
        contact: patch.contact.as_deref(),
        external_id: None,
        external_key: None,
    };
    change(vault, other, request, record, write)
}

/// Applies a patch of another authority.
pub(super) fn patch_acme(
    vault: &Opened,
    patch: &AcmePatch,
    record: &mut ConfigurationRecord,
    write: &mut Write,
) -> Result<()> {
    patch.check()?;
    let mut request: CaRequest = record.request()?;
    if let Some(pem) = &patch.root_certificate {
        request.root_certificate = root(Some(pem))?;
    }
    let other = Other {
        key_field: "private_key",
        private_key: patch.private_key.as_ref(),
        preferred_chain: patch.preferred_chain.as_deref(),
        contact: patch.contact.as_deref(),
        external_id: patch.external_account_key_id.as_deref(),
        external_key: patch.external_account_hmac_key.as_ref(),
    };
    change(vault, other, request, record, write)
}

/// What faces see of an authority of public certificates.
pub(super) fn view(record: &ConfigurationRecord) -> Result<ConfigurationDetail> {
    let request: CaRequest = record.request()?;
    let account = AccountView {
        contact: request.contact,
        account_url: record.account_url.clone(),
        account_key_algorithm: request.account_key_algorithm,
    };
    Ok(if record.config_type() == Some(ConfigType::LetsEncrypt) {
        ConfigurationDetail::LetsEncrypt(Box::new(LetsEncrypt {
            lets_encrypt_environment: request.environment.unwrap_or(Environment::Production),
            lets_encrypt_preferred_chain: request.preferred_chain,
            account,
        }))
    } else {
        ConfigurationDetail::Acme(Box::new(Acme {
            directory_url: request.directory_url,
            root_certificate: request.root_certificate,
            preferred_chain: request.preferred_chain,
            external_account_key_id: request.external_account_key_id,
            account,
        }))
    })
}

/// What both patches may change.
#[derive(Clone, Copy)]
struct Other<'a> {
    key_field: &'static str,
    private_key: Option<&'a Zeroizing<String>>,
    preferred_chain: Option<&'a str>,
    contact: Option<&'a [String]>,
    external_id: Option<&'a str>,
    external_key: Option<&'a Zeroizing<String>>,
}

fn change(
    vault: &Opened,
    other: Other<'_>,
    mut request: CaRequest,
    record: &mut ConfigurationRecord,
    write: &mut Write,
) -> Result<()> {
    if let Some(name) = other.preferred_chain {
        request.preferred_chain = filled(Some(name));
    }
    if let Some(contact) = other.contact.filter(|contact| **contact != request.contact) {
        request.contact = contact.to_vec();
        record.contact_untold = Some(true); // the next order tells the authority
    }
    let binds = other.external_id.is_some() || other.external_key.is_some();
    if binds || other.private_key.is_some() {
        let mut secret = EngineSecretRecord::read(vault, record.id)?;
        if binds {
            bind(&other, &mut request, &mut secret)?;
        }
        if other.private_key.is_some() {
            check_none_dies(vault, &record.name, other.key_field)?;
            let key = account_key(other.key_field, other.private_key)?;
            request.account_key_algorithm = key.algorithm().name();
            secret.account_key = Some(SecretText::new(std::mem::take(&mut *key.to_pem())));
        }
        record.account_url = None; // an account is one of a key, and bound when it is made
        secret.put(vault.keys(), record.id, write);
    }
    record.request = json(&request);
    Ok(())
}

/// Takes over another external account. Of its two parts the one that is not given stays.
fn bind(other: &Other<'_>, request: &mut CaRequest, secret: &mut EngineSecretRecord) -> Result<()> {
    if let Some(id) = other.external_id {
        request.external_account_key_id = filled(Some(id));
        if request.external_account_key_id.is_none() {
            secret.external_key = None;
        }
    }
    if let Some(key) = other.external_key {
        secret.external_key = Some(SecretText::new(key.to_string()));
    }
    check_binding(
        request.external_account_key_id.as_deref(),
        secret.external_key.as_ref().map(SecretText::as_str),
    )
}

/// Reads an external account as an order will.
fn check_binding(id: Option<&str>, key: Option<&str>) -> Result<()> {
    check_external(id, key)?;
    let (Some(id), Some(key)) = (id, key) else {
        return Ok(());
    };
    ExternalAccount::from_text(id, key)
        .map(|_| ())
        .map_err(|_| {
            Problem::field(
                "external_account_hmac_key",
                "The key of an external account is base64url text. It was not kept.",
            )
            .remedy("Enter it as the authority shows it.")
        })
}

/// Reads the address of a directory as an order will.
fn check_directory(address: &str) -> Result<()> {
    keyturn_acme::parse_url(address).map(|_| ()).map_err(|_| {
        Problem::field("directory_url", "This is no address.")
            .remedy("The authority tells its directory's address; it begins with https://.")
    })
}

/// Refuses another account while the authority has orders of the present one: nobody else can go on
/// with them.
fn check_none_dies(vault: &Opened, ca: &str, field: &str) -> Result<()> {
    let orders = match acme::orders_at(vault, ca)? {
        0 => return Ok(()),
        1 => "An order".to_owned(),
        many => format!("{many} orders"),
    };
    Err(Problem::new(
        Code::WrongState,
        format!(
            "{orders} with this authority would be lost, being under way with its present account. \
             Nothing was changed."
        ),
    )
    .at(Target::field(field))
    .remedy("Finish it in Challenges, or cancel it there, then try again."))
}

fn keep(
    vault: &Opened,
    record: &ConfigurationRecord,
    key: &PrivateKey,
    external: Option<&Zeroizing<String>>,
    write: &mut Write,
) {
    let secret = EngineSecretRecord {
        account_key: Some(SecretText::new(std::mem::take(&mut *key.to_pem()))),
        external_key: external.map(|key| SecretText::new(key.to_string())),
        ..EngineSecretRecord::default()
    };
    secret.put(vault.keys(), record.id, write);
}

/// The account's key: the one that was given, or a new one. ACME knows RSA and the curves of NIST.
fn account_key(field: &'static str, given: Option<&Zeroizing<String>>) -> Result<PrivateKey> {
    let Some(text) = given.filter(|text| !text.trim().is_empty()) else {
        let algorithm = keyturn_pki::csr::key_algorithm("ec", Some(256)).map_err(problem)?;
        return PrivateKey::generate(&algorithm).map_err(problem);
    };
    let key = read_private_key(&Plaintext::text(text.to_string()))
        .map_err(|problem| problem.at(Target::field(field)))?;
    match key.algorithm() {
        KeyAlgorithm::Rsa(2048..=8192) | KeyAlgorithm::Ec(Curve::P256 | Curve::P384) => Ok(key),
        other => Err(Problem::field(
            field,
            format!("An account cannot have a key of the kind {}.", other.name()),
        )
        .remedy("Take an RSA key of 2048 bits or more, or one on the curve P-256 or P-384.")),
    }
}

fn root(pem: Option<&str>) -> Result<Option<String>> {
    let Some(pem) = filled(pem) else {
        return Ok(None);
    };
    read_certificates(Part::Certificate, &pem)
        .map_err(|problem| problem.at(Target::field("root_certificate")))?;
    Ok(Some(normal_pem(pem)))
}

fn filled(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
        .map(ToOwned::to_owned)
}
