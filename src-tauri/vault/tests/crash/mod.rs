//! A test that runs itself again as a child process, to be killed at any moment.
//!
//! The child is a test of the same binary that works only when [`folder`] says where, and
//! acknowledges on its output what is durable. Nothing that it has acknowledged may be lost.

#![allow(dead_code, reason = "each suite uses a part")]

use std::{
    collections::hash_map::RandomState,
    env,
    hash::BuildHasher,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

pub(crate) mod chain;
pub(crate) mod rotations;
pub(crate) mod strace;

const FOLDER: &str = "KEYTURN_TEST_FOLDER";
const SEED: &str = "KEYTURN_TEST_SEED";

/// In the child: where to work. `None` in an ordinary run of the suite.
pub(crate) fn folder() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

/// In the child: says that something is durable.
pub(crate) fn acknowledge(what: &str) {
    // A line of its own, in one write: the harness of the tests writes to the same output.
    let _ = io::stdout().write_all(format!("\nack {what}\n").as_bytes());
    let _ = io::stdout().flush();
}

/// The command that runs the test `child` of this binary in `folder`.
pub(crate) fn command(child: &str, folder: &Path) -> Command {
    through(&[], child, folder)
}

/// The same, run by a program like strace or sh.
pub(crate) fn through(program: &[&str], child: &str, folder: &Path) -> Command {
    let this = env::current_exe().unwrap();
    let mut command = match program {
        [] => Command::new(this),
        [program, arguments @ ..] => {
            let mut command = Command::new(program);
            command.args(arguments).arg(this);
            command
        }
    };
    command
        .args([
            "--exact",
            child,
            "--nocapture",
            "--include-ignored",
            "--test-threads=1",
        ])
        .env(FOLDER, folder)
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What a child that ran to its end acknowledged. Panics with its output when it failed.
pub(crate) fn finish(mut command: Command) -> Vec<String> {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{}\n{text}\n{errors}",
        output.status
    );
    text.lines().filter_map(acknowledged).collect()
}

/// Kills the child `kills` times with SIGKILL, each at another moment, and calls `verify` with
/// everything acknowledged so far after each. The folder stays the same, so that each child goes
/// on with what the one before it left.
pub(crate) fn run_kills(child: &str, folder: &Path, kills: u32, mut verify: impl FnMut(&[String])) {
    let mut dice = Dice::new();
    let mut all = Vec::new();
    for kill in 0..kills {
        let mut running = command(child, folder).spawn().unwrap();
        let acknowledgements = listen(running.stdout.take().unwrap());
        // One in five while it starts: opening, recovering, making the vault.
        if kill % 5 != 0 {
            let first = acknowledgements.recv_timeout(Duration::from_secs(60));
            all.push(first.unwrap_or_else(|_| panic!("{}", report(&mut running))));
        }
        thread::sleep(Duration::from_micros(dice.roll(30_000)));
        running.kill().unwrap();
        let ended = running.wait().unwrap();
        assert!(
            ended.code().is_none(),
            "it ended by itself: {}",
            report(&mut running)
        );
        all.extend(acknowledgements);
        verify(&all);
    }
}

/// Random numbers that a printed seed repeats.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new() -> Self {
        let given = env::var(SEED).ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| RandomState::new().hash_one(0));
        eprintln!("{SEED}={seed}");
        Self(seed | 1)
    }

    pub(crate) fn from(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

fn listen(output: ChildStdout) -> mpsc::Receiver<String> {
    let (said, heard) = mpsc::channel();
    thread::spawn(move || {
        // The last line may be cut in the middle: then it was not acknowledged.
        let mut output = BufReader::new(output);
        let mut line = String::new();
        while output.read_line(&mut line).is_ok_and(|read| read > 0) && line.ends_with('\n') {
            if let Some(what) = acknowledged(line.trim_end()) {
                let _ = said.send(what);
            }
            line.clear();
        }
    });
    heard
}

fn acknowledged(line: &str) -> Option<String> {
    line.strip_prefix("ack ").map(str::to_owned)
}

fn report(child: &mut Child) -> String {
    let _ = child.kill();
    let errors = child.stderr.take().map(io::read_to_string);
    errors.and_then(Result::ok).unwrap_or_default()
}
