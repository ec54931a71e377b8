//! A look at a hundred records, which must not hold the page up.

use crate::TAKE_TIME;
use crate::harness::page::Page;
use crate::order_scene::Scene;
use crate::report::{Bound, line, median};
use crate::steps;

/// How often it is measured.
const TIMES: usize = 3;
/// Names of the order: the apex and these below it.
const BELOW: usize = 99;

/// Watches frames until all records have been answered, and half a second more.
const WATCH_FRAMES: &str = "
    const tally = () => document.querySelector('.kt-challenges__tools--check [role=\"status\"]');
    window.keyturnBench = new Promise((answer) => {
        setTimeout(() => answer(null), 30000);
        let before = performance.now(), worst = 0, left = 30;
        const tick = (now) => {
            worst = Math.max(worst, now - before);
            before = now;
            if (tally()?.textContent.includes('100 missing')) left -= 1;
            if (left === 0) answer(worst);
            else requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
    });";

/// Prints the longest time between two frames of the page.
pub(crate) fn measure() {
    let scene = Scene::new(steps::before_an_empty_vault("Orders"));
    let page = &scene.page;
    scene.configure();
    let names: Vec<String> = (0..BELOW).map(|at| format!("n{at}.example.test")).collect();
    scene.order_as("many", &names.join("\n"));
    let mut gaps = Vec::new();
    for _ in 0..TIMES {
        gaps.push(longest_gap(page));
        steps::escape(page);
        page.wait_for_no("dialog", "Challenges of many");
        page.act("many", "Challenges");
        page.wait_for("dialog", "Challenges of many");
        page.see("The order waits for your TXT records.");
    }
    line(
        "longest time between frames while 100 records are asked for",
        median(gaps),
        "ms",
        Bound::AtMost(100.0),
    );
}

fn longest_gap(page: &Page) -> f64 {
    page.script(WATCH_FRAMES, vec![]);
    page.press("Check DNS");
    let gap = page.script_async(TAKE_TIME, vec![]);
    gap.as_f64().expect("all records were answered")
}
