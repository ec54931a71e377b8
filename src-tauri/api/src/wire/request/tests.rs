//! What is written here, our own server reads, and gets the same.

use proptest::{collection::vec, option, prelude::*};
use serde_json::{Value, json};

use super::*;
use crate::{
    ConfigType, IntervalUnit, ListLocks, ListSecrets, ListSecretsLocks, LockMode, LockSort,
    Metadata, NewConfiguration, NewLock, NewLocks, NewSecret, NewSecretGroup, NewVersion,
    Plaintext, RotationPolicy, SecretGroupPatch, SecretPatch, SecretType, Sort, SortKey, State,
    Timestamp, Ttl, VersionRef,
    configuration::{
        ConfigurationPatch, NewConfigurationDetail,
        acme::{Environment, NewAcme, NewLetsEncrypt},
        action::{ConfigurationAction, SigningOptions},
        dns::{NewRfc2136, Rfc2136, Rfc2136Patch, TsigAlgorithm},
        template::Rules,
    },
    secret::{
        NewDetail, arbitrary, imported_cert, kv, private_cert, public_cert, username_password,
    },
    version::RotationInput,
    wire::{self, Query},
};

fn shown(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
}

fn text(plaintext: &Plaintext) -> String {
    plaintext.wire().to_string()
}

fn metadata() -> impl Strategy<Value = Option<Metadata>> {
    option::of(("[a-z]{1,5}", "\\PC{0,9}").prop_map(|(name, value)| {
        let Value::Object(members) = json!({ name: [value, 1.5, null] }) else {
            return Metadata::new();
        };
        members
    }))
}

fn policy() -> impl Strategy<Value = RotationPolicy> {
    (any::<bool>(), option::of(1..400_u32)).prop_map(|(auto_rotate, interval)| RotationPolicy {
        auto_rotate,
        interval,
        unit: interval.map(|_| IntervalUnit::Day),
        rotate_keys: None,
    })
}

fn date() -> impl Strategy<Value = Option<Timestamp>> {
    option::of((0..4_000_000_000_i64).prop_map(|at| Timestamp::from_millis(at * 1000)))
}

/// Values as texts, which `Debug` does not tell.
fn values(detail: &NewDetail) -> Vec<String> {
    match detail {
        NewDetail::Arbitrary(new) => vec![text(&new.payload)],
        NewDetail::Kv(new) => vec![text(new.data.plaintext())],
        NewDetail::UsernamePassword(new) => new.password.iter().map(text).collect(),
        NewDetail::ImportedCert(imported_cert::New::Given(new)) => {
            new.private_key.iter().map(text).collect()
        }
        _ => Vec::new(),
    }
}

fn detail() -> impl Strategy<Value = NewDetail> {
    let private = serde_json::from_value::<private_cert::New>(json!({
        "certificate_template": "t", "common_name": "a.example", "alt_names": ["b.example"],
        "ip_sans": "192.0.2.1", "ttl": "90d", "csr": "x", "rotation": {"auto_rotate": false},
    }))
    .unwrap();
    let public = serde_json::from_value::<public_cert::New>(json!({
        "ca": "le", "dns": "manual", "common_name": "a.example", "key_algorithm": "ECDSA384",
        "bundle_certs": false, "rotation": {"auto_rotate": true, "rotate_keys": true},
    }))
    .unwrap();
    prop_oneof![
        ("\\PC{0,20}", date()).prop_map(|(payload, expiration_date)| {
            let payload = Plaintext::text(payload);
            NewDetail::Arbitrary(arbitrary::New {
                payload,
                expiration_date,
            })
        }),
        ("[a-z]{1,5}", "\\PC{0,9}").prop_map(|(name, value)| {
            let data = Plaintext::text(json!({ name: value }).to_string());
            NewDetail::Kv(kv::New {
                data: kv::Data::parse(&data).unwrap(),
            })
        }),
        ("[a-z]{2,9}", option::of("\\PC{6,20}"), date(), policy()).prop_map(
            |(username, password, expiration_date, rotation)| {
                NewDetail::UsernamePassword(username_password::New {
                    username,
                    password: password.map(Plaintext::text),
                    expiration_date,
                    rotation,
                    password_generation_policy: username_password::PasswordGenerationPolicy {
                        length: 20,
                        exclude_characters: "lI".into(),
                        ..Default::default()
                    },
                })
            }
        ),
        (option::of("[a-z]{1,9}"), option::of("[a-z\n]{1,9}x")).prop_map(|(middle, key)| {
            let key = key.map(Plaintext::text);
            let parts = imported_cert::Rotation::new("c".into(), middle, key);
            NewDetail::ImportedCert(imported_cert::New::Given(parts))
        }),
        "[a-z]{2,9}".prop_map(|name| {
            let request = imported_cert::ManagedCsr {
                common_name: Some(name),
                ..Default::default()
            };
            NewDetail::ImportedCert(imported_cert::New::Managed(Box::new(request)))
        }),
        Just(()).prop_map(move |()| NewDetail::PrivateCert(Box::new(private.clone()))),
        Just(()).prop_map(move |()| NewDetail::PublicCert(Box::new(public.clone()))),
    ]
}

proptest! {
    #[test]
    fn new_secrets_are_read_as_they_were(
        (name, description, labels) in
            ("[a-z]{2,9}", option::of("\\PC{0,9}"), vec("[a-z]{2,5}", 0..3)),
        (custom_metadata, version_custom_metadata, detail) in (metadata(), metadata(), detail()),
    ) {
        let new = NewSecret {
            name,
            description,
            secret_group_id: "default".into(),
            labels,
            custom_metadata,
            version_custom_metadata,
            reminder: None,
            detail,
        };
        let json = new_secret(&new);
        prop_assert_eq!(json.capacity(), json.len());
        let read = wire::new_secret(&json).unwrap();
        prop_assert_eq!(shown(&read), shown(&new));
        prop_assert_eq!(values(&read.detail), values(&new.detail));
    }

    #[test]
    fn patches_are_read_as_they_were(
        (name, description) in (option::of("[a-z]{2,9}"), option::of("\\PC{0,9}")),
        (labels, custom_metadata, rotation) in
            (option::of(vec("[a-z]{2,5}", 0..3)), metadata(), option::of(policy())),
        expiration_date in option::of(date()),
    ) {
        let patch = SecretPatch {
            name: name.clone(),
            description: description.clone(),
            labels,
            custom_metadata: custom_metadata.clone(),
            expiration_date,
            rotation,
            password_generation_policy: Some(username_password::PolicyPatch {
                length: Some(20),
                ..Default::default()
            }),
            reminder: Some(None),
            managed_csr: None,
            ttl: Some("30m".into()),
        };
        prop_assert_eq!(wire::secret_patch(&secret_patch(&patch)).unwrap(), patch);
        let group = SecretGroupPatch { name: name.clone(), description: description.clone() };
        prop_assert_eq!(wire::group_patch(&group_patch(&group)).unwrap(), group);
        let group = NewSecretGroup { name: name.unwrap_or_default(), description };
        prop_assert_eq!(wire::new_group(&new_group(&group)).unwrap(), group);
        let metadata = custom_metadata.unwrap_or_default();
        prop_assert_eq!(wire::version_patch(&version_patch(&metadata)).unwrap(), metadata);
    }

    #[test]
    fn queries_are_read_as_they_were(
        (offset, limit, descending) in (0..1000_u32, 1..100_u32, any::<bool>()),
        (search, labels) in (option::of("[\\PC&&[^,]]{2,9}"), vec("[a-z &=+%]{2,5}x", 0..3)),
    ) {
        let query = ListSecrets {
            offset,
            limit,
            sort: Some(Sort { key: SortKey::UpdatedAt, descending }),
            search: search.clone(),
            groups: vec!["default".into()],
            secret_types: vec![SecretType::Kv, SecretType::IamCredentials],
            match_all_labels: labels.iter().map(|label| label.trim().to_owned()).collect(),
            ..Default::default()
        };
        let read = Query::parse(&list_secrets(&query)).unwrap().list_secrets().unwrap();
        prop_assert_eq!(read, query);
        let query = ListLocks { offset, limit, sort: LockSort::CreatedAt, descending, search };
        let read = Query::parse(&list_locks(&query)).unwrap().list_locks().unwrap();
        prop_assert_eq!(&read, &query);
        let query = ListSecretsLocks {
            offset,
            limit,
            search: query.search,
            groups: vec!["default".into()],
        };
        let read = Query::parse(&list_secrets_locks(&query)).unwrap();
        prop_assert_eq!(read.list_secrets_locks().unwrap(), query);
    }
}

#[test]
fn what_api_v2_cannot_ask_for_is_told() {
    assert!(!asks_beyond(&ListSecrets::default()));
    let sorted = |key| {
        Some(Sort {
            key,
            descending: false,
        })
    };
    for query in [
        ListSecrets {
            states: vec![State::Active],
            ..Default::default()
        },
        ListSecrets {
            overdue: true,
            ..Default::default()
        },
        ListSecrets {
            expires_within_days: Some(1),
            ..Default::default()
        },
        ListSecrets {
            sort: sorted(SortKey::Due),
            ..Default::default()
        },
        ListSecrets {
            secret_types: vec![SecretType::Other],
            ..Default::default()
        },
    ] {
        assert!(asks_beyond(&query), "{query:?}");
        assert!(!list_secrets(&query).contains("other"));
    }
}

fn read_version(json: &[u8], secret_type: SecretType) -> NewVersion {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let mut reading = std::pin::pin!(wire::new_version(json, async || Ok(secret_type)));
    match reading.as_mut().poll(&mut context) {
        std::task::Poll::Ready(read) => read.unwrap(),
        std::task::Poll::Pending => unreachable!("it waits"),
    }
}

#[test]
fn rotations_are_read_as_they_were() {
    let data = kv::Data::parse(&Plaintext::text(r#"{"n":12345678901234567890123}"#.into()));
    let id = "0d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a77";
    let password = |password: Option<&str>| {
        RotationInput::UsernamePassword(username_password::Rotation {
            password: password.map(|text| Plaintext::text(text.into())),
            password_generation_policy: None,
        })
    };
    for (secret_type, input, expected) in [
        (
            SecretType::Kv,
            RotationInput::Kv(kv::Rotation {
                data: data.unwrap(),
            }),
            r#"{"data":{"n":12345678901234567890123}}"#,
        ),
        (
            SecretType::Arbitrary,
            RotationInput::Arbitrary(arbitrary::Rotation {
                payload: Plaintext::text("p\"".into()),
            }),
            r#"{"payload":"p\""}"#,
        ),
        (SecretType::UsernamePassword, password(None), "{}"),
        (
            SecretType::UsernamePassword,
            password(Some("hunter2")),
            r#"{"password":"hunter2"}"#,
        ),
        (
            SecretType::PrivateCert,
            RotationInput::PrivateCert(private_cert::Rotation {
                csr: Some("c".into()),
            }),
            r#"{"csr":"c"}"#,
        ),
        (
            SecretType::PublicCert,
            RotationInput::PublicCert(public_cert::Rotation { rotate_keys: true }),
            r#"{"rotation":{"rotate_keys":true}}"#,
        ),
        (
            SecretType::Kv,
            RotationInput::Restore {
                from: VersionRef::CURRENT,
            },
            r#"{"restore_from_version":"current"}"#,
        ),
        (
            SecretType::Kv,
            RotationInput::Restore {
                from: VersionRef::Id(id.into()),
            },
            id,
        ),
    ] {
        let new = NewVersion {
            custom_metadata: None,
            version_custom_metadata: None,
            input,
        };
        let json = new_version(&new);
        assert!(str::from_utf8(&json).unwrap().contains(expected));
        assert_eq!(shown(&read_version(&json, secret_type)), shown(&new));
    }
    for input in [
        RotationInput::CustomCredentials,
        RotationInput::ServiceCredentials,
    ] {
        let new = NewVersion {
            custom_metadata: None,
            version_custom_metadata: None,
            input,
        };
        assert_eq!(&**new_version(&new), b"{}");
    }
}

#[test]
fn locks_are_read_as_they_were() {
    let lock = |name: &str, description: Option<&str>| NewLock {
        name: name.into(),
        description: description.map(Into::into),
        attributes: None,
    };
    let new = NewLocks {
        locks: vec![lock("app", None), lock("web", Some("x"))],
        mode: Some(LockMode::RemovePreviousAndDelete),
    };
    let mode = Query::parse(&lock_mode(new.mode))
        .unwrap()
        .lock_mode()
        .unwrap();
    assert_eq!(wire::new_locks(&new_locks(&new), mode).unwrap(), new);
    let names = ["app".to_owned(), "web-1".to_owned()];
    let read = Query::parse(&lock_names(Some(&names)))
        .unwrap()
        .lock_names()
        .unwrap();
    assert_eq!(read.unwrap(), names);
    assert_eq!(lock_names(None), "");
}

#[test]
fn configurations_are_read_as_they_were() {
    let authority = json!({"max_ttl": "8760h", "common_name": "Root CA", "ou": ["a"],
        "alt_names": ["b.example"], "crl_expiry": "72h", "key_type": "ec", "key_bits": 384,
        "signing_method": "internal", "issuer": "root", "ttl": "87600h", "max_path_length": 1});
    let lets_encrypt = NewLetsEncrypt {
        lets_encrypt_environment: Environment::Staging,
        lets_encrypt_private_key: Some("k".to_owned().into()),
        lets_encrypt_preferred_chain: None,
        contact: vec![],
    };
    let acme = NewAcme {
        directory_url: "https://ca.example/".into(),
        root_certificate: Some("r".into()),
        private_key: None,
        preferred_chain: None,
        contact: vec!["a@b.example".into()],
        external_account_key_id: Some("kid".into()),
        external_account_hmac_key: Some("mac".to_owned().into()),
    };
    let dns = NewRfc2136 {
        server: Rfc2136 {
            server: "ns1.example".into(),
            zone: None,
            tsig_key_name: "k".into(),
            tsig_algorithm: TsigAlgorithm::HmacSha512,
        },
        tsig_secret: "c2VjcmV0".to_owned().into(),
    };
    let template = json!({"certificate_authority": "ca", "max_ttl": "1h", "allow_any_name": true});
    let of = serde_json::from_value::<NewConfigurationDetail>;
    let typed = |kind: ConfigType, members: &Value| {
        let mut members = members.clone();
        members["config_type"] = kind.name().into();
        of(members).unwrap()
    };
    for detail in [
        typed(ConfigType::RootCa, &authority),
        typed(ConfigType::IntermediateCa, &authority),
        typed(ConfigType::Template, &template),
        NewConfigurationDetail::LetsEncrypt(Box::new(lets_encrypt)),
        NewConfigurationDetail::Acme(Box::new(acme)),
        NewConfigurationDetail::Rfc2136(Box::new(dns)),
    ] {
        let new = NewConfiguration {
            name: "one".into(),
            detail,
        };
        let read = wire::new_configuration(&new_configuration(&new)).unwrap();
        assert_eq!(shown(&read), shown(&new));
    }
}

#[test]
fn changes_and_actions_are_read_as_they_were() {
    let rules = Rules {
        max_ttl: Some(Ttl::from_hours(2)),
        key_bits: Some(4096),
        ..Rules::default()
    };
    let template = json!({"config_type": ConfigType::Template.name(), "name": "t",
        "secret_type": "private_cert", "created_by": "x", "created_at": "2026-01-05T10:00:00Z",
        "updated_at": "2026-01-05T10:00:00Z", "certificate_authority": "ca"});
    let template = wire::answer::configuration(template.to_string().as_bytes()).unwrap();
    let patch = ConfigurationPatch::Template(Box::new(rules));
    let json = configuration_patch(&patch);
    let read = wire::configuration_patch(&template.configuration, &json).unwrap();
    assert_eq!(shown(&read), shown(&patch));
    let dns = Rfc2136Patch {
        tsig_secret: Some("s".to_owned().into()),
        ..Default::default()
    };
    let json = configuration_patch(&ConfigurationPatch::Rfc2136(Box::new(dns)));
    assert_eq!(&**json, br#"{"tsig_secret":"s"}"#);

    let options = || {
        Box::new(SigningOptions {
            common_name: Some("Below".into()),
            ttl: Some(Ttl::from_days(3)),
            use_csr_values: true,
            ..SigningOptions::default()
        })
    };
    let name = "intermediate".to_owned();
    for action in [
        ConfigurationAction::RotateCrl,
        ConfigurationAction::SignIntermediate {
            intermediate_certificate_authority: name.clone(),
            options: options(),
        },
        ConfigurationAction::SignCsr {
            csr: "c".into(),
            options: options(),
        },
        ConfigurationAction::SetSigned {
            certificate: "c".into(),
        },
        ConfigurationAction::RevokeCaCertificate,
        ConfigurationAction::RotateIntermediate,
    ] {
        let json = configuration_action(&name, &action);
        assert_eq!(
            shown(&wire::configuration_action(&json).unwrap()),
            shown(&action)
        );
    }
    for action in [
        wire::SecretAction::ValidateDnsChallenge,
        wire::SecretAction::RevokeCertificate,
    ] {
        assert_eq!(wire::secret_action(&secret_action(action)).unwrap(), action);
    }
}

#[test]
fn what_only_keyturn_can_be_asked_is_read_as_it_was() {
    let query = ListSecrets {
        offset: 20,
        limit: 10,
        sort: Some(Sort {
            key: SortKey::Due,
            descending: true,
        }),
        search: Some("a&b=ü,c".into()),
        groups: vec!["default".into()],
        secret_types: vec![SecretType::Kv, SecretType::PublicCert],
        match_all_labels: vec!["one label".into(), "two".into()],
        states: vec![State::Active, State::Destroyed],
        expires_within_days: Some(30),
        overdue: true,
    };
    for query in [query, ListSecrets::default()] {
        let read = Query::parse(&list_secrets_beyond(&query)).unwrap();
        assert_eq!(read.list_secrets_beyond().unwrap(), query);
    }
}
