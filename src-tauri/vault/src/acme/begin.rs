//! Beginning an order: at creation, by a rotation, by a policy.

use keyturn_api::{
    Caller, Code, ConfigType, NewVersion, Plaintext, Problem, Result, Revision, Target, Timestamp,
    secret::public_cert::{KeyAlgorithm, MANUAL, New, Rotation},
};
use keyturn_pki::{Curve, PrivateKey};
use uuid::Uuid;

use super::{
    end::{mark_failed, settle},
    failure::Failure,
    order::{put_issuance, put_secret},
    workers::claim,
};
use crate::{
    audit::Entry,
    configurations::catalogue,
    due,
    opened::{Opened, Write, WriteError},
    records::{
        AuthorizationRecord, ConfigurationRecord, OrderRecord, Outcome, SecretRecord, SecretText,
    },
    rotation::{Making, certificate::problem, public_cert::Kept},
    secrets::{self, Found},
    versions::{check_revision, check_rotates, open_payload},
};

/// Challenges of earlier orders that are kept.
const FORMER: usize = 300;

/// What an order stands on.
pub(crate) struct Ground {
    pub(crate) ca: ConfigurationRecord,
    /// None: the person sets the records.
    pub(crate) dns: Option<ConfigurationRecord>,
}

/// The configurations of an order, or which one is missing.
pub(crate) fn ground(vault: &Opened, new: &New) -> Result<Ground> {
    find_ground(vault, &new.ca, &new.dns)
}

/// The same by their names.
pub(super) fn find_ground(vault: &Opened, ca: &str, dns: &str) -> Result<Ground> {
    let (catalogue, _) = catalogue(vault)?;
    let mut of_kin = ConfigType::Acme.kin().iter();
    let found = of_kin.find_map(|of| catalogue.named(*of, ca)).cloned();
    let missing = |field: &str, what: &str, name: &str| {
        Problem::field(
            field,
            format!("There is no {what} \"{name}\" any more, or not yet."),
        )
        .remedy("Configure it in Secrets engines under this name, then try again.")
    };
    let ca = found.ok_or_else(|| missing("ca", "certificate authority", ca))?;
    let dns = match dns {
        MANUAL => None,
        name => Some(find_dns(vault, name)?.ok_or_else(|| missing("dns", "DNS provider", name))?),
    };
    Ok(Ground { ca, dns })
}

/// The configuration of a DNS provider.
pub(super) fn find_dns(vault: &Opened, name: &str) -> Result<Option<ConfigurationRecord>> {
    let (catalogue, _) = catalogue(vault)?;
    Ok(catalogue.named(ConfigType::Rfc2136, name).cloned())
}

/// The order a new secret begins with.
pub(crate) fn first_order(making: &Making<'_>, new: &New) -> Result<OrderRecord> {
    ground(making.vault, new)?;
    let key = make_key(new.key_algorithm)?;
    making.vault.workers.made(making.id, making.now.millis());
    Ok(OrderRecord {
        private_key: Some(key),
        claim: Some(claim(making.vault)),
        ..order(new, making.now)
    })
}

/// Refuses a second order while one is under way.
pub(crate) fn check_none_under_way(vault: &Opened, id: Uuid) -> Result<()> {
    match OrderRecord::read(vault, id)? {
        Some((order, _)) if order.outcome() == Outcome::UnderWay => Err(Problem::new(
            Code::Conflict,
            "An order for this certificate is under way already.",
        )
        .remedy("Finish it in Challenges, or cancel it there first.")),
        _ => Ok(()),
    }
}

/// How many orders under way an authority has been sent.
pub(crate) fn orders_at(vault: &Opened, ca: &str) -> Result<usize> {
    let under_way = OrderRecord::under_way(vault)?.into_iter();
    let sent = under_way.filter(|(_, order)| order.ca == ca && order.url.is_some());
    Ok(sent.count())
}

/// `create_secret_version` of a public certificate: begins an order. The secret's metadata is
/// replaced at once, that of the version when there is one.
pub(crate) async fn rotate(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    rotation: Rotation,
    new: &NewVersion,
    expect: Option<&Revision>,
) -> Result<()> {
    let mut made_key = None;
    loop {
        let now = vault.now();
        let found = secrets::find(vault, caller, id)?;
        check_revision(vault, &found, expect)?;
        check_rotates(&found.record, now)?;
        due::check_previous_unlocked(&found.record)?;
        check_none_under_way(vault, id)?;
        let asked = Asked {
            by: &caller.id,
            auto: false,
            rotate_keys: rotation.rotate_keys,
        };
        let mut found = found;
        if let Some(metadata) = &new.custom_metadata {
            found.record.custom_metadata = secrets::kept_metadata(metadata.clone());
        }
        let metadata = new
            .version_custom_metadata
            .clone()
            .and_then(secrets::kept_metadata);
        let order = OrderRecord {
            version_custom_metadata: metadata,
            ..prepare(vault, &found, asked, &mut made_key)?
        };
        let mut write = Write::new(Entry::of_schedule("order.begin", caller, id, now));
        stage(vault, found, order, &mut write)?;
        match vault.write(write).await {
            Ok(_) => return Ok(()),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

/// Whether a policy of this secret begins an order instead of making a value.
pub(crate) fn rotate_by_policy(record: &SecretRecord) -> bool {
    record.secret_type() == keyturn_api::SecretType::PublicCert
}

/// The commit with which a policy begins an order; or, if it cannot, notes that as an order that
/// failed, and why it did: a person learns of it, and the next day it is tried again.
pub(crate) fn scheduled(
    vault: &Opened,
    caller: &Caller,
    found: Found,
) -> Result<(Write, Option<Problem>)> {
    let (id, now) = (found.id, vault.now());
    check_none_under_way(vault, id)?;
    let kept = Kept::of(&found.record);
    let asked = Asked {
        by: &caller.id,
        auto: true,
        rotate_keys: kept.rotate_keys,
    };
    let (verb, order, refused) = match prepare(vault, &found, asked, &mut None) {
        Ok(order) => ("order.begin", order, None),
        Err(problem) => {
            let failure = not_begun(&problem).ok_or_else(|| problem.clone())?;
            let mut order = OrderRecord {
                by: caller.id.clone(),
                auto: true,
                ..order(&kept.request()?, now)
            };
            mark_failed(&mut order, &failure);
            ("order.fail", order, Some(problem))
        }
    };
    let mut write = Write::new(Entry::of_schedule(verb, caller, id, now));
    stage(vault, found, order, &mut write)?;
    Ok((write, refused))
}

/// Why a policy will not be able to begin an order, if that is known already.
pub(crate) fn hindrance(vault: &Opened, record: &SecretRecord) -> Option<String> {
    let kept = Kept::of(record);
    let ground = ground(vault, &kept.request().ok()?).map(drop);
    let key = match record.current() {
        Some(current) if !kept.rotate_keys && !current.has_value => Err(key_gone()),
        _ => Ok(()),
    };
    let problem = ground.and(key).err()?;
    not_begun(&problem).map(|failure| failure.message)
}

/// What keeps an order from beginning until a person mends it; none for what the vault itself could
/// not do just now.
pub(super) fn not_begun(problem: &Problem) -> Option<Failure> {
    let code = match problem.code {
        Code::BadRequest => "configuration_missing",
        Code::ValueGone => "key",
        _ => return None,
    };
    let remedy = problem.remedy.as_deref().unwrap_or_default();
    let message = format!("{} {remedy}", problem.message);
    Some(Failure::for_good(code, message))
}

/// Who asks for what.
#[derive(Clone, Copy)]
struct Asked<'a> {
    by: &'a str,
    auto: bool,
    rotate_keys: bool,
}

/// The order that is asked for. A key that was made is made once, however often the commit has to be
/// tried.
fn prepare(
    vault: &Opened,
    found: &Found,
    asked: Asked<'_>,
    made_key: &mut Option<SecretText>,
) -> Result<OrderRecord> {
    let new = Kept::of(&found.record).request()?;
    ground(vault, &new)?;
    let key = if asked.rotate_keys {
        match made_key {
            Some(key) => key.clone(),
            None => made_key.insert(make_key(new.key_algorithm)?).clone(),
        }
    } else {
        current_key(vault, found.id, &found.record)?
    };
    let now = vault.now();
    vault.workers.made(found.id, now.millis());
    Ok(OrderRecord {
        by: asked.by.to_owned(),
        auto: asked.auto,
        private_key: Some(key),
        claim: Some(claim(vault)),
        rotate_keys: asked.rotate_keys,
        ..order(&new, now)
    })
}

/// Puts an order and its secret into a write.
fn stage(vault: &Opened, found: Found, mut order: OrderRecord, write: &mut Write) -> Result<()> {
    let Found {
        id,
        revision,
        mut record,
    } = found;
    let now = vault.now();
    let former = OrderRecord::read(vault, id)?;
    if let Some((former, _)) = &former {
        order.former = left_behind(former);
        order.provided.clone_from(&former.provided);
        order.replaces.clone_from(&former.certificate_id);
        order.certificate_id.clone_from(&former.certificate_id);
        order.ask_renewal = former.ask_renewal; // if this one fails, the certificate stays
    }
    let former = former.map(|(_, revision)| revision);
    order.put(vault.keys(), id, former, write);
    put_issuance(&mut record, &order);
    record.renew_at = None;
    settle(&mut record, &order, now);
    put_secret(vault, (id, revision), record, &order.by, write);
    Ok(())
}

/// Challenges whose records may still be there. Those before the last certificate were told when it
/// was issued.
fn left_behind(former: &OrderRecord) -> Vec<AuthorizationRecord> {
    let mut all = former.authorizations.clone();
    if former.outcome() != Outcome::Issued {
        for one in &former.former {
            if !all.iter().any(|other| other.is_same_record(one)) {
                all.push(one.clone());
            }
        }
    }
    all.truncate(FORMER);
    all
}

fn order(new: &New, now: Timestamp) -> OrderRecord {
    OrderRecord {
        ordered_on: now.millis(),
        names: new.names(),
        common_name: new.subject_name(),
        ca: new.ca.clone(),
        dns: new.dns.clone(),
        ..OrderRecord::default()
    }
}

fn make_key(algorithm: KeyAlgorithm) -> Result<SecretText> {
    let algorithm = match algorithm {
        KeyAlgorithm::Rsa2048 => keyturn_pki::KeyAlgorithm::Rsa(2048),
        KeyAlgorithm::Rsa4096 => keyturn_pki::KeyAlgorithm::Rsa(4096),
        KeyAlgorithm::Ecdsa256 => keyturn_pki::KeyAlgorithm::Ec(Curve::P256),
        KeyAlgorithm::Ecdsa384 => keyturn_pki::KeyAlgorithm::Ec(Curve::P384),
    };
    let key = PrivateKey::generate(&algorithm).map_err(problem)?;
    Ok(SecretText::new(std::mem::take(&mut *key.to_pem())))
}

/// The key of the version in force.
fn current_key(vault: &Opened, id: Uuid, record: &SecretRecord) -> Result<SecretText> {
    let current = record
        .current()
        .filter(|version| version.has_value)
        .ok_or_else(key_gone)?;
    let value: Plaintext = open_payload(vault, id, current)?;
    let parts = crate::rotation::public_cert::Value::decode(&value).ok_or_else(key_gone)?;
    Ok(SecretText::new(parts.private_key.to_owned()))
}

fn key_gone() -> Problem {
    Problem::new(
        Code::ValueGone,
        "The current private key is no longer kept.",
    )
    .at(Target::field("rotation"))
    .remedy("Rotate with a new key.")
}
