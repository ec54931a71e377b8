//! Values from files and standard input.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use keyturn_api::{Code, Problem, Result, Target};
use zeroize::Zeroizing;

use crate::options::Globals;

/// Largest value or body. The largest secret has a megabyte.
const BYTES: u64 = 8 * 1024 * 1024;
/// Room for input that does not tell its size.
const FIRST_BYTES: usize = 64 * 1024;

/// Where values come from. Standard input can be read once.
pub(crate) struct Inputs {
    stdin_is_taken: Cell<bool>,
}

impl Inputs {
    /// Knows which of the common options take standard input.
    pub(crate) fn new(globals: &Globals) -> Self {
        let files = [
            &globals.apikey_file,
            &globals.passphrase_file,
            &globals.recovery_code_file,
        ];
        let taken = files
            .into_iter()
            .flatten()
            .any(|file| file.as_os_str() == "-");
        Self {
            stdin_is_taken: Cell::new(taken),
        }
    }

    /// A value as it was given: `@FILE`, `-`, or itself. `@@` stands for an `@`.
    pub(crate) fn value(&self, option: &str, given: &str) -> Result<Zeroizing<Vec<u8>>> {
        if given == "-" {
            if self.stdin_is_taken.replace(true) {
                return Err(Problem::new(
                    Code::BadRequest,
                    "Standard input can be given to one option only.",
                )
                .at(Target::parameter(option)));
            }
            return read_stdin().map_err(|problem| problem.at(Target::parameter(option)));
        }
        match given.strip_prefix('@') {
            Some(literal) if literal.starts_with('@') => Ok(literal.as_bytes().to_vec().into()),
            Some(path) => {
                read_file(Path::new(path)).map_err(|problem| problem.at(Target::parameter(option)))
            }
            None => Ok(given.as_bytes().to_vec().into()),
        }
    }
}

/// One line of a file, or of standard input for `-`: a passphrase, a key, a code.
pub(crate) fn line(path: &Path) -> Result<Zeroizing<String>> {
    let bytes = if path.as_os_str() == "-" {
        read_stdin()?
    } else {
        read_file(path)?
    };
    text(without_line_end(bytes))
}

/// Leaves out the line end that editors and `echo` put at the end.
pub(crate) fn without_line_end(mut bytes: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    }
    bytes
}

/// Text, if the bytes are UTF-8.
pub(crate) fn text(mut bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<String>> {
    String::from_utf8(std::mem::take(&mut *bytes))
        .map(Zeroizing::new)
        .map_err(|error| {
            drop(Zeroizing::new(error.into_bytes()));
            Problem::new(Code::File, "The input is not text.")
                .remedy("Values travel as text. Encode binary data with base64 first.")
        })
}

/// The content of a file.
pub(crate) fn read_file(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    let told = |error: &io::Error| io("The file could not be read", error);
    let file = File::open(path).map_err(|error| told(&error))?;
    let size = file.metadata().map_or(0, |about| about.len());
    read(file, usize::try_from(size).unwrap_or(usize::MAX)).map_err(|error| told(&error))
}

fn read_stdin() -> Result<Zeroizing<Vec<u8>>> {
    read(io::stdin().lock(), FIRST_BYTES)
        .map_err(|error| io("Standard input could not be read", &error))
}

/// Reads to the end without leaving copies behind.
fn read(mut from: impl Read, room: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let largest = usize::try_from(BYTES).unwrap_or(usize::MAX);
    // one more than is expected, to see the end without growing
    let mut bytes = Zeroizing::new(vec![0; room.saturating_add(1).clamp(1, largest + 1)]);
    let mut filled = 0;
    loop {
        if filled == bytes.len() {
            if filled > largest {
                return Err(io::Error::from(io::ErrorKind::FileTooLarge));
            }
            let mut wider = Zeroizing::new(vec![0; (2 * filled).min(largest + 1)]);
            wider[..filled].copy_from_slice(&bytes);
            bytes = wider;
        }
        match from.read(&mut bytes[filled..]) {
            Ok(0) => {
                bytes.truncate(filled);
                return Ok(bytes);
            }
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A failure of the system, with what the system says about it.
pub(crate) fn io(what: &str, error: &io::Error) -> Problem {
    let (code, reason) = match error.kind() {
        io::ErrorKind::NotFound => (Code::File, "it is not there"),
        io::ErrorKind::PermissionDenied => (Code::File, "it may not be read"),
        io::ErrorKind::FileTooLarge => (Code::File, "it is larger than 8 MiB"),
        io::ErrorKind::IsADirectory => (Code::File, "it is a folder"),
        io::ErrorKind::AddrInUse => (Code::Io, "somebody else uses it"),
        io::ErrorKind::AddrNotAvailable => (Code::Io, "this computer does not have it"),
        io::ErrorKind::AlreadyExists => (Code::File, "it is there already"),
        _ => (Code::Io, "the system refused"),
    };
    Problem::new(code, format!("{what}: {reason}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_from_files_and_from_the_command_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("value");
        std::fs::write(&file, "from a file\n").unwrap();
        let inputs = Inputs::new(&Globals::default());
        let value = |given: &str| inputs.value("x", given).map(|bytes| bytes.to_vec());
        assert_eq!(value("itself").unwrap(), b"itself");
        assert_eq!(value("@@home").unwrap(), b"@home");
        assert_eq!(
            value(&format!("@{}", file.display())).unwrap(),
            b"from a file\n"
        );
        let missing = value("@/nowhere/at/all").unwrap_err();
        assert_eq!(missing.code, Code::File);
        assert!(!missing.message.contains("nowhere"));
        assert_eq!(line(&file).unwrap().as_str(), "from a file");
    }

    #[test]
    fn standard_input_is_given_once() {
        let mut globals = Globals::default();
        globals.passphrase_file = Some("-".into());
        assert!(Inputs::new(&globals).value("x", "-").is_err());
    }

    #[test]
    fn input_is_read_whole_up_to_its_limit() {
        for size in [0, 1, 5, 1000] {
            for room in [0, 1, 5, 2000] {
                let bytes = vec![7; size];
                assert_eq!(*read(&bytes[..], room).unwrap(), bytes);
            }
        }
        let largest = usize::try_from(BYTES).unwrap();
        assert_eq!(read(&vec![7; largest][..], 9).unwrap().len(), largest);
        assert!(read(&vec![7; largest + 1][..], 9).is_err());
    }

    #[test]
    fn one_line_end_is_left_out() {
        for (given, kept) in [
            ("a\n", "a"),
            ("a\r\n", "a"),
            ("a\n\n", "a\n"),
            ("a", "a"),
            ("\n", ""),
        ] {
            let kept_bytes = without_line_end(given.as_bytes().to_vec().into());
            assert_eq!(*kept_bytes, kept.as_bytes());
        }
        assert!(text(vec![0xff].into()).is_err());
    }
}
