//! Saves the values of several secrets into one ZIP archive the person chooses.

use std::collections::HashSet;
use std::io::{self, Seek, SeekFrom, Write};
use std::sync::Arc;

use keyturn_api::{Caller, Code, Instance, Problem, Result, VersionRef};
use serde::Serialize;
use specta::Type;
use tauri::WebviewWindow;
use zeroize::Zeroizing;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{dialog, file_problem, refused, shown_name};
use crate::desk::Desk;
use crate::{value, whole_file};

/// Most bytes of values in one archive, which is made in memory.
const MOST_BYTES: usize = 256 << 20;

/// Values that were saved.
#[derive(Serialize, Type)]
pub(crate) struct ArchiveReceipt {
    /// Name of the archive, without its folder.
    name: String,
    /// Values in it.
    saved: u32,
    /// Names of secrets that are not in it, and why.
    left_out: Vec<LeftOut>,
}

/// A secret whose value is not in the archive.
#[derive(Serialize, Type)]
pub(crate) struct LeftOut {
    name: String,
    problem: Problem,
}

/// Asks where to save, and only then reads the current values; none if the person cancels.
pub(crate) async fn save_values(
    window: &WebviewWindow,
    desk: Arc<Desk>,
    ids: Vec<String>,
) -> Result<Option<ArchiveReceipt>> {
    desk.instance()?;
    let Some(path) = dialog::ask_save(window, "secrets.zip").await? else {
        return Ok(None);
    };
    // Once it is locked it answers nothing any more, and another one is not asked.
    let instance = desk.instance()?;
    let mut archive = Archive::new();
    for id in &ids {
        archive.add(&*instance, desk.owner(), id).await?;
    }
    let saved = tauri::async_runtime::spawn_blocking(move || {
        let name = shown_name(&path);
        let (bytes, saved, left_out) = archive.finish()?;
        whole_file::write(&path, bytes.bytes())
            .map_err(|error| file_problem(&format!("\"{name}\" was not saved"), &error))?;
        Ok(ArchiveReceipt {
            name,
            saved,
            left_out,
        })
    });
    saved
        .await
        .unwrap_or_else(|_| Err(refused("The archive was not saved.")))
        .map(Some)
}

/// An archive while it is filled.
struct Archive {
    zip: ZipWriter<Wiped>,
    names: HashSet<String>,
    bytes: usize,
    saved: u32,
    left_out: Vec<LeftOut>,
}

impl Archive {
    fn new() -> Self {
        Self {
            zip: ZipWriter::new(Wiped::default()),
            names: HashSet::new(),
            bytes: 0,
            saved: 0,
            left_out: Vec::new(),
        }
    }

    /// Reads the value of a secret, which is recorded, and adds it. One that cannot be read is left
    /// out and named.
    async fn add(&mut self, instance: &dyn Instance, owner: &Caller, id: &str) -> Result<()> {
        let shown = match instance.secret_metadata(owner, id).await {
            Ok(shown) => shown,
            Err(problem) => return self.leave_out(id, problem),
        };
        let read = instance.version(owner, id, &VersionRef::CURRENT).await;
        let value = match read.and_then(value::of) {
            Ok(value) => value,
            Err(problem) => return self.leave_out(&shown.metadata.name, problem),
        };
        self.bytes += value.bytes().len();
        if self.bytes > MOST_BYTES {
            return Err(refused("These values are too large for one archive.")
                .remedy("Nothing was saved. Select fewer secrets."));
        }
        let kind = shown
            .metadata
            .detail
            .secret_type()
            .file_extension(shown.binary);
        let name = self.free_name(&shown.metadata.name, kind);
        self.put(&name, value.bytes())
            .map_err(|_| refused("The archive could not be made. Nothing was saved."))?;
        self.saved += 1;
        Ok(())
    }

    /// Names what is missing; an instance that was closed meanwhile ends it all.
    fn leave_out(&mut self, name: &str, problem: Problem) -> Result<()> {
        if problem.code == Code::VaultLocked {
            return Err(problem);
        }
        self.left_out.push(LeftOut {
            name: name.to_owned(),
            problem,
        });
        Ok(())
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> zip::result::ZipResult<()> {
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored)
            .unix_permissions(0o600);
        self.zip.start_file(name, options)?;
        self.zip.write_all(bytes)?;
        Ok(())
    }

    /// Secrets of two types may have one name, and names that differ in case only are one to some
    /// file systems.
    fn free_name(&mut self, name: &str, kind: &str) -> String {
        let mut candidate = format!("{name}.{kind}");
        let mut number = 2;
        while !self.names.insert(candidate.to_lowercase()) {
            candidate = format!("{name}-{number}.{kind}");
            number += 1;
        }
        candidate
    }

    fn finish(self) -> Result<(Wiped, u32, Vec<LeftOut>)> {
        let bytes = self
            .zip
            .finish()
            .map_err(|_| refused("The archive could not be made. Nothing was saved."))?;
        Ok((bytes, self.saved, self.left_out))
    }
}

/// Bytes of an archive, wiped when they move to a larger place and at the end.
#[derive(Default)]
struct Wiped {
    bytes: Zeroizing<Vec<u8>>,
    at: usize,
}

impl Wiped {
    fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Makes room for so many bytes; what is left behind is wiped.
    fn reserve(&mut self, length: usize) {
        if length > self.bytes.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity(length.max(2 * self.bytes.len())));
            larger.extend_from_slice(&self.bytes);
            self.bytes = larger;
        }
    }
}

impl Write for Wiped {
    fn write(&mut self, new: &[u8]) -> io::Result<usize> {
        let end = self.at + new.len();
        self.reserve(end);
        if self.bytes.len() < end {
            self.bytes.resize(end, 0);
        }
        self.bytes[self.at..end].copy_from_slice(new);
        self.at = end;
        Ok(new.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Wiped {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => i64::try_from(at).ok(),
            SeekFrom::End(by) => add(self.bytes.len(), by),
            SeekFrom::Current(by) => add(self.at, by),
        };
        self.at = target
            .and_then(|at| usize::try_from(at).ok())
            .ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at as u64)
    }
}

fn add(length: usize, by: i64) -> Option<i64> {
    i64::try_from(length).ok()?.checked_add(by)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn no_two_files_have_one_name() {
        let mut archive = Archive::new();
        let names = ["app", "App", "app-2", "app"].map(|name| archive.free_name(name, "txt"));
        assert_eq!(names, ["app.txt", "App-2.txt", "app-2-2.txt", "app-3.txt"]);
    }

    #[test]
    fn files_hold_the_very_bytes_and_are_for_their_owner_alone() {
        let mut archive = Archive::new();
        archive.put("a.bin", b"\0\xffvalue").unwrap();
        let (bytes, ..) = archive.finish().unwrap();
        let mut read = zip::ZipArchive::new(Cursor::new(bytes.bytes().to_vec())).unwrap();
        let mut file = read.by_name("a.bin").unwrap();
        assert_eq!(file.unix_mode().map(|mode| mode & 0o777), Some(0o600));
        let mut found = Vec::new();
        io::copy(&mut file, &mut found).unwrap();
        assert_eq!(found, b"\0\xffvalue");
    }
}
