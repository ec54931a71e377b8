//! What the process forbids itself before it has a second thread (`SECURITY.md`, process hygiene).

use rustix::fs::Mode;
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit, umask,
};

/// Must be the first thing `main` does. None of it stops the program where the system refuses it.
pub(crate) fn begin() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // no memory image after a crash
    let _ = setrlimit(Resource::Core, none);
    // no other program of the same person reads this memory, or the key in its environment
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    // files and sockets are for their owner
    umask(Mode::RWXG | Mode::RWXO);
}
