//! Writes a small file as a whole: after a crash either the old or the new one is there. Only its
//! owner may read it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;

/// Writes `bytes` to `place`, and has them on the disk before it returns.
pub(crate) fn write(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = place.parent().unwrap_or_else(|| Path::new("."));
    let fresh = beside(folder)?;
    let written = write_new(&fresh, bytes).and_then(|()| fs::rename(&fresh, place));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    written?;
    File::open(folder)?.sync_all()
}

/// A name nobody else uses, in the same folder so that it can be renamed.
fn beside(folder: &Path) -> io::Result<PathBuf> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|_| io::Error::other("no random numbers"))?;
    Ok(folder.join(format!(".keyturn-{}", HEXLOWER.encode(&random))))
}

fn write_new(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(place)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_file_is_replaced_as_a_whole_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.json");
        fs::write(&place, "old").unwrap();
        write(&place, b"new").unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"new");
        assert_eq!(
            fs::metadata(&place).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn nothing_is_left_behind_when_it_fails() {
        let folder = tempfile::tempdir().unwrap();
        let occupied = folder.path().join("folder");
        fs::create_dir_all(occupied.join("inside")).unwrap();
        assert!(write(&occupied, b"x").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
