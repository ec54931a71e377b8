//! What time it is, and when a process started.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// When a process started, in seconds of the clock on the wall. The kernel rounds down to 10 ms.
pub(super) fn born(id: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    // the 22nd field; the name, the second, may hold spaces
    let (_, rest) = stat.rsplit_once(')').unwrap();
    let ticks: u32 = rest.split_whitespace().nth(19).unwrap().parse().unwrap();
    let per_second = u32::try_from(rustix::param::clock_ticks_per_second()).unwrap();
    seconds(ClockId::Realtime) - seconds(ClockId::Boottime)
        + f64::from(ticks) / f64::from(per_second)
}

/// What a clock shows.
pub(super) fn seconds(clock: ClockId) -> f64 {
    let time = clock_gettime(clock);
    Duration::new(
        time.tv_sec.try_into().unwrap(),
        time.tv_nsec.try_into().unwrap(),
    )
    .as_secs_f64()
}
