//! What a program that opens vaults forbids itself (`SECURITY.md`, process hygiene).

use rustix::fs::Mode;
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit, umask,
};
use rustix::thread::disable_transparent_huge_pages;

/// Must be the first thing `main` does: before there is a second thread, and a file. None of it stops
/// the program where the system refuses it.
pub fn begin() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // no memory image after a crash, of this process or of those it starts
    let _ = setrlimit(Resource::Core, none);
    // no other program of the same person reads this memory, or a key in its environment
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    // the allocator asks for huge pages, of which such a program fills a small part
    let _ = disable_transparent_huge_pages(true);
    // files and sockets are for their owner
    umask(Mode::RWXG | Mode::RWXO);
    // a write that is refused is an error to be told, not an end; Rust ignores SIGPIPE by itself
    ignore_file_size_signal();
}

#[expect(
    unsafe_code,
    reason = "the standard library has no call for signal dispositions"
)]
fn ignore_file_size_signal() {
    // SAFETY: SIG_IGN installs no handler, so nothing of ours runs in a signal's context.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
}
