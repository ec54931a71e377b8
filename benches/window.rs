//! Speed and size of the window over a vault of 10,000 typical secrets, printed as
//! `name figure bound ok|MISS`, one a line. Runs inside `setup/desktop-session`.
//!
//! In each round an empty window of Tauri is opened and weighed; then the program opens, its start is
//! taken, keys are pressed in its search, and it is weighed at rest. Figures are of all rounds but
//! the first. The keyring opens the vault, so nobody types and no key is derived.

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

#[expect(dead_code, reason = "shared with the tests of the window")]
#[path = "../tests/desktop/certificate_files.rs"]
mod certificate_files;
#[path = "window/clock.rs"]
mod clock;
#[path = "window/empty.rs"]
mod empty;
#[path = "window/frames.rs"]
mod frames;
#[expect(dead_code, reason = "shared with the tests of the window")]
#[path = "../tests/desktop/harness/mod.rs"]
mod harness;
#[expect(dead_code, reason = "shared with the tests of the window")]
#[path = "../tests/desktop/order_scene.rs"]
mod order_scene;
#[path = "window/relay.rs"]
mod relay;
#[path = "window/remote.rs"]
mod remote;
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    dead_code,
    unreachable_pub,
    reason = "shared with the benchmarks of the vault; figures are rounded and printed"
)]
#[path = "../src-tauri/vault/benches/vault/report.rs"]
mod report;
#[expect(
    dead_code,
    unreachable_pub,
    reason = "shared with the benchmarks of the vault"
)]
#[path = "../src-tauri/vault/benches/vault/sample.rs"]
mod sample;
#[path = "../tests/servers/mod.rs"]
mod servers;
#[expect(dead_code, reason = "shared with the tests of the window")]
#[path = "../tests/desktop/steps.rs"]
mod steps;
#[path = "window/summary.rs"]
mod summary;

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use keyturn_api::{Instance, ListSecrets};
use keyturn_vault::wait;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use certificate_files::Workshop;
use clock::born;
use harness::page::Page;
use harness::program::Program;
use harness::session::Session;
use harness::{processes, until, vaults};
use report::{Bound, line, median, note, percentile};
use sample::{Made, Vaults, owner};

const SECRETS: usize = 10_000;
/// The first warms up.
const ROUNDS: usize = 6;
/// What is typed in a round; each gives [`SAMPLES`] times.
const WORDS: usize = 3;
/// The first letter is no search yet; from the second on each one narrows the list, and so does the
/// way back widen it.
const LETTERS: usize = 5;
const SAMPLES: usize = 2 * (LETTERS - 1);
const MIB: f64 = 1024.0 * 1024.0;

/// Answers once rows and search have been painted: the time, and whether there was a wait for them.
const WAIT_FOR_LIST: &str = "
    const answer = arguments[0];
    const frame = requestAnimationFrame;
    const ready = () =>
        document.querySelector('table[aria-label=\"Secrets\"] tbody tr button')
        && document.querySelector('input[type=\"search\"]:enabled');
    const early = !ready();
    const look = () => ready() ? frame(() => frame(() => answer([Date.now(), early]))) : frame(look);
    look();";
/// Gets ready for a letter: from its input event to the second frame after the rows changed.
const WATCH_ROWS: &str = "
    const rows = () =>
        [...document.querySelectorAll('table[aria-label=\"Secrets\"] tbody tr')]
            .map((row) => row.textContent).join();
    const frame = requestAnimationFrame;
    const before = rows();
    window.keyturnBench = new Promise((answer) => {
        setTimeout(() => answer(null), 5000);
        document.querySelector('input[type=\"search\"]').addEventListener('input', (event) => {
            const watch = new MutationObserver(() => {
                if (rows() === before) return;
                watch.disconnect();
                frame(() => frame(() => answer(performance.now() - event.timeStamp)));
            });
            watch.observe(document.body, { childList: true, subtree: true, characterData: true });
        }, { once: true, capture: true });
    });";
pub(crate) const TAKE_TIME: &str = "window.keyturnBench.then(arguments[0])";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["empty"] => empty::window(),
        ["keyring", home, id, code] => add_keyring(home, id, code),
        // `cargo bench --bench window -- frames` measures that alone
        ["frames", ..] => frames::measure(),
        ["remote", ..] => remote::measure(),
        _ => {
            measure();
            frames::measure();
            remote::measure();
        }
    }
}

fn measure() {
    let vaults = Vaults::make(SECRETS);
    let made = vaults.of(SECRETS);
    let words = words(made);
    let bench = Bench::new(made);
    let (mut starts, mut times) = (Vec::new(), Vec::new());
    let (mut dialogs, mut summaries) = (Vec::new(), Vec::new());
    let (mut empties, mut sizes, mut more) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let empty = bench.weigh_empty();
        let (program, start) = bench.start();
        if round > 0 {
            let typed = &words[(round - 1) * WORDS..round * WORDS];
            times.extend(typed.iter().flat_map(|word| search(&program.page, word)));
            starts.push(start);
            if let (Some(empty), Some(ours)) = (empty, at_rest(|| weigh(program.id()))) {
                empties.push(empty);
                sizes.push(ours);
                more.push(ours - empty);
            }
            for _ in 0..WORDS {
                let (dialog, summary) = summary::bring_file(&program.page);
                dialogs.push(dialog);
                summaries.push(summary);
            }
        }
        program.quit();
    }
    assert_eq!(times.len(), (ROUNDS - 1) * WORDS * SAMPLES);

    line(
        "start to list of 10,000",
        median(starts),
        "s",
        Bound::AtMost(1.2),
    );
    let name = "letter in search of 10,000 to second frame";
    line(
        &format!("{name}, p50"),
        percentile(&mut times, 0.5),
        "ms",
        Bound::AtMost(60.0),
    );
    line(
        &format!("{name}, p95"),
        percentile(&mut times, 0.95),
        "ms",
        Bound::AtMost(100.0),
    );
    note(
        "key in the native dialog to the page having its file",
        median(dialogs),
        "ms",
    );
    line(
        "certificate file chosen to second frame of its summary, p95",
        percentile(&mut summaries, 0.95),
        "ms",
        Bound::AtMost(100.0),
    );
    if more.is_empty() {
        eprintln!(
            "memory of the window: not measured, /proc/PID/smaps_rollup is readable by root only"
        );
        return;
    }
    note("memory of an empty window", median(empties), "MiB");
    note("memory of the window over 10,000", median(sizes), "MiB");
    line(
        "memory over an empty window",
        median(more),
        "MiB",
        Bound::AtMost(60.0),
    );
}

/// Beginnings of names, spread over the vault. The names begin with digits, which ids have as well,
/// so that each further digit leaves other rows.
fn words(made: &Made) -> Vec<String> {
    let vault = made.open();
    let count = (ROUNDS - 1) * WORDS;
    let words = (0..count).map(|at| {
        let query = ListSecrets {
            offset: u32::try_from((2 * at + 1) * SECRETS / (2 * count)).unwrap(),
            limit: 1,
            ..ListSecrets::default()
        };
        let page = wait(vault.list_secrets(&owner(), &query)).unwrap();
        page.items[0].metadata.name[..LETTERS].to_owned()
    });
    let words = words.collect();
    vault.close();
    words
}

/// A session whose keyring opens the vault.
struct Bench {
    session: Session,
    environment: Vec<(String, String)>,
    runtime: Rc<Runtime>,
}

impl Bench {
    fn new(made: &Made) -> Self {
        let mut session = Session::start();
        session.start_keyring();
        let workshop = Workshop::at(&session);
        workshop.join(&["one.pem", "middle.pem", "root.pem", "one.key"], "all.pem");
        let home = made.home.to_str().unwrap();
        // a process of this session reaches its keyring, this process does not
        let added = this_program(&session)
            .args(["keyring", home, &made.id.to_string(), &made.code])
            .status()
            .unwrap();
        assert!(added.success(), "the keyring opens the vault");
        Self {
            session,
            environment: vec![("KEYTURN_HOME".into(), home.into())],
            runtime: Rc::new(Builder::new_current_thread().enable_all().build().unwrap()),
        }
    }

    /// Starts the program; seconds from the start of its process until its list has been painted.
    fn start(&self) -> (Program, f64) {
        let program = Program::start(&self.runtime, &self.session, &self.environment);
        let seen = program.page.script_async(WAIT_FOR_LIST, vec![]);
        if seen[1] == Value::Bool(false) {
            eprintln!("the list was there before the driver looked: the next start took less");
        }
        let seconds = seen[0].as_f64().unwrap() / 1000.0 - born(program.id());
        (program, seconds)
    }

    /// Memory of an empty window; `None` if it is hidden from us.
    fn weigh_empty(&self) -> Option<f64> {
        let mut window = this_program(&self.session)
            .arg("empty")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut told = String::new();
        let output = window.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut told).unwrap();
        assert_eq!(told.trim(), "loaded", "the empty window opens");
        let weight = at_rest(|| weigh(window.id()));
        let web = processes::below(window.id());
        assert!(
            !web.is_empty(),
            "the empty window has a process for its page"
        );
        processes::terminate(window.id());
        window.wait().unwrap();
        until("the processes of the empty window end", || {
            let left = web.iter().any(|process| processes::is_running(process.id));
            (!left).then_some(())
        });
        weight
    }
}

/// Types a text letter by letter and takes it back; milliseconds of each letter that changed rows.
fn search(page: &Page, word: &str) -> Vec<f64> {
    page.script(
        "document.querySelector('input[type=\"search\"]').focus()",
        vec![],
    );
    let mut times = Vec::new();
    let mut time = |what: &str, press: &dyn Fn()| {
        page.script(WATCH_ROWS, vec![]);
        press();
        let time = page.script_async(TAKE_TIME, vec![]).as_f64();
        times.push(time.unwrap_or_else(|| panic!("{what} of {word} changes no row")));
    };
    page.type_text(&word[..1]);
    for at in 1..LETTERS {
        let letter = &word[at..=at];
        time(&format!("letter {at}"), &|| page.type_text(letter));
    }
    for at in 1..LETTERS {
        time(&format!("back {at}"), &|| page.key(Key::Backspace));
    }
    page.key(Key::Backspace);
    times
}

/// PSS of a program and all it started, in MiB.
fn weigh(id: u32) -> Option<f64> {
    let below = processes::below(id);
    let all = below.iter().map(|process| process.id).chain([id]);
    let bytes = all.map(processes::memory).sum::<Option<u64>>()?;
    Some(f64::from(u32::try_from(bytes / 1024).unwrap()) * 1024.0 / MIB)
}

/// A weight once it has not moved by 1 MiB for 4 s: the engine cleans up a while after the work.
fn at_rest(weigh: impl Fn() -> Option<f64>) -> Option<f64> {
    let began = Instant::now();
    let mut recent = VecDeque::new();
    loop {
        let weight = weigh()?;
        recent.push_back(weight);
        let apart = recent.iter().map(|other| (other - weight).abs());
        let rests = recent.len() > 8 && apart.fold(0.0, f64::max) < 1.0;
        if rests || began.elapsed() > Duration::from_secs(40) {
            return Some(weight);
        }
        if recent.len() > 8 {
            recent.pop_front();
        }
        thread::sleep(Duration::from_millis(500));
    }
}

fn this_program(session: &Session) -> Command {
    let program = std::env::current_exe().unwrap();
    session.command(program.to_str().unwrap())
}

/// Lets the keyring of this session open the vault, which the program then opens at its start.
fn add_keyring(home: &str, id: &str, code: &str) {
    let made = Made {
        home: home.into(),
        id: id.parse().unwrap(),
        code: code.into(),
        count: SECRETS,
    };
    let vault = made.open();
    vault.add_keyring().unwrap();
    vaults::make_last(Path::new(home), &vault);
    vault.close();
}
