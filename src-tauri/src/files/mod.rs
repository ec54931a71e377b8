//! Files the person gives: picked in the native dialog or dropped on the window, read and checked
//! at once, and kept here under a token until they are used. The page knows the token and the name,
//! never a path.

pub(crate) mod archive;
pub(crate) mod certificates;
pub(crate) mod dialog;
#[cfg(target_os = "linux")]
pub(crate) mod drops;
mod kept;
mod purpose;
pub(crate) mod reading;
pub(crate) mod save;

use std::io::{self, ErrorKind};
use std::path::Path;

use keyturn_api::{Code, Problem, Target, fields};
use serde::{Deserialize, Serialize};
use specta::Type;

pub(crate) use kept::KeptFiles;
pub(crate) use purpose::FilePurpose;

/// A file that was picked.
#[derive(Serialize, Type)]
pub(crate) struct PickedFile {
    /// Names the kept file; empty where nothing is kept.
    pub(crate) token: String,
    /// Name of the file, without its folder.
    pub(crate) name: String,
    /// Bytes.
    pub(crate) size: u32,
    /// Whether it is not UTF-8 text.
    pub(crate) binary: bool,
    /// The text of a file for metadata.
    pub(crate) text: Option<String>,
}

/// A value as the page sends it.
#[derive(Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum ValueInput {
    /// It was typed.
    Text {
        /// The value.
        text: String,
    },
    /// It is a file that was picked or dropped.
    File {
        /// Names the kept file.
        token: String,
    },
}

impl ValueInput {
    /// The kept file it names.
    pub(crate) fn token(&self) -> Option<String> {
        match self {
            Self::Text { .. } => None,
            Self::File { token } => Some(token.clone()),
        }
    }
}

/// The name of a file as it may be shown: characters nobody sees, or that turn text around, stand
/// out instead of deceiving.
pub(crate) fn shown_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy()
        .chars()
        .map(|character| {
            let seen = fields::check_visible("file", character.encode_utf8(&mut [0; 4])).is_ok();
            let breaks = matches!(character, '\n' | '\r' | '\t');
            if seen && !breaks {
                character
            } else {
                '\u{fffd}'
            }
        })
        .collect()
}

/// A refusal of a file.
pub(crate) fn refused(message: impl Into<String>) -> Problem {
    Problem::new(Code::File, message).at(Target::field("file"))
}

/// Why a file was not read or written, without its folder.
pub(crate) fn file_problem(what: &str, error: &io::Error) -> Problem {
    let (code, why, remedy) = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (
            Code::DiskFull,
            "no space is left",
            "Free some space and try again.",
        ),
        ErrorKind::ReadOnlyFilesystem => (
            Code::ReadOnly,
            "the disk is read-only",
            "Choose another folder.",
        ),
        ErrorKind::PermissionDenied => (
            Code::File,
            "its rights forbid it",
            "Change its rights, or choose another one.",
        ),
        ErrorKind::NotFound => (
            Code::File,
            "it is not there (any more)",
            "Choose it again, or another one.",
        ),
        _ => (
            Code::File,
            "the disk reports an error",
            "Try again, or choose another one.",
        ),
    };
    Problem::new(code, format!("{what}: {why}."))
        .at(Target::field("file"))
        .remedy(remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_show_what_would_deceive() {
        let name = |text: &str| shown_name(Path::new(text));
        assert_eq!(name("/a/b/key.pem"), "key.pem");
        assert_eq!(name("/a/klíč 1.pem"), "klíč 1.pem");
        assert_eq!(name("/a/exe.\u{202e}mep"), "exe.\u{fffd}mep");
        assert_eq!(name("/a/two\nlines"), "two\u{fffd}lines");
    }
}
