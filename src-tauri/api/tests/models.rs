//! Every model that IBM's official client has for an answer, with every field: read by our types and
//! written back. `tests/sdk/models` makes the objects from the client's classes.

use std::collections::BTreeSet;

use keyturn_api::wire::{self, answer};
use serde_json::{Map, Value};

const OBJECTS: &str = include_str!("models.json");

/// The names of the models; a new one is to be thought about.
const MODELS: &str = "\
    ArbitrarySecret ArbitrarySecretMetadata ArbitrarySecretVersion ArbitrarySecretVersionMetadata \
    CustomCredentialsConfiguration CustomCredentialsConfigurationMetadata CustomCredentialsSecret \
    CustomCredentialsSecretMetadata CustomCredentialsSecretVersion \
    CustomCredentialsSecretVersionMetadata IAMCredentialsConfiguration \
    IAMCredentialsConfigurationMetadata IAMCredentialsSecret IAMCredentialsSecretMetadata \
    IAMCredentialsSecretVersion IAMCredentialsSecretVersionMetadata ImportedCertificate \
    ImportedCertificateMetadata ImportedCertificateVersion ImportedCertificateVersionMetadata \
    KVSecret KVSecretMetadata KVSecretVersion KVSecretVersionMetadata PrivateCertificate \
    PrivateCertificateConfigurationIntermediateCA \
    PrivateCertificateConfigurationIntermediateCAMetadata PrivateCertificateConfigurationRootCA \
    PrivateCertificateConfigurationRootCAMetadata PrivateCertificateConfigurationTemplate \
    PrivateCertificateConfigurationTemplateMetadata PrivateCertificateMetadata \
    PrivateCertificateVersion PrivateCertificateVersionMetadata PublicCertificate \
    PublicCertificateConfigurationCALetsEncrypt PublicCertificateConfigurationCALetsEncryptMetadata \
    PublicCertificateConfigurationDNSClassicInfrastructure \
    PublicCertificateConfigurationDNSClassicInfrastructureMetadata \
    PublicCertificateConfigurationDNSCloudInternetServices \
    PublicCertificateConfigurationDNSCloudInternetServicesMetadata PublicCertificateMetadata \
    PublicCertificateVersion PublicCertificateVersionMetadata SecretGroup SecretLock SecretLocks \
    ServiceCredentialsSecret ServiceCredentialsSecretMetadata ServiceCredentialsSecretVersion \
    ServiceCredentialsSecretVersionMetadata UsernamePasswordSecret UsernamePasswordSecretMetadata \
    UsernamePasswordSecretVersion UsernamePasswordSecretVersionMetadata";

/// Keys and passwords that metadata and configurations show: wiped when they are read, and written as
/// empty texts.
const WIPED: [(&str, &str); 7] = [
    ("IAMCredentialsConfiguration", "/api_key"),
    ("ImportedCertificate", "/managed_csr/private_key"),
    ("ImportedCertificateMetadata", "/managed_csr/private_key"),
    (
        "PrivateCertificateConfigurationIntermediateCA",
        "/data/private_key",
    ),
    (
        "PublicCertificateConfigurationCALetsEncrypt",
        "/lets_encrypt_private_key",
    ),
    (
        "PublicCertificateConfigurationDNSClassicInfrastructure",
        "/classic_infrastructure_password",
    ),
    (
        "PublicCertificateConfigurationDNSCloudInternetServices",
        "/cloud_internet_services_apikey",
    ),
];

#[test]
fn every_model_is_read_and_written_back_without_loss() {
    let objects: Map<String, Value> = serde_json::from_str(OBJECTS).expect("a model that is read");
    let names: BTreeSet<&str> = objects.keys().map(String::as_str).collect();
    assert_eq!(names, MODELS.split_whitespace().collect());
    for (name, object) in &objects {
        let written = written_back(name, object);
        let mut expected = object.clone();
        for (_, path) in WIPED.iter().filter(|(model, _)| model == name) {
            *expected.pointer_mut(path).expect("a model that is read") = "".into();
        }
        let mut lost = Vec::new();
        compare(name, &expected, &written, &mut lost);
        assert!(lost.is_empty(), "{}", lost.join("\n"));
    }
}

fn written_back(name: &str, object: &Value) -> Value {
    let json = serde_json::to_vec(object).expect("a model that is read");
    let parsed = |json: &[u8]| serde_json::from_slice(json).expect("a model that is read");
    let in_list = |member: &str| serde_json::to_vec(&serde_json::json!({ member: [object] }));
    match name {
        "SecretGroup" => wire::secret_group(
            &answer::secret_group(&json)
                .expect("a model that is read")
                .group,
        ),
        "SecretLock" => wire::lock(
            &answer::locks(&in_list("locks").expect("a model that is read"))
                .expect("a model that is read")
                .items[0],
        ),
        "SecretLocks" => {
            serde_json::to_value(answer::secret_locks(&json).expect("a model that is read"))
                .expect("a model that is read")
        }
        _ if name.contains("Configuration") => {
            wire::configuration(&answer::configuration(&json).expect("a model that is read"))
        }
        _ if name.ends_with("VersionMetadata") => {
            let list = answer::versions(&in_list("versions").expect("a model that is read"))
                .expect("a model that is read");
            let alone = answer::version_metadata(&json).expect("a model that is read");
            assert_eq!(list[0].metadata, alone.metadata);
            wire::version_metadata(&alone)
        }
        _ if name.ends_with("Version") => parsed(&wire::version(
            &answer::version(&json).expect("a model that is read"),
        )),
        _ if name.ends_with("Metadata") => {
            let page = answer::secrets(&in_list("secrets").expect("a model that is read"))
                .expect("a model that is read");
            let alone = answer::secret_metadata(&json).expect("a model that is read");
            assert_eq!(page.items[0], alone);
            wire::secret_metadata(&alone)
        }
        _ => {
            let secret = answer::secret(&json).expect("a model that is read");
            assert!(secret.payload.is_some(), "{name} has a value");
            parsed(&wire::secret(&secret))
        }
    }
}

/// Every member that came is there as it came. What our types have besides may stand there as well.
fn compare(path: &str, came: &Value, written: &Value, lost: &mut Vec<String>) {
    match (came, written) {
        (Value::Object(came), Value::Object(written)) => {
            for (name, came) in came {
                let path = format!("{path}.{name}");
                match written.get(name) {
                    Some(written) => compare(&path, came, written, lost),
                    None => lost.push(format!("{path} is gone")),
                }
            }
        }
        _ if came == written => {}
        _ => lost.push(format!("{path} was {came} and is {written}")),
    }
}

#[test]
fn nothing_that_is_a_value_reaches_metadata() {
    let objects: Map<String, Value> = serde_json::from_str(OBJECTS).expect("a model that is read");
    for (name, values) in [
        ("ArbitrarySecret", &["payload"][..]),
        ("UsernamePasswordSecret", &["password"]),
        ("IAMCredentialsSecret", &["api_key"]),
        ("ServiceCredentialsSecret", &["apikey"]),
        ("ImportedCertificate", &["private_key"]),
        ("PublicCertificate", &["private_key"]),
    ] {
        let object = &objects[name];
        let secret = answer::secret(&serde_json::to_vec(object).expect("a model that is read"))
            .expect("a model that is read");
        let (shown, told) = (
            format!("{secret:?}"),
            serde_json::to_string(&secret.view).expect("a model that is read"),
        );
        for value in values {
            let member = object
                .get(value)
                .or_else(|| object["credentials"].get(value));
            let text = member
                .and_then(Value::as_str)
                .expect("a model that is read");
            assert!(
                !shown.contains(text) && !told.contains(text),
                "{name}: {value}"
            );
        }
    }
}
