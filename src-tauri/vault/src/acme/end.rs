//! The end of an order: a new version in one commit, or a failure.

use keyturn_acme::{Chain, Order, Session, certificate_id};
use keyturn_api::{Caller, Code, Plaintext, State, Timestamp};
use keyturn_pki::{Certificate, Part};

use super::{
    account::Account,
    drive::{Halt, Work},
    failure::Failure,
    order::{put_issuance, put_secret},
    renewal,
};
use crate::{
    audit::Entry,
    due,
    opened::{Write, WriteError},
    records::{AuthorizationRecord, OrderRecord, Outcome, SecretRecord, VersionRecord},
    rotation::{
        Also, Rotated,
        certificate::{noted, read_private_key},
        public_cert::{Kept, Value},
    },
    secrets,
    versions::rotation_write,
};

/// Milliseconds.
pub(super) const DAY: i64 = 86_400_000;

/// A renewal that failed is tried again after a day, or half of what is left; not before this.
const SOONEST_RETRY: i64 = DAY / 144;

/// Notes that an order failed.
pub(super) fn mark_failed(order: &mut OrderRecord, failure: &Failure) {
    order.outcome = 2;
    order.private_key = None;
    order.trouble = None;
    order.next_try = None;
    order.error_code = Some(failure.code.clone());
    order.error_message = Some(failure.message.clone());
    // nobody looks at the others any more
    for one in &mut order.authorizations {
        if one.status == AuthorizationRecord::PROCESSING {
            one.status = AuthorizationRecord::PENDING;
        }
    }
}

/// What a failed order does to its secret: the first one deactivates it; later, the certificate in
/// force stays, and a policy tries again the next day.
pub(super) fn settle(record: &mut SecretRecord, order: &OrderRecord, now: Timestamp) {
    if order.outcome() != Outcome::Failed {
        return;
    }
    if record.versions.is_empty() {
        record.state = State::Deactivated.number();
    } else if record.policy.is_some() {
        // no earlier than without the failure: it may have been a person's rotation, long before time
        let (start, end) = Kept::of(record).validity().unwrap_or_default();
        let rule = renewal::renewal_date(start, end);
        // soon enough for a certificate that lives for hours
        let left = (end - now.millis()) / 2;
        let tomorrow = now.millis() + left.clamp(SOONEST_RETRY, DAY);
        record.renew_at = Some(rule.max(tomorrow));
        record.renew_why = (tomorrow >= rule).then_some(renewal::AFTER_FAILURE);
    } else {
        let validity = Kept::of(record).validity();
        record.renew_at = validity.map(|(start, end)| renewal::renewal_date(start, end));
        record.renew_why = None;
    }
}

impl Work<'_> {
    /// Fetches the certificate, and makes it the next version.
    pub(super) async fn finish(
        &mut self,
        session: &Session<'_>,
        account: &Account,
        order: &Order,
    ) -> Result<Halt, Failure> {
        let url = order.certificate.as_ref().ok_or_else(|| {
            Failure::passing(
                "no_certificate",
                "The authority issued, but gives no certificate yet.",
            )
        })?;
        let preferred = account.request.preferred_chain.as_deref();
        let chain = preferred_chain(session, session.certificate(url).await?, preferred).await;
        let certificates = read(&chain)?;
        let leaf = &certificates[0];
        let key = self.order.private_key.clone().unwrap_or_default();
        let private_key = read_private_key(&Plaintext::text(key.as_str().to_owned()))
            .map_err(|problem| Failure::for_good("key", problem.message))?;
        if !private_key.matches(leaf) {
            return self.place_anew().await;
        }
        self.check_issued(leaf)?;
        let windows = account.client.directory().await?.renewal_info.is_some();
        self.order.certificate_id = leaf
            .authority_key_id()
            .filter(|_| windows)
            .map(|authority| certificate_id(&authority, leaf.serial_bytes()));
        self.order.ask_renewal = self.order.certificate_id.as_ref().map(|_| self.now());
        self.commit(&certificates, key.as_str()).await
    }

    /// Two secrets for the same names may have been given one order by the authority; the other was
    /// first to ask for its certificate.
    async fn place_anew(&mut self) -> Result<Halt, Failure> {
        if self.order.placed_anew {
            return Err(Failure::for_good(
                "wrong_key",
                "The authority issued a certificate for another key. It was not taken.",
            ));
        }
        self.order.placed_anew = true;
        self.order.url = None;
        self.order.expires = None;
        self.order.authorizations.clear();
        self.save().await?;
        Ok(Halt::Again)
    }

    /// What was issued is what was ordered, and of use.
    fn check_issued(&self, leaf: &Certificate) -> Result<(), Failure> {
        let (names, _) = leaf.shown_alt_names();
        let has = |wanted: &String| {
            names
                .iter()
                .any(|name| name.value.eq_ignore_ascii_case(wanted))
        };
        if let Some(missing) = self.order.names.iter().find(|name| !has(name)) {
            return Err(Failure::for_good(
                "wrong_names",
                format!("The authority issued a certificate without {missing}. It was not taken."),
            ));
        }
        if leaf.validity().1 * 1000 <= self.now() {
            return Err(Failure::passing(
                "expired",
                "The authority issued a certificate that has ended already, or the clock of this \
                 computer is wrong. It was not taken.",
            ));
        }
        Ok(())
    }

    async fn commit(&mut self, certificates: &[Certificate], key: &str) -> Result<Halt, Failure> {
        let (fields, entry) = noted(&certificates[0], true);
        let chain: String = certificates[1..].iter().map(Certificate::to_pem).collect();
        let leaf = certificates[0].to_pem();
        let value = Value {
            certificate: &leaf,
            intermediate: Some(chain.as_str()).filter(|chain| !chain.is_empty()),
            private_key: key,
        };
        let value = value.encode();
        let mut order = self.order.clone();
        order.outcome = 1;
        order.private_key = None;
        order.trouble = None;
        order.next_try = None;
        order.error_code = None;
        order.error_message = None;
        order.claim = None;
        let by = if order.by.is_empty() {
            None
        } else {
            Some(order.by.clone())
        };
        loop {
            let mut found = match secrets::find(self.vault, &Caller::schedule(), self.id) {
                Err(problem) if problem.code == Code::NotFound => return Ok(Halt::Done),
                found => found.map_err(Failure::of_vault)?,
            };
            if found.record.state(self.vault.now()) == State::Destroyed {
                return Err(Failure::for_good(
                    "destroyed",
                    "The secret was destroyed before the certificate came.",
                ));
            }
            due::check_previous_unlocked(&found.record)
                .map_err(|problem| Failure::passing("locked", locked(&problem)))?;
            let now = self.vault.now();
            put_issuance(&mut found.record, &order);
            let kept = Kept::of(&found.record).with(fields.clone());
            let by = by
                .clone()
                .unwrap_or_else(|| found.record.created_by.clone());
            let caller = Caller {
                id: by,
                ..Caller::schedule()
            };
            let rotated = Rotated {
                value: Plaintext::stored(value.bytes().to_vec(), false),
                detail: Some(kept.encode()),
                certificate: Some(entry.clone()),
                also: Also::default(),
            };
            let version = VersionRecord {
                auto_rotated: order.auto,
                custom_metadata: order.version_custom_metadata.clone(),
                certificate: Some(entry.clone()),
                ..VersionRecord::make(&caller, &rotated.value, now)
            };
            let (mut write, _) =
                rotation_write(self.vault, &caller, found, &version, None, &rotated)
                    .map_err(Failure::of_vault)?;
            order.put(self.vault.keys(), self.id, Some(self.revision), &mut write);
            match self.vault.write(write).await {
                Ok(_) => return Ok(Halt::Again),
                Err(WriteError::Conflict) if self.is_moved()? => return Ok(Halt::Again),
                Err(WriteError::Conflict) => {
                    self.vault.reload_settings().map_err(Failure::of_vault)?;
                }
                Err(WriteError::Failed(problem)) => return Err(Failure::of_vault(problem)),
            }
        }
    }

    /// Keeps the order as it is now, and what its secret tells of it.
    pub(super) async fn save(&mut self) -> Result<(), Failure> {
        self.save_with(None).await
    }

    pub(super) async fn save_with(
        &mut self,
        window: Option<(Timestamp, Timestamp)>,
    ) -> Result<(), Failure> {
        loop {
            let found = secrets::find(self.vault, &Caller::schedule(), self.id)
                .map_err(Failure::of_vault)?;
            let now = self.vault.now();
            let mut record = found.record;
            let mut changed = put_issuance(&mut record, &self.order);
            // once: what is saved of it later must not put the next try off
            if changed && self.order.outcome() == Outcome::Failed {
                settle(&mut record, &self.order, now);
            }
            if let (Some(window), Some(validity)) = (window, Kept::of(&record).validity()) {
                changed |= renewal::renew_within(&mut record, window, validity, self.id);
            }
            let caller = Caller::schedule();
            let mut write = Write::new(Entry::of_schedule("order.go-on", &caller, self.id, now));
            self.order
                .put(self.vault.keys(), self.id, Some(self.revision), &mut write);
            if changed {
                let at = (self.id, found.revision);
                put_secret(self.vault, at, record, &caller.id, &mut write);
            }
            match self.vault.write(write).await {
                Ok(revision) => {
                    self.revision = revision;
                    return Ok(());
                }
                Err(WriteError::Conflict) if self.is_moved()? => return Err(moved()),
                Err(WriteError::Conflict) => {}
                Err(WriteError::Failed(problem)) => return Err(Failure::of_vault(problem)),
            }
        }
    }

    /// Whether somebody changed the order since it was read.
    fn is_moved(&self) -> Result<bool, Failure> {
        let read = OrderRecord::read(self.vault, self.id).map_err(Failure::of_vault)?;
        Ok(read.is_none_or(|(_, revision)| revision != self.revision))
    }
}

/// Somebody changed the order: whoever works on it looks again.
pub(super) const MOVED: &str = "moved";

fn moved() -> Failure {
    Failure {
        code: MOVED.to_owned(),
        message: String::new(),
        then: super::failure::Then::Stop,
    }
}

fn locked(problem: &keyturn_api::Problem) -> String {
    format!("The certificate was issued, but: {}", problem.message)
}

/// The chain whose topmost issuer has the preferred name, if the authority offers it.
async fn preferred_chain(session: &Session<'_>, first: Chain, preferred: Option<&str>) -> Chain {
    let Some(name) = preferred else {
        return first;
    };
    if is_issued_by(&first, name) {
        return first;
    }
    for url in first.alternates.iter().take(10) {
        if let Ok(chain) = session.certificate(url).await
            && is_issued_by(&chain, name)
        {
            return chain;
        }
    }
    first
}

fn is_issued_by(chain: &Chain, name: &str) -> bool {
    let topmost = chain.certificates.last();
    let read = topmost.and_then(|der| Certificate::from_der(Part::Intermediate, der).ok());
    read.is_some_and(|top| top.issuer().common_name.as_deref() == Some(name))
}

fn read(chain: &Chain) -> Result<Vec<Certificate>, Failure> {
    let read: Result<Vec<_>, _> = chain
        .certificates
        .iter()
        .map(|der| Certificate::from_der(Part::Certificate, der))
        .collect();
    let read = read.map_err(|refusal| Failure::for_good("unreadable", refusal.message))?;
    if read.is_empty() {
        return Err(Failure::for_good(
            "unreadable",
            "The authority sent no certificate.",
        ));
    }
    Ok(read)
}
