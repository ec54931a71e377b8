//! Killing a child, or failing a call of it, at each system call.

use std::{fs, path::Path, process::Command};

use super::through;

/// The calls that change what is on the disk. A leading `?`: not every architecture has it.
pub(crate) const WRITING: [&str; 8] = [
    "pwrite64",
    "fdatasync",
    "fsync",
    "ftruncate",
    "linkat",
    "?unlink",
    "?unlinkat",
    "?rename",
];

/// Whether strace is there and may trace. Prints why not.
pub(crate) fn works() -> bool {
    let output = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .output();
    let works = output.as_ref().is_ok_and(|output| output.status.success());
    if !works {
        eprintln!("skipped: strace does not work here ({output:?})");
    }
    works
}

/// How many times the child makes each call of `calls` when nothing is in its way.
pub(crate) fn count(child: &str, calls: &str, folder: &Path) -> usize {
    let log = folder.join("strace.log");
    let trace = format!("trace={calls}");
    let arguments = [
        "strace",
        "-f",
        "-qq",
        "-o",
        log.to_str().unwrap(),
        "-e",
        &trace,
    ];
    super::finish(through(&arguments, child, folder));
    let log = fs::read_to_string(&log).unwrap();
    log.lines()
        .filter(|line| !line.contains("resumed>") && line.contains('('))
        .count()
}

/// The child, with `what` (`signal=KILL`, `error=EIO`) done to its call number `when`.
pub(crate) fn inject(child: &str, call: &str, what: &str, when: usize, folder: &Path) -> Command {
    let trace = format!("trace={call}");
    let inject = format!("inject={call}:{what}:when={when}");
    through(
        &[
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            &trace,
            "-e",
            &inject,
        ],
        child,
        folder,
    )
}
