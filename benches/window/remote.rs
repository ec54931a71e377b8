//! The window on a remote instance of 20,000 secrets, which `keyturn serve` serves.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::harness::page::Page;
use crate::harness::remote::RemoteInstance;
use crate::harness::{Desktop, until, vaults, within};
use crate::relay::Relay;
use crate::report::{Bound, line, median};
use crate::{TAKE_TIME, sample, steps};

/// Secrets over there.
const SECRETS: usize = 20_000;
/// How often it is measured.
const ROUNDS: usize = 3;

/// Watches for the first rows, and answers when they have been painted.
const WATCH_FIRST_ROWS: &str = "
    const frame = requestAnimationFrame;
    window.keyturnBench = new Promise((answer) => {
        const look = () =>
            document.querySelector('table[aria-label=\"Secrets\"] tbody tr button')
                ? frame(() => frame(() => answer(Date.now())))
                : frame(look);
        look();
    });";
/// Watches frames until it is told to stop.
const WATCH_FRAMES: &str = "
    window.keyturnBenchStop = false;
    window.keyturnBench = new Promise((answer) => {
        let before = performance.now(), worst = 0;
        const tick = (now) => {
            worst = Math.max(worst, now - before);
            before = now;
            if (window.keyturnBenchStop) answer(worst);
            else requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
    });";

/// Prints how soon the list is there, and how long the page stands still while all is read and then
/// searched.
pub(crate) fn measure() {
    let mut desktop = Desktop::without_keyring();
    vaults::create(&desktop.session.data(), "This computer", vaults::clock());
    let mut instance = RemoteInstance::start(desktop.session.folder(), "Measured");
    instance.vault().seed((0..SECRETS).map(sample::secret));
    let relay = Relay::before(&instance.address);
    instance.address.clone_from(&relay.address);

    let (mut paints, mut reading, mut searching) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        relay.forget();
        let page = if round == 0 {
            let page = desktop.open();
            steps::fill_in_connection(&page, &instance);
            page
        } else {
            desktop.quit();
            forget_what_was_seen(&desktop.session.data());
            let page = desktop.open();
            page.press(&instance.name);
            page.wait_for("dialog", &format!("API key for {}", instance.name));
            page.fill("API key", &instance.api_key);
            page
        };
        page.script(WATCH_FIRST_ROWS, vec![]);
        page.press("Connect");
        let painted = taken(&page);
        page.script(WATCH_FRAMES, vec![]);
        let first = relay.with(&["GET ", "secrets?", "limit=25"]);
        let answered = first.iter().filter_map(|one| one.answered);
        let answered = answered.fold(
            0.0,
            |last: f64, at| if at < painted { last.max(at) } else { last },
        );
        let index = || relay.with(&["GET ", "secrets?", "limit=1000"]);
        within(Duration::from_secs(60), "the index is read", || {
            let read = index().iter().filter(|one| one.answered.is_some()).count();
            (read >= SECRETS / 1000).then_some(())
        });
        let gap = stop(&page);
        page.script(WATCH_FRAMES, vec![]);
        search(&page);
        let gap_of_search = stop(&page);
        if round > 0 {
            paints.push(painted - answered);
            reading.push(gap);
            searching.push(gap_of_search);
        }
    }
    line(
        "first page of a remote list of 20,000: answer to paint",
        median(paints),
        "ms",
        Bound::AtMost(150.0),
    );
    line(
        "longest time between frames while 20,000 are read",
        median(reading),
        "ms",
        Bound::AtMost(100.0),
    );
    line(
        "longest time between frames while they are searched",
        median(searching),
        "ms",
        Bound::AtMost(100.0),
    );
}

/// Everything is read anew after that.
fn forget_what_was_seen(data: &Path) {
    for file in data.read_dir().unwrap().map_while(Result::ok) {
        if file.file_name().to_string_lossy().starts_with("seen-") {
            fs::remove_file(file.path()).unwrap();
        }
    }
}

fn search(page: &Page) {
    page.script(
        "document.querySelector('input[type=\"search\"]').focus()",
        vec![],
    );
    page.type_text("payments");
    until("rows are those of the search", || {
        let found = page.script(
            "const rows = [...document.querySelectorAll('table[aria-label=\"Secrets\"] tbody tr')];
             return rows.length > 0 && rows.every((row) => row.textContent.includes('payments'));",
            vec![],
        );
        (found == Value::Bool(true)).then_some(())
    });
}

fn stop(page: &Page) -> f64 {
    page.script("window.keyturnBenchStop = true", vec![]);
    taken(page)
}

fn taken(page: &Page) -> f64 {
    let time: Value = page.script_async(TAKE_TIME, vec![]);
    time.as_f64().expect("a time")
}
