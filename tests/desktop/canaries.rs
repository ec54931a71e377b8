//! Canaries: texts and bytes made up for one run, and the search for them in every form in which a
//! program may leave them behind.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};
use memchr::memmem;
use uuid::Uuid;

use crate::harness::until;

/// Groups of a recovery code that are looked for together: a single one is found by chance.
const GROUPS: usize = 3;

/// What must be found nowhere.
#[derive(Default)]
pub(crate) struct Canaries(Vec<Canary>);

struct Canary {
    what: String,
    forms: Vec<Form>,
}

/// One form of a canary.
struct Form {
    name: &'static str,
    finder: memmem::Finder<'static>,
}

impl Canaries {
    /// A text that nothing else in the world contains.
    pub(crate) fn text(&mut self, what: &str) -> String {
        let text = Uuid::new_v4().simple().to_string()[..16].to_owned();
        self.add(what, text.as_bytes());
        text
    }

    /// Bytes that are no text.
    pub(crate) fn binary(&mut self, what: &str) -> Vec<u8> {
        let mut bytes = vec![0xff, 0x00, 0xfe];
        bytes.extend(Uuid::new_v4().as_bytes());
        self.add(what, &bytes);
        bytes
    }

    /// Something secret that the program made.
    pub(crate) fn add(&mut self, what: &str, bytes: &[u8]) {
        self.0.push(Canary {
            what: what.to_owned(),
            forms: forms(bytes),
        });
    }

    /// The recovery code as it was shown: any part of it, however it is written.
    pub(crate) fn add_recovery_code(&mut self, code: &str) {
        let groups: Vec<&str> = code.split('-').collect();
        for part in groups.windows(GROUPS) {
            for text in [part.join("-"), part.concat()] {
                self.add("recovery code", text.as_bytes());
                self.add("recovery code", text.to_lowercase().as_bytes());
            }
        }
    }

    /// What is found in these bytes, which come from `place`.
    pub(crate) fn in_bytes(&self, place: &str, bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        for canary in &self.0 {
            for Form { name, finder } in &canary.forms {
                if finder.find(bytes).is_some() {
                    found.push(format!("{} ({name}) in {place}", canary.what));
                }
            }
        }
        found.dedup();
        found
    }

    /// What is found in the files below a folder, and in their names.
    pub(crate) fn below(&self, folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        for path in files_below(folder) {
            let place = path.display().to_string();
            found.extend(self.in_bytes("a file name", path.as_os_str().as_bytes()));
            found.extend(self.in_bytes(&place, &fs::read(&path).unwrap()));
        }
        found
    }

    /// What is found in the arguments and in the environment of a process. One that ended meanwhile
    /// has none; one that hides its environment from us hides it from its peers.
    pub(crate) fn in_process(&self, id: u32) -> Vec<String> {
        let parts = ["cmdline", "environ"].map(|part| format!("/proc/{id}/{part}"));
        let read = |place: &String| {
            let bytes = fs::read(place).unwrap_or_default();
            self.in_bytes(place, &bytes)
        };
        parts.iter().flat_map(read).collect()
    }
}

/// The regular files below a folder; sockets and pipes keep nothing.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            files.extend(files_below(&entry.path()));
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    files
}

fn forms(bytes: &[u8]) -> Vec<Form> {
    let mut forms = vec![
        form("as it is", bytes),
        form("hex", HEXLOWER.encode(bytes).as_bytes()),
        form("hex", HEXUPPER.encode(bytes).as_bytes()),
    ];
    if let Ok(text) = std::str::from_utf8(bytes) {
        forms.push(form("UTF-16", &utf16(text)));
    }
    for before in 0..3 {
        for alphabet in [BASE64, BASE64URL] {
            forms.push(form("base64", &base64_within(&alphabet, bytes, before)));
        }
    }
    forms
}

fn form(name: &'static str, bytes: &[u8]) -> Form {
    Form {
        name,
        finder: memmem::Finder::new(bytes).into_owned(),
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The characters of base64 that say the same wherever these bytes stand with so many before them.
fn base64_within(alphabet: &data_encoding::Encoding, bytes: &[u8], before: usize) -> Vec<u8> {
    let padded = [&vec![0; before], bytes].concat();
    let encoded = alphabet.encode(&padded).into_bytes();
    encoded[(before * 8).div_ceil(6)..padded.len() * 8 / 6].to_vec()
}

#[test]
fn the_search_finds_a_canary_in_every_form() {
    let mut canaries = Canaries::default();
    let text = canaries.text("text");
    let binary = canaries.binary("binary");
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("deep/file");
    fs::create_dir(folder.path().join("deep")).unwrap();
    let finds = |what: &str, bytes: &[u8]| {
        let within = [b"before, ", bytes, b", after"].concat();
        fs::write(&place, &within).unwrap();
        let found = canaries.below(folder.path());
        let expected = format!("{what} in {}", place.display());
        assert_eq!(found, [expected], "{:?}", String::from_utf8_lossy(&within));
    };

    finds("text (as it is)", text.as_bytes());
    finds("text (UTF-16)", &utf16(&text));
    finds("binary (as it is)", &binary);
    for (what, bytes) in [("text", text.as_bytes()), ("binary", &binary)] {
        finds(&format!("{what} (hex)"), HEXLOWER.encode(bytes).as_bytes());
        finds(&format!("{what} (hex)"), HEXUPPER.encode(bytes).as_bytes());
        for before in ["", "1", "22", "333"] {
            let longer = [before.as_bytes(), bytes, b"rest"].concat();
            let base64 = format!("{what} (base64)");
            finds(&base64, BASE64.encode(&longer).as_bytes());
            finds(&base64, BASE64URL.encode(&longer).as_bytes());
        }
    }
    fs::write(&place, &text.as_bytes()[1..]).unwrap();
    assert_eq!(canaries.below(folder.path()), [""; 0]);
    fs::rename(&place, folder.path().join(&text)).unwrap();
    assert_eq!(
        canaries.below(folder.path()),
        ["text (as it is) in a file name"]
    );
}

#[test]
fn the_search_finds_a_canary_in_arguments_and_environment() {
    let mut canaries = Canaries::default();
    let argument = canaries.text("argument");
    let variable = canaries.text("variable");
    let mut process = Command::new("sleep")
        .arg0(&argument)
        .arg("60")
        .env("KEYTURN_CANARY", &variable)
        .spawn()
        .unwrap();
    let id = process.id();
    let found = until("the process is the one that was started", || {
        let found = canaries.in_process(id);
        (found.len() == 2).then_some(found)
    });
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(found[0].starts_with("argument (as it is)"), "{found:?}");
    assert!(found[1].starts_with("variable (as it is)"), "{found:?}");
}
