//! Orders of public certificates on a real vault file, with a real ACME server.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test program uses its part"
)]

use std::{future::Future, sync::Arc};

use keyturn_api::{
    ConfigType, Configuration, ConfigurationView, Instance, NewConfiguration, Result,
    RotationPolicy, SecretView, State, VersionRef,
    configuration::{
        ConfigurationDetail, NewConfigurationDetail,
        acme::{AccountView, Acme, NewAcme},
    },
    secret::{
        Detail, NewDetail, Payload,
        public_cert::{
            self, Challenge, IssuanceInfo, KeyAlgorithm, MANUAL, New, OrderView, Rotation,
        },
    },
    version::RotationInput,
};
use keyturn_vault::Vault;
use tokio::runtime::Runtime;

use crate::{
    authority::desk_of_today,
    desk::{Desk, owner, rotation_by, secret_of},
    servers::{
        challtestsrv::Challtestsrv,
        pebble::{Behaviour, Pebble},
    },
};

/// For orders that are to be validated again each time: pebble uses one of a hundred authorizations
/// again, whatever it is told, and hardly ever both.
pub const BOTH: [&str; 2] = ["example.test", "*.example.test"];

/// A vault, an authority, and the DNS that this authority sees.
pub struct Bench {
    pub desk: Desk,
    pebble: Option<Pebble>,
    dns: Option<Challtestsrv>,
    directory_url: String,
    tls_root: String,
    runtime: Runtime,
}

impl Bench {
    /// With pebble, configured as `ca`.
    pub fn new(behaviour: &Behaviour) -> Self {
        let dns = Challtestsrv::start();
        let mut bench = Self::with_resolver(behaviour, &dns.address());
        bench.dns = Some(dns);
        bench
    }

    /// The same with a pebble that looks names up elsewhere.
    pub fn with_resolver(behaviour: &Behaviour, resolver: &str) -> Self {
        let pebble = Pebble::start(&Behaviour {
            dns_server: Some(resolver.to_owned()),
            ..behaviour.clone()
        });
        let mut bench = Self::at(&pebble.directory_url(), &pebble.tls_root_pem());
        bench.pebble = Some(pebble);
        bench
    }

    /// With an authority elsewhere, configured as `ca`.
    pub fn at(directory_url: &str, tls_root: &str) -> Self {
        let bench = Self {
            desk: desk_of_today(),
            pebble: None,
            dns: None,
            directory_url: directory_url.into(),
            tls_root: tls_root.into(),
            runtime: Runtime::new().unwrap(),
        };
        bench.configure("ca", bench.new_ca());
        bench
    }

    pub fn pebble(&self) -> &Pebble {
        self.pebble.as_ref().unwrap()
    }

    /// Lets the authority forget all accounts and orders.
    pub fn restart_pebble(&mut self) {
        self.pebble.as_mut().unwrap().restart();
    }

    pub fn dns(&self) -> &Challtestsrv {
        self.dns.as_ref().unwrap()
    }

    pub fn vault(&self) -> &Arc<Vault> {
        &self.desk.vault
    }

    /// Runs a call where there is a runtime.
    pub fn run<F: Future>(&self, call: F) -> F::Output {
        self.runtime.block_on(call)
    }

    pub fn new_ca(&self) -> NewAcme {
        NewAcme {
            directory_url: self.directory_url.clone(),
            root_certificate: Some(self.tls_root.clone()),
            private_key: None,
            preferred_chain: None,
            contact: vec!["ops@example.test".into()],
            external_account_key_id: None,
            external_account_hmac_key: None,
        }
    }

    pub fn configure(&self, name: &str, ca: NewAcme) {
        self.try_configure(name, ca).unwrap();
    }

    pub fn try_configure(&self, name: &str, ca: NewAcme) -> Result<ConfigurationView> {
        let new = NewConfiguration {
            name: name.into(),
            detail: NewConfigurationDetail::Acme(Box::new(ca)),
        };
        self.run(self.vault().create_configuration(&owner(), new))
    }

    /// Applies a patch to the configuration of the authority; as it is then.
    pub fn patch_ca(&self, mut patch: serde_json::Value) -> Result<Acme> {
        patch["config_type"] = "public_cert_configuration_ca_acme".into();
        let patch = serde_json::from_value(patch).unwrap();
        let owner = owner();
        let vault = self.vault();
        let changed = vault.update_configuration(&owner, ConfigType::Acme, "ca", patch, None);
        self.run(changed).map(|view| acme(view.configuration))
    }

    /// The account with the authority.
    pub fn account(&self) -> AccountView {
        let owner = owner();
        let read = self.vault().configuration(&owner, ConfigType::Acme, "ca");
        acme(self.run(read).unwrap().configuration).account
    }

    /// Deletes the configuration of the authority.
    pub fn forget_ca(&self) {
        let owner = owner();
        self.run(
            self.vault()
                .delete_configuration(&owner, ConfigType::Acme, "ca", None),
        )
        .unwrap();
    }

    /// Lets time pass until a policy rotates a certificate.
    pub fn until_due(&self, id: &str) {
        const DAY: i64 = 86_400_000;
        let due = self.detail(id).next_rotation_date.unwrap();
        let left = due.millis() - self.vault().now().millis();
        self.desk.clock.advance_days(left / DAY + 1);
    }

    /// Lets the schedule run once: how many rotations began, and how many failed.
    pub fn schedule(&self) -> (u32, u32) {
        let run = self.run(self.vault().run_schedule()).unwrap();
        (run.rotated, run.failed)
    }

    /// Orders a certificate with DNS by hand; its id.
    pub fn order(&self, name: &str, names: &[&str]) -> String {
        self.create(name, new(names))
    }

    pub fn create(&self, name: &str, new: New) -> String {
        let secret = secret_of(name, NewDetail::PublicCert(Box::new(new)));
        let made = self
            .run(self.vault().create_secret(&owner(), secret))
            .unwrap();
        made.view.metadata.id
    }

    pub fn rotate(&self, id: &str, rotate_keys: bool) -> Result<()> {
        let input = RotationInput::PublicCert(Rotation { rotate_keys });
        let owner = owner();
        let new = rotation_by(input);
        self.run(self.vault().create_version(&owner, id, new, None))
            .map(drop)
    }

    pub fn view(&self, id: &str) -> SecretView {
        self.run(self.vault().secret_metadata(&owner(), id))
            .unwrap()
    }

    pub fn detail(&self, id: &str) -> public_cert::Detail {
        match self.view(id).metadata.detail {
            Detail::PublicCert(detail) => *detail,
            other => panic!("{other:?}"),
        }
    }

    pub fn state(&self, id: &str) -> State {
        self.view(id).metadata.state
    }

    pub fn issuance(&self, id: &str) -> IssuanceInfo {
        self.detail(id).issuance_info.unwrap()
    }

    pub fn challenges(&self, id: &str) -> Vec<Challenge> {
        self.issuance(id).challenges.unwrap()
    }

    pub fn order_of(&self, id: &str) -> OrderView {
        self.run(self.vault().order(&owner(), id)).unwrap().unwrap()
    }

    /// Sets every record that is wanted, in the place of those of the order before.
    pub fn set_records(&self, id: &str) {
        self.clear_records(id);
        for one in self.challenges(id) {
            self.dns()
                .add_txt(&one.txt_record_name, &one.txt_record_value);
        }
    }

    pub fn clear_records(&self, id: &str) {
        for one in self.challenges(id) {
            self.dns().clear_txt(&one.txt_record_name);
        }
    }

    pub fn validate(&self, id: &str) {
        self.run(self.vault().validate_dns_challenge(&owner(), id))
            .unwrap();
        self.go_on();
    }

    /// Goes on with all orders until they halt.
    pub fn go_on(&self) {
        self.run(self.vault().run_orders(|_| {})).unwrap();
    }

    /// An issued certificate.
    pub fn issued(&self, name: &str, names: &[&str]) -> String {
        let id = self.order(name, names);
        self.set_records(&id);
        self.validate(&id);
        assert_eq!(self.state(&id), State::Active, "{:?}", self.issuance(&id));
        id
    }

    /// The value in force.
    pub fn payload(&self, id: &str) -> public_cert::Payload {
        let version = self
            .run(self.vault().version(&owner(), id, &VersionRef::CURRENT))
            .unwrap();
        match version.payload.unwrap() {
            Payload::PublicCert(payload) => payload,
            other => panic!("{other:?}"),
        }
    }

    pub fn versions_total(&self, id: &str) -> usize {
        self.run(self.vault().versions(&owner(), id)).unwrap().len()
    }
}

fn acme(configuration: Configuration) -> Acme {
    match configuration.detail {
        ConfigurationDetail::Acme(acme) => *acme,
        other => panic!("{other:?}"),
    }
}

/// What is ordered with DNS by hand.
pub fn new(names: &[&str]) -> New {
    New {
        ca: "ca".into(),
        dns: MANUAL.into(),
        common_name: Some(names[0].into()),
        alt_names: names[1..].iter().map(|&name| name.into()).collect(),
        key_algorithm: KeyAlgorithm::Ecdsa256,
        bundle_certs: true,
        rotation: RotationPolicy::default(),
    }
}
