//! Authorities that are ready to sign, kept while the vault is open: to read certificate and key each
//! time would take longer than the signature. They are wiped when it is locked.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use keyturn_api::{Problem, Result};
use keyturn_pki::{Part, issue};

use crate::{
    opened::Opened,
    records::{Generation, open_authority_key},
    rotation::certificate::{problem, read_certificates, read_private_key},
};

/// More than all authorities of an instance with a key of each from before.
const KEPT: usize = 64;

/// What signed before, by the id of its key.
#[derive(Default)]
pub(crate) struct Signers(Mutex<HashMap<[u8; 16], Ready>>);

struct Ready {
    /// What it was read from: its certificate and those above, PEM.
    made_of: Vec<String>,
    authority: Arc<issue::Authority>,
}

impl Signers {
    /// The authority with this key and these certificates, its own first.
    pub(super) fn get(
        &self,
        vault: &Opened,
        generation: Generation<'_>,
        chain: Vec<String>,
    ) -> Result<Arc<issue::Authority>> {
        let own = generation
            .certificate
            .ok_or_else(|| Problem::not_found("certificate of the authority"))?;
        let mut made_of = chain;
        made_of.insert(0, own.to_owned());
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ready) = kept.get(&generation.key_id)
            && ready.made_of == made_of
        {
            return Ok(Arc::clone(&ready.authority));
        }
        let mut certificates = Vec::with_capacity(made_of.len());
        for text in &made_of {
            certificates.extend(read_certificates(Part::Certificate, text)?);
        }
        let own = certificates.remove(0);
        let key = read_private_key(&open_authority_key(vault, generation.key_id)?)?;
        let authority = issue::Authority::new(own, &key).map_err(problem)?;
        let authority = Arc::new(authority.with_chain(certificates));
        if kept.len() >= KEPT {
            kept.clear();
        }
        let ready = Ready {
            made_of,
            authority: Arc::clone(&authority),
        };
        kept.insert(generation.key_id, ready);
        Ok(authority)
    }
}
