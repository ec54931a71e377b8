//! The file of a vault: made, opened, and its header read.

use std::{
    ops::ControlFlow,
    path::Path,
    sync::{
        Arc, Mutex, RwLock,
        atomic::{AtomicU64, AtomicUsize},
    },
};

use keyturn_api::{Code, Problem, Result};
use tokio::sync::watch;
use uuid::Uuid;

use super::{Memory, Opened};
use crate::{
    Clock,
    acme::{Clients, Workers},
    api_keys::KnownKeys,
    configurations::Signers,
    index::Index,
    journal::Journal,
    problem,
    seal::{Header, Keys, Vmk, header},
    store::{Committer, Head, SqliteStore, Store},
};

/// An open file, whose keys are known.
pub(crate) type File = Arc<SqliteStore>;

/// No manifest is kept yet; its place is in the file and under the MAC from the first day.
pub(crate) const NO_MANIFEST: [u8; 32] = [0; 32];

const DEK_PREFIX: &[u8] = b"d/";

fn dek_key(epoch: u32) -> Vec<u8> {
    [DEK_PREFIX, &epoch.to_be_bytes()].concat()
}

/// Makes the file of a new vault, with its first data key.
pub(crate) fn create_file(
    path: &Path,
    keys: &Keys,
    header: &Header,
    wrapped_dek: Vec<u8>,
) -> Result<File> {
    let body = header.encode().map_err(problem::header)?;
    let mac = header::mac(keys, &body, 0, &NO_MANIFEST);
    let head = Head {
        body,
        generation: 0,
        manifest: NO_MANIFEST,
        mac,
    };
    let rows = [(dek_key(header.epoch), wrapped_dek)];
    SqliteStore::create(path, &head, &rows)
        .map(Arc::new)
        .map_err(|error| problem::store(&error))
}

/// The header of a vault that is not unlocked. Nothing in it is believed yet.
pub(crate) fn read_header(path: &Path) -> Result<Header> {
    let head = SqliteStore::peek(path).map_err(|error| problem::store(&error))?;
    Header::decode(&head.body).map_err(problem::header)
}

/// The header of an open vault, if it is one that a holder of the keys wrote.
pub(super) fn verified_header(store: &SqliteStore, keys: &Keys) -> Result<(Head, Header)> {
    let head = store.head().map_err(|error| problem::store(&error))?;
    header::verify(keys, &head.body, head.generation, &head.manifest, &head.mac)
        .map_err(|_| changed("header"))?;
    let header = Header::decode(&head.body).map_err(problem::header)?;
    Ok((head, header))
}

fn changed(what: &str) -> Problem {
    Problem::new(
        Code::Damaged,
        format!("The vault's {what} was changed from outside."),
    )
    .remedy("Nothing was changed now. Restore the vault's file from a backup.")
}

/// Opens the file with its master key, and checks the header's MAC before anything is believed.
pub(crate) fn open_file(path: &Path, vmk: Vmk) -> Result<(Keys, File)> {
    // A header that this version must not write is refused before anything can be written.
    let header = read_header(path)?;
    let store = SqliteStore::open(path).map_err(|error| problem::store(&error))?;
    let mut deks: Vec<(u32, Vec<u8>)> = Vec::new();
    let read = store.range(DEK_PREFIX, &mut |key, _, value| {
        let epoch = key
            .strip_prefix(DEK_PREFIX)
            .and_then(|epoch| epoch.try_into().ok());
        if let Some(epoch) = epoch {
            deks.push((u32::from_be_bytes(epoch), value.to_vec()));
        }
        ControlFlow::Continue(())
    });
    read.map_err(|error| problem::store(&error))?;
    let wrapped = deks.iter().map(|(epoch, dek)| (*epoch, dek.as_slice()));
    let keys = Keys::from_vmk(vmk, &header, wrapped).map_err(|_| changed("data key"))?;
    verified_header(&store, &keys)?;
    Ok((keys, Arc::new(store)))
}

impl Opened {
    /// Reads what is kept in memory and begins to follow the store.
    pub(crate) fn load(
        id: Uuid,
        keys: Keys,
        store: File,
        clock: Arc<dyn Clock>,
    ) -> Result<Arc<Self>> {
        let keys = Arc::new(keys);
        let (head, header) = verified_header(&store, &keys)?;
        let journal =
            Journal::load(Arc::clone(&keys), &*store).map_err(|error| problem::store(&error))?;
        let committer =
            Committer::new(Arc::clone(&store), journal).map_err(|error| problem::store(&error))?;
        let memory = Memory {
            index: RwLock::new(Index::default()),
            applied: AtomicU64::new(head.generation),
            applying: Mutex::new(()),
            header: RwLock::new(header),
            api_keys: RwLock::new(KnownKeys::default()),
            changed: watch::Sender::new(head.generation),
            unreadable: AtomicUsize::new(0),
        };
        let opened = Self {
            id,
            keys,
            store,
            committer,
            memory: Arc::new(memory),
            settings: RwLock::default(),
            clock,
            watching: Mutex::new(None),
            unrecorded: Mutex::default(),
            late_reads: super::late_reads::LateReads::default(),
            signers: Signers::default(),
            acme: Clients::default(),
            workers: Workers::default(),
            iam: crate::iam::State::default(),
            closed: std::sync::atomic::AtomicBool::new(false),
        };
        // What others commit while the index is being read is applied right after.
        let index = opened.load_index()?;
        *opened
            .memory
            .index
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = index;
        opened.reload_settings()?;
        opened.reload_api_keys()?;
        let opened = Arc::new(opened);
        opened.watch();
        Ok(opened)
    }
}
