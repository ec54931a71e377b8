//! An unlocked vault, until it is closed.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use keyturn_api::{Action, Caller, Changed, Code, NewSecret, Problem, Result, Timestamp};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    Clock, DnsLookup, EndedOrder, RecoveryCode, ScheduleRun, UnlockMethod, VaultEntry,
    VaultSettings, acme,
    audit::{AuditEntry, Entry},
    opened::{File, Opened, Write, WriteError},
    problem,
    records::SettingRecord,
    schedule,
    seal::{self, Header, KdfParams, KeyringStore, Keys, Sensitive, SlotKind},
    secrets, settings,
    unlock::{PendingCode, check_passphrase},
    wait,
};

/// A vault that is unlocked. After [`Self::close`] every call answers that it is locked.
pub struct Vault {
    entry: VaultEntry,
    clock: Arc<dyn Clock>,
    keyring: Arc<dyn KeyringStore>,
    opened: RwLock<Option<Arc<Opened>>>,
    pending: Mutex<Option<PendingCode>>,
    changed: watch::Receiver<u64>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("id", &self.entry.id)
            .finish_non_exhaustive()
    }
}

impl Vault {
    pub(crate) fn open(
        entry: VaultEntry,
        keys: Keys,
        file: File,
        clock: Arc<dyn Clock>,
        keyring: Arc<dyn KeyringStore>,
        pending: Option<PendingCode>,
    ) -> Result<Arc<Self>> {
        let opened = Opened::load(entry.id, keys, file, Arc::clone(&clock))?;
        let changed = opened.changed();
        Ok(Arc::new(Self {
            entry,
            clock,
            keyring,
            opened: RwLock::new(Some(opened)),
            pending: Mutex::new(pending),
            changed,
        }))
    }

    /// The vault's id, which is also its instance id.
    pub fn id(&self) -> Uuid {
        self.entry.id
    }

    /// Now, by the vault's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Wipes the keys and forgets the index. What is under way ends first or is refused.
    pub fn close(&self) {
        let opened = self
            .opened
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        self.pending
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(opened) = opened {
            opened.close();
        }
    }

    /// Secrets in the vault; 0 once it is closed.
    pub fn secrets_total(&self) -> usize {
        self.opened().map_or(0, |opened| opened.index().len())
    }

    /// Secrets that are in the vault but cannot be read: damaged, or of a newer Keyturn.
    pub fn unreadable_total(&self) -> usize {
        self.opened().map_or(0, |opened| opened.unreadable())
    }

    /// Whether there is an unlock method besides the keyring that the person is known to have.
    pub fn recovery_confirmed(&self) -> bool {
        self.opened()
            .is_ok_and(|opened| opened.header().outlives_keyring())
    }

    /// The ways to unlock the vault.
    pub fn methods(&self) -> Vec<UnlockMethod> {
        let slots = self.opened().map(|opened| opened.header().slots);
        slots
            .unwrap_or_default()
            .iter()
            .map(UnlockMethod::from)
            .collect()
    }

    /// Lets the OS keyring unlock the vault, too. An older entry of it is replaced.
    pub fn add_keyring(&self) -> Result<()> {
        let opened = self.opened()?;
        let vmk = opened.keys().vmk();
        let slot = seal::make_keyring_slot(vmk, self.id(), &*self.keyring, self.seconds())
            .map_err(problem::keyring)?;
        let added = slot.id;
        let old = opened.header().slots;
        let change = self.still(&opened).and_then(|()| {
            self.change_slots(&opened, "vault.unlock-method.add", |header| {
                header.slots.retain(|other| other.kind != SlotKind::Keyring);
                header.slots.push(slot.clone());
                Ok(())
            })
        });
        let forget: Vec<Uuid> = if change.is_ok() {
            old.iter()
                .filter(|slot| slot.kind == SlotKind::Keyring)
                .map(|slot| slot.id)
                .collect()
        } else {
            vec![added]
        };
        for slot in forget {
            let _ = seal::forget_keyring_slot(&*self.keyring, self.id(), slot);
        }
        change
    }

    /// Sets the passphrase, or another one. Takes a second or two; call it on a thread that may
    /// wait.
    pub fn set_passphrase(&self, passphrase: &Sensitive) -> Result<()> {
        self.set_passphrase_with(passphrase, KdfParams::calibrated())
    }

    /// [`Self::set_passphrase`] with what Argon2id is to spend.
    pub fn set_passphrase_with(&self, passphrase: &Sensitive, params: KdfParams) -> Result<()> {
        check_passphrase(passphrase)?;
        let opened = self.opened()?;
        let vmk = opened.keys().vmk();
        let slot = seal::make_passphrase_slot(vmk, self.id(), passphrase, params, self.seconds())
            .map_err(problem::kdf)?;
        self.still(&opened)?;
        self.change_slots(&opened, "vault.passphrase.set", |header| {
            header
                .slots
                .retain(|other| !matches!(other.kind, SlotKind::Passphrase(_)));
            header.slots.push(slot.clone());
            Ok(())
        })
    }

    /// Removes an unlock method. Refused if no method besides the keyring would be left.
    pub fn remove_method(&self, slot: Uuid) -> Result<()> {
        let opened = self.opened()?;
        let removed = opened
            .header()
            .slots
            .into_iter()
            .find(|other| other.id == slot);
        self.change_slots(&opened, "vault.unlock-method.remove", |header| {
            let before = header.slots.len();
            header.slots.retain(|other| other.id != slot);
            if header.slots.len() == before {
                return Err(Problem::not_found("unlock method"));
            }
            if !header.outlives_keyring() {
                return Err(Problem::new(
                    Code::RecoveryRequired,
                    "This is the last unlock method besides the keyring. A keyring that is reset \
                     would then lose the vault.",
                )
                .remedy("Set a passphrase or a recovery code first."));
            }
            Ok(())
        })?;
        if removed.is_some_and(|slot| slot.kind == SlotKind::Keyring) {
            let _ = seal::forget_keyring_slot(&*self.keyring, self.id(), slot);
        }
        Ok(())
    }

    /// A new recovery code, to be shown once. The old one is valid until this one is confirmed.
    pub fn new_recovery_code(&self) -> Result<RecoveryCode> {
        let opened = self.opened()?;
        let (slot, code) = seal::make_recovery_slot(opened.keys().vmk(), self.id(), self.seconds());
        let pending = PendingCode::new(slot.id, &code);
        self.change_slots(&opened, "vault.recovery-code.make", |header| {
            let unconfirmed =
                |other: &seal::Slot| other.kind == SlotKind::RecoveryCode && !other.confirmed;
            header.slots.retain(|other| !unconfirmed(other));
            header.slots.push(slot.clone());
            Ok(())
        })?;
        let shown = pending.shown();
        *self.pending.lock().unwrap_or_else(PoisonError::into_inner) = Some(pending);
        Ok(shown)
    }

    /// The person typed two groups of the new recovery code: it is in force, and older ones are
    /// not.
    pub fn confirm_recovery_code(&self, answers: &[(usize, String)]) -> Result<()> {
        let opened = self.opened()?;
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(code) = pending.as_ref() else {
            return Err(
                Problem::new(Code::WrongState, "No recovery code waits to be confirmed.")
                    .remedy("Make a new recovery code."),
            );
        };
        code.check(answers)?;
        let slot = code.slot;
        self.change_slots(&opened, "vault.recovery-code.confirm", |header| {
            header
                .slots
                .retain(|other| other.kind != SlotKind::RecoveryCode || other.id == slot);
            let confirmed = header.slots.iter_mut().find(|other| other.id == slot);
            confirmed
                .ok_or_else(|| Problem::not_found("recovery code"))?
                .confirmed = true;
            Ok(())
        })?;
        *pending = None;
        Ok(())
    }

    /// Settings of the vault; the defaults once it is closed.
    pub fn settings(&self) -> VaultSettings {
        self.opened()
            .map(|opened| opened.settings())
            .unwrap_or_default()
    }

    /// Changes the settings. Values beyond a lower number of versions go at the next rotation of
    /// each secret.
    pub fn set_settings(&self, caller: &Caller, settings: VaultSettings) -> Result<()> {
        self.change_settings(caller, |known| *known = settings)
    }

    /// The same for some of them: what somebody else changed about the others stays.
    pub fn change_settings(
        &self,
        caller: &Caller,
        change: impl Fn(&mut VaultSettings),
    ) -> Result<()> {
        caller.may(Action::InstanceSettings)?;
        let opened = self.opened()?;
        loop {
            let (mut settings, revision) = VaultSettings::load_with_revision(&opened)?;
            change(&mut settings);
            settings.check()?;
            let record = SettingRecord {
                name: VaultSettings::NAME.to_owned(),
                value: serde_json::to_string(&settings).unwrap_or_default(),
            };
            let entry = Entry::new(Action::InstanceSettings, caller, self.id(), self.now());
            let mut write = Write::new(entry);
            write.expect(SettingRecord::key(VaultSettings::NAME), revision);
            write.put(
                SettingRecord::key(VaultSettings::NAME),
                record.seal(opened.keys()),
            );
            match wait(opened.write(write)) {
                Ok(_) => return opened.reload_settings(),
                Err(WriteError::Conflict) => {}
                Err(WriteError::Failed(problem)) => return Err(problem),
            }
        }
    }

    /// Does what policies and dates ask for now. Whoever keeps the vault open calls it again: at
    /// [`ScheduleRun::next`](crate::ScheduleRun::next), and after any change.
    pub async fn run_schedule(&self) -> Result<ScheduleRun> {
        let opened = self.opened()?;
        schedule::run(&opened).await
    }

    /// Goes on with the orders of public certificates until each halts; when the first of them has
    /// work again. Whoever keeps the vault open calls it again, then and after any change. Needs a
    /// runtime of tokio.
    pub async fn run_orders(
        &self,
        on_end: impl Fn(EndedOrder) + Send + Sync,
    ) -> Result<Option<Timestamp>> {
        let opened = self.opened()?;
        acme::run(&opened, on_end).await
    }

    /// How records of orders are looked up.
    pub fn dns_lookup(&self) -> Result<DnsLookup> {
        DnsLookup::load(&*self.opened()?)
    }

    /// Changes how they are.
    pub fn set_dns_lookup(&self, caller: &Caller, lookup: &DnsLookup) -> Result<()> {
        lookup.save(&*self.opened()?, caller)
    }

    /// Tells whoever follows changes that lists may read otherwise by now, because time passed.
    pub fn announce(&self) {
        if let Ok(opened) = self.opened() {
            opened.announce();
        }
    }

    /// What was done, in its order: the records of the audit log after one, as many as there are up to
    /// `most`.
    pub fn audit(&self, caller: &Caller, after: u64, most: usize) -> Result<Vec<AuditEntry>> {
        caller.may(Action::InstanceSettings)?;
        self.opened()?.audit(after, most)
    }

    /// Follows the chain of audit records from the first to the last and gives their number.
    pub fn verify_audit(&self) -> Result<u64> {
        self.opened()?.verify_audit()
    }

    /// What the window remembers under a name, sealed in the vault.
    pub fn view_state(&self, name: &str) -> Result<Option<String>> {
        settings::read(&*self.opened()?, &format!("view/{name}"))
    }

    /// Remembers something for the window.
    pub fn set_view_state(&self, name: &str, json: &str) -> Result<()> {
        let opened = self.opened()?;
        let name = format!("view/{name}");
        if settings::read(&opened, &name)?.as_deref() == Some(json) {
            return Ok(());
        }
        let entry = Entry::of_vault("view-state.update", self.id(), self.now());
        put_setting(&opened, &name, json.to_owned(), entry)
    }

    /// Fills the vault with many secrets at once, a thousand a commit: for benchmarks and tests of
    /// scale.
    pub fn seed(&self, caller: &Caller, secrets: impl Iterator<Item = NewSecret>) -> Result<()> {
        wait(secrets::seed(&*self.opened()?, caller, secrets))
    }

    pub(crate) fn opened(&self) -> Result<Arc<Opened>> {
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        opened.as_ref().map(Arc::clone).ok_or_else(problem::locked)
    }

    /// Refuses to go on with what took long if the vault was closed meanwhile.
    fn still(&self, opened: &Arc<Opened>) -> Result<()> {
        if Arc::ptr_eq(opened, &self.opened()?) {
            Ok(())
        } else {
            Err(problem::locked())
        }
    }

    pub(crate) fn changed_receiver(&self) -> Changed {
        self.changed.clone()
    }

    fn change_slots(
        &self,
        opened: &Opened,
        verb: &'static str,
        change: impl FnMut(&mut Header) -> Result<()>,
    ) -> Result<()> {
        opened.change_header(&Entry::of_vault(verb, self.id(), self.now()), change)
    }

    fn seconds(&self) -> i64 {
        self.now().millis() / 1000
    }
}

fn put_setting(opened: &Opened, name: &str, value: String, entry: Entry) -> Result<()> {
    let record = SettingRecord {
        name: name.to_owned(),
        value,
    };
    let mut write = Write::new(entry);
    write.put(SettingRecord::key(name), record.seal(opened.keys()));
    wait(opened.write(write))
        .map(|_| ())
        .map_err(WriteError::into_problem)
}
