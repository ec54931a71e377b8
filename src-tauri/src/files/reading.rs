//! Reads a file the person gave, as it is at one moment, or says why not.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use keyturn_api::{Plaintext, Result, fields};
use rustix::fs::OFlags;
use zeroize::Zeroizing;

use super::{FilePurpose, file_problem, refused, shown_name};

/// A file that was opened and looked at, but not read yet.
pub(crate) struct OpenedFile {
    name: String,
    file: File,
    seen: Metadata,
}

/// A file that was read. Its bytes are wiped when it is dropped.
pub(crate) struct ReadFile {
    /// Name without the folder, as it may be shown.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) bytes: Zeroizing<Vec<u8>>,
}

/// Opens a regular file. A link leads to what it names: the person chose it in the dialog. Nothing
/// is opened that could make the program wait (a pipe) or that acts when it is opened (a device).
///
/// Nothing in Keyturn's own folder `data` is opened: closing a vault's file would drop the locks that
/// its store holds on it in this process.
pub(crate) fn open(path: &Path, data: &Path) -> Result<OpenedFile> {
    let name = shown_name(path);
    let real = (fs::canonicalize(path), fs::canonicalize(data));
    if matches!(&real, (Ok(path), Ok(data)) if path.starts_with(data)) {
        return Err(refused(format!(
            "\"{name}\" was not taken: it is one of Keyturn's own files."
        ))
        .remedy("Choose another file."));
    }
    let not_read = |error| file_problem(&format!("\"{name}\" was not read"), &error);
    check_kind(&name, &fs::metadata(path).map_err(not_read)?)?;
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(i32::from_ne_bytes(flags.bits().to_ne_bytes()))
        .open(path)
        .map_err(not_read)?;
    let seen = file.metadata().map_err(not_read)?;
    check_kind(&name, &seen)?;
    Ok(OpenedFile { name, file, seen })
}

impl OpenedFile {
    /// Reads it to its end, if it is no larger than its purpose allows and stays as it is meanwhile.
    pub(crate) fn read(mut self, purpose: FilePurpose) -> Result<ReadFile> {
        let name = self.name;
        let size = usize::try_from(self.seen.len()).unwrap_or(usize::MAX);
        if size == 0 {
            return Err(
                refused(format!("\"{name}\" was not taken: the file is empty."))
                    .remedy("Choose another file."),
            );
        }
        check_size(&name, size, purpose)?;
        let bytes = read_to_end(&mut self.file, size)
            .map_err(|error| file_problem(&format!("\"{name}\" was not read"), &error))?;
        let now = self.file.metadata().ok();
        if bytes.len() != size || !now.is_some_and(|now| is_same(&self.seen, &now)) {
            return Err(
                refused(format!("\"{name}\" changed or vanished while it was read."))
                    .remedy("Wait until nothing writes to it, and choose it again."),
            );
        }
        let read = ReadFile { name, bytes };
        read.check(purpose)?;
        Ok(read)
    }
}

impl ReadFile {
    /// Whether it is not UTF-8 text.
    pub(crate) fn is_binary(&self) -> bool {
        std::str::from_utf8(&self.bytes).is_err()
    }

    /// Bytes, as the page is told.
    pub(crate) fn size(&self) -> u32 {
        u32::try_from(self.bytes.len()).unwrap_or(u32::MAX)
    }

    /// A copy to be used as a value.
    pub(crate) fn plaintext(&self) -> Plaintext {
        Plaintext::file(self.bytes.to_vec())
    }

    /// The text of a file for metadata.
    pub(crate) fn text(&self) -> Result<String> {
        self.check(FilePurpose::Metadata)?;
        Ok(String::from_utf8_lossy(&self.bytes).into_owned())
    }

    /// Whether it is what the purpose takes.
    pub(crate) fn check(&self, purpose: FilePurpose) -> Result<()> {
        check_size(&self.name, self.bytes.len(), purpose)?;
        purpose.check(&self.plaintext()).map_err(|problem| {
            refused(format!(
                "\"{}\" was not taken. {}",
                self.name, problem.message
            ))
        })
    }
}

fn check_kind(name: &str, seen: &Metadata) -> Result<()> {
    let kind = seen.file_type();
    let what = if kind.is_file() {
        return Ok(());
    } else if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    };
    Err(refused(format!(
        "\"{name}\" was not taken: it is {what}, not a file."
    ))
    .remedy("Choose a file."))
}

/// Refuses what is too large before it is read. Text is measured exactly once it is read.
fn check_size(name: &str, size: usize, purpose: FilePurpose) -> Result<()> {
    let (most, rule) = purpose.limit();
    if size <= most {
        return Ok(());
    }
    Err(refused(format!(
        "\"{name}\" was not taken: it has {} bytes; {rule}.",
        fields::grouped(size)
    )))
}

/// At most one byte more than was promised: enough to see that it grew. The buffer never grows, so
/// no copy of the bytes stays behind in memory.
fn read_to_end(file: &mut File, size: usize) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(vec![0; size + 1]);
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

/// Whether nothing was written to a file, and it still has a name, between two looks at it.
fn is_same(before: &Metadata, after: &Metadata) -> bool {
    let state = |seen: &Metadata| (seen.len(), seen.mtime(), seen.mtime_nsec());
    state(before) == state(after) && after.nlink() > 0
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::unix::fs::symlink;
    use std::time::{Duration, Instant};

    use keyturn_api::{Code, Problem};

    use super::*;

    fn file(folder: &Path, bytes: &[u8]) -> std::path::PathBuf {
        let path = folder.join("given.bin");
        fs::write(&path, bytes).unwrap();
        path
    }

    /// What is wrong with a file, which must be named.
    fn refusal(path: &Path, purpose: FilePurpose) -> Problem {
        let problem = open(path, Path::new("/nowhere"))
            .and_then(|opened| opened.read(purpose))
            .err()
            .expect("it is refused");
        assert_eq!(problem.target.as_ref().unwrap().name, "file");
        assert!(
            problem.message.contains(&shown_name(path)),
            "{}",
            problem.message
        );
        assert!(!problem.message.contains('/'), "{}", problem.message);
        problem
    }

    #[test]
    fn a_file_is_read_as_it_is_also_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), &[0xff, 0, 1]);
        let link = folder.path().join("link");
        symlink(&path, &link).unwrap();
        let read = open(&link, Path::new("/nowhere"))
            .unwrap()
            .read(FilePurpose::Value)
            .unwrap();
        assert_eq!((read.name.as_str(), read.size()), ("link", 3));
        assert!(read.is_binary());
        assert_eq!(read.plaintext().bytes(), [0xff, 0, 1]);
    }

    #[test]
    fn the_files_of_a_vault_are_not_opened_by_any_name() {
        let data = tempfile::tempdir().unwrap();
        let path = file(data.path(), b"vault");
        let elsewhere = tempfile::tempdir().unwrap();
        let link = elsewhere.path().join("link");
        symlink(&path, &link).unwrap();
        for name in [&path, &link] {
            let problem = open(name, data.path()).err().expect("it is refused");
            assert!(problem.message.contains("own files"), "{}", problem.message);
        }
    }

    #[test]
    fn only_regular_files_are_opened_and_nothing_waits() {
        let folder = tempfile::tempdir().unwrap();
        assert!(
            refusal(folder.path(), FilePurpose::Value)
                .message
                .contains("folder")
        );
        assert!(
            refusal(Path::new("/dev/zero"), FilePurpose::Value)
                .message
                .contains("device")
        );

        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            0o600.into(),
            0,
        )
        .unwrap();
        let began = Instant::now();
        assert!(refusal(&pipe, FilePurpose::Value).message.contains("pipe"));
        assert!(began.elapsed() < Duration::from_secs(2));

        let dangling = folder.path().join("dangling");
        symlink(folder.path().join("nowhere"), &dangling).unwrap();
        assert!(
            refusal(&dangling, FilePurpose::Value)
                .message
                .contains("not there")
        );
    }

    #[test]
    fn empty_and_too_large_files_are_refused_with_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let of = |bytes: &[u8], purpose| refusal(&file(folder.path(), bytes), purpose).message;
        assert!(of(b"", FilePurpose::Value).contains("the file is empty"));
        assert!(of(&vec![0xff; 750_001], FilePurpose::Value).contains("750,000"));
        assert!(of(&vec![b'x'; 1_000_001], FilePurpose::Value).contains("1,000,000"));
        assert!(of(&vec![b'x'; 4_000_001], FilePurpose::Value).contains("4,000,001"));
        assert!(of(&vec![b' '; 81_921], FilePurpose::Metadata).contains("10,240"));
        assert!(of(&[0xff], FilePurpose::Metadata).contains("no text"));
        assert!(of(&vec![b' '; 4_096_001], FilePurpose::Data).contains("512,000"));
        assert!(of(b"{ \"a\" 1 }", FilePurpose::Data).contains("line 1, column 7"));

        let largest = file(folder.path(), &vec![0xff; 750_000]);
        assert!(
            open(&largest, Path::new("/nowhere"))
                .unwrap()
                .read(FilePurpose::Value)
                .is_ok()
        );
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_refused_and_the_next_one_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), b"value");
        let append = |path: &Path| {
            let mut writer = OpenOptions::new().append(true).open(path).unwrap();
            writer.write_all(b" grows").unwrap();
        };
        let shrink = |path: &Path| fs::write(path, "v").unwrap();
        let vanish = |path: &Path| fs::remove_file(path).unwrap();
        for change in [&append as &dyn Fn(&Path), &shrink, &vanish] {
            fs::write(&path, "value").unwrap();
            let opened = open(&path, Path::new("/nowhere")).unwrap();
            change(&path);
            let problem = opened
                .read(FilePurpose::Value)
                .err()
                .expect("it is refused");
            assert_eq!(problem.code, Code::File);
            assert!(
                problem.message.contains("while it was read"),
                "{}",
                problem.message
            );
        }
        assert!(
            refusal(&path, FilePurpose::Value)
                .message
                .contains("not there")
        );
        fs::write(&path, "value").unwrap();
        assert!(
            open(&path, Path::new("/nowhere"))
                .unwrap()
                .read(FilePurpose::Value)
                .is_ok()
        );
    }

    #[test]
    fn a_file_nobody_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), b"value");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
        if rustix::process::geteuid().is_root() {
            return; // root may read everything
        }
        assert!(
            refusal(&path, FilePurpose::Value)
                .message
                .contains("rights")
        );
    }
}
