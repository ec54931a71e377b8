//! Processes as `/proc` shows them to everybody: the hardened program hides the rest from its peers.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

use super::until;

/// A process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Process {
    pub(crate) id: u32,
    parent: u32,
    /// Name of its program, at most 15 bytes of it.
    pub(crate) name: String,
}

/// The processes below one, nearest first, without itself.
pub(crate) fn below(ancestor: u32) -> Vec<Process> {
    let all = all();
    let mut found: Vec<Process> = Vec::new();
    let mut parents = vec![ancestor];
    while let Some(parent) = parents.pop() {
        for process in all.iter().filter(|process| process.parent == parent) {
            parents.push(process.id);
            found.push(process.clone());
        }
    }
    found
}

/// Whether a process still runs; one that ended but was not yet waited for does not.
pub(crate) fn is_running(id: u32) -> bool {
    fs::read_to_string(format!("/proc/{id}/stat"))
        .is_ok_and(|stat| !after_name(&stat).starts_with('Z'))
}

/// Asks a process to end.
pub(crate) fn terminate(id: u32) {
    send(id, Signal::TERM);
}

/// Ends a process.
pub(crate) fn kill(id: u32) {
    send(id, Signal::KILL);
}

/// Ends a process as a fault of its own would. A handler may take the first signal for something it
/// can mend, and steps back.
pub(crate) fn crash(id: u32) {
    until("the process crashes", || {
        send(id, Signal::SEGV);
        (!is_running(id)).then_some(())
    });
}

/// Memory of a process that counts what it shares by share (PSS), in bytes; `None` if it is gone or
/// hides it from us.
pub(crate) fn memory(id: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

fn all() -> Vec<Process> {
    let entries = fs::read_dir("/proc").unwrap();
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(read)
        .collect()
}

fn read(id: u32) -> Option<Process> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let name = stat.split_once('(')?.1.rsplit_once(')')?.0.to_owned();
    let parent = after_name(&stat).split_whitespace().nth(1)?.parse().ok()?;
    Some(Process { id, parent, name })
}

/// State and parent come after the name, which may hold anything.
fn after_name(stat: &str) -> &str {
    stat.rsplit_once(')')
        .map_or("", |(_, rest)| rest)
        .trim_start()
}

fn send(id: u32, signal: Signal) {
    let id = i32::try_from(id).ok().and_then(Pid::from_raw);
    if let Some(id) = id {
        let _ = kill_process(id, signal); // it may have ended by itself
    }
}
