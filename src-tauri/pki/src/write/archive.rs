//! One file a part, in a ZIP archive.

use std::io::{Cursor, Write};

use zeroize::Zeroizing;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use super::{Bundle, room};
use crate::{Certificate, Part, PrivateKey, Refusal, Result};

/// What ZIP adds to a file: two headers with its name, and the end of the archive.
const OVERHEAD: usize = 1024;

impl Bundle<'_> {
    /// `certificate.pem`, `intermediate.pem` and `private_key.pem`, as far as they are there. Only
    /// the owner may read them once they are unpacked. The entries have no time: the same parts make
    /// the same archive.
    pub fn pem_parts_zip(&self) -> Result<Zeroizing<Vec<u8>>> {
        let text = |pem: String| Zeroizing::new(pem);
        let mut parts = vec![("certificate.pem", text(self.certificate.to_pem()))];
        if !self.intermediates.is_empty() {
            let pem = self.intermediates.iter().map(Certificate::to_pem).collect();
            parts.push(("intermediate.pem", text(pem)));
        }
        parts.extend(
            self.private_key
                .map(|key| ("private_key.pem", PrivateKey::to_pem(key))),
        );
        let size = parts.iter().map(|(_, text)| text.len() + OVERHEAD).sum();
        let made = zip(&parts, std::mem::take(&mut *room(size)));
        made.map_err(|_| Refusal::new(Part::File, "The archive could not be made."))
    }
}

fn zip(
    parts: &[(&str, Zeroizing<String>)],
    buffer: Vec<u8>,
) -> zip::result::ZipResult<Zeroizing<Vec<u8>>> {
    let mut zip = ZipWriter::new(Cursor::new(buffer));
    // Compression would keep text of the key in buffers that nobody wipes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600);
    for (name, text) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(Zeroizing::new(zip.finish()?.into_inner()))
}
