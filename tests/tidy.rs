//! Holds the architecture against the code: who may import whom, how long files are and how named.

use std::{fs, path::Path};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const SKIPPED: [&str; 5] = [".git", "dist", "gen", "node_modules", "target"];
const VAGUE: [&str; 5] = ["common", "helpers", "manager", "service", "utils"];
/// The crates that stand below others, and what each may import of ours and of a surface's crates.
const LAYERS: [(&str, &[&str]); 7] = [
    ("api", &[]),
    ("acme", &[]),
    ("pki", &[]),
    ("iam", &[]),
    (
        "vault",
        &["keyturn-acme", "keyturn-api", "keyturn-pki", "keyturn-iam"],
    ),
    ("client", &["keyturn-api", "keyturn-iam"]),
    ("server", &["keyturn-api", "axum"]),
];

#[test]
fn the_tree_follows_the_architecture() {
    let files = files(Path::new(ROOT));
    let known = |name: &str| files.iter().any(|(path, _)| path == name);
    assert!(known("src-tauri/vault/src/lib.rs") && known("ui/package.json"));
    let found = files.iter().flat_map(|(path, text)| problems(path, text));
    let found = found.collect::<Vec<_>>().join("\n");
    assert!(found.is_empty(), "\n{found}");
}

#[test]
#[rustfmt::skip] // one sample a line
fn every_rule_catches_what_it_is_for() {
    let lines = |count| "//!\n".repeat(count);
    assert_eq!(problems("src-tauri/vault/src/a.rs", &lines(400)), [""; 0]);
    for (path, text, rule) in [
        ("src-tauri/vault/src/a.rs", lines(401).as_str(), "at most 400"),
        ("src-tauri/src/commands/a.rs", &lines(151), "at most 150"),
        ("src-tauri/vault/tests/a.rs", &lines(601), "at most 600"),
        ("ui/src/app/frame.test.tsx", &lines(601), "at most 600"),
        ("README.md", &lines(151), "at most 150"),
        ("src-tauri/api/src/a.rs", "use std::fmt;", "//!"),
        ("ui/src/components/utils.ts", "", "vague"),
        ("src-tauri/vault/src/common/mod.rs", "//!", "vague"),
        ("src-tauri/vault/src/a.rs", "//!\nfn f() { todo!() }", "unfinished"),
        ("src-tauri/vault/src/a.rs", "//!\nuse tauri::App;", "knows Tauri"),
        ("src-tauri/api/src/a.rs", "//!\nfn f() { rfd::f() }", "knows Tauri"),
        ("ui/src/app/a.ts", "import \"@tauri-apps/api\"", "ui/src/ipc"),
        ("tests/e2e/package.json", "{}", "package.json"),
        ("src-tauri/api/Cargo.toml", "[dependencies]\nkeyturn-vault.path = \"\"", "keyturn-vault"),
        ("src-tauri/vault/Cargo.toml", "[dependencies.keyturn-server]", "keyturn-server"),
        ("src-tauri/vault/Cargo.toml", "[dev-dependencies]\ntauri = \"2\"", "tauri"),
    ] {
        let found = problems(path, text);
        assert!(found.len() == 1 && found[0].contains(rule), "{path}: {rule}, not {found:?}");
    }
}

/// What is wrong with one file; each problem names the file and the rule.
#[rustfmt::skip] // one rule a line
fn problems(path: &str, text: &str) -> Vec<String> {
    let within = |places: &[&str]| places.iter().any(|place| path.starts_with(place));
    let rust = extension(path) == "rs";
    let code = text.lines().filter(|line| rust && !line.trim_start().starts_with("//"));
    let code: Vec<_> = code.collect();
    let uses = |mark: &&str| code.iter().any(|line| line.contains(mark));
    let vague = |part: &str| VAGUE.iter().any(|name| part.split('.').next() == Some(*name));
    let unfinished = ["todo!", "unimplemented!", "dbg!"].iter().any(uses);
    let desktop = ["tauri::", "rfd::", "arboard::"].iter().any(uses);
    let shell = within(&["src-tauri/src/", "tests/", "benches/"]);
    let page = within(&["ui/src/"]) && !within(&["ui/src/ipc/"]);
    let package = path.ends_with("package.json") && !within(&["ui/package.json", "tests/sdk/"]);
    let imports = imports_upward(path, text).join(", ");
    let (lines, cap) = (text.lines().count(), line_cap(path));
    [
        (lines > cap, format!("at most {cap} lines, not {lines}")),
        (rust && !text.starts_with("//!"), "no //! says what it is for".into()),
        (path.split('/').any(vague), "a vague name; take the domain's noun or the use case".into()),
        (unfinished && path != "tests/tidy.rs", "unfinished or debugged code".into()),
        (desktop && !shell, "only src-tauri/src knows Tauri and the desktop".into()),
        (page && text.contains("@tauri-apps"), "only ui/src/ipc imports @tauri-apps".into()),
        (package, "the one package.json is in ui/; Tauri takes the first it finds".into()),
        (!imports.is_empty(), format!("its layer may not depend on {imports}")),
    ]
    .into_iter()
    .filter_map(|(broken, rule)| broken.then(|| format!("{path}: {rule}")))
    .collect()
}

fn line_cap(path: &str) -> usize {
    let test = path.starts_with("tests/") || path.contains("/tests") || path.contains(".test.");
    match extension(path) {
        _ if path == "ui/src/ipc/bindings.ts" => usize::MAX, // generated
        _ if path == "README.md" || path.starts_with("src-tauri/src/commands/") => 150,
        "rs" | "ts" | "tsx" | "js" | "scss" if test => 600,
        "rs" | "ts" | "tsx" | "js" | "scss" => 400,
        _ => usize::MAX,
    }
}

/// What a lower crate depends on although it stands above, except that tests may use ours freely.
fn imports_upward<'a>(path: &str, text: &'a str) -> Vec<&'a str> {
    let folder = path.strip_prefix("src-tauri/").unwrap_or("");
    let layer = |(name, _): &&(&str, _)| folder.strip_suffix("/Cargo.toml") == Some(*name);
    let Some((_, may)) = LAYERS.iter().find(layer) else {
        return Vec::new();
    };
    let (mut section, mut found) = ("", Vec::new());
    for line in text.lines() {
        let mut entry = line;
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']');
            entry = header.rsplit_once("dependencies.").unwrap_or_default().1;
        }
        let name = entry.split(['.', '=', ' ', ']']).next().unwrap_or(entry);
        let ours = name.starts_with("keyturn-") && !section.contains("dev-");
        let above = (ours || ["axum", "clap", "tauri"].contains(&name)) && !may.contains(&name);
        if section.contains("dependencies") && above {
            found.push(name);
        }
    }
    found
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').unwrap_or_default().1
}

/// The text files below a folder, each with its path from the root.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).expect("a folder can be listed");
    for path in entries.map(|entry| entry.expect("an entry can be read").path()) {
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() && !SKIPPED.iter().any(|skipped| name == *skipped) {
            found.extend(files(&path));
        } else if let Ok(text) = fs::read_to_string(&path) {
            let short = path.strip_prefix(ROOT).expect("a path below the root");
            found.push((short.to_string_lossy().into_owned(), text));
        }
    }
    found
}
