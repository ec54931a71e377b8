//! A certificate file, from the native dialog to its summary in the page.

use rustix::time::ClockId;

use crate::TAKE_TIME;
use crate::clock::seconds;
use crate::harness::native;
use crate::harness::page::Page;
use crate::steps;

/// Gets ready for a file: when its token came, and the second frame after the page says who the
/// certificate is for.
const WATCH_SUMMARY: &str = "
    const frame = requestAnimationFrame;
    let came;
    const { fetch } = window;
    window.fetch = async (...call) => {
        const answer = await fetch(...call);
        if (String(call[0]).endsWith('pick_file')) came = Date.now();
        return answer;
    };
    window.keyturnBench = new Promise((answer) => {
        setTimeout(() => answer([null, null]), 20000);
        const watch = new MutationObserver(() => {
            if (!document.body.textContent.includes('one.example')) return;
            watch.disconnect();
            frame(() => frame(() => answer([came, Date.now()])));
        });
        watch.observe(document.body, { childList: true, subtree: true, characterData: true });
    });";

/// Chooses a file with leaf, two authorities and key in the native dialog. Milliseconds from the key
/// that chooses it until the page was told of the file, which was read by then (GTK alone shows its
/// button pressed for 250 ms before it acts), and from there until its summary has been painted.
pub(crate) fn bring_file(page: &Page) -> (f64, f64) {
    steps::begin_adding(page, "Imported certificate", "measured");
    page.script(WATCH_SUMMARY, vec![]);
    page.press("Select a file or drop it here: certificate");
    native::point_to_file("~/all.pem");
    let began = seconds(ClockId::Realtime) * 1000.0;
    native::key("Return");
    let seen = page.script_async(TAKE_TIME, vec![]);
    let time = |at: usize| {
        seen[at]
            .as_f64()
            .expect("the page tells what the file holds")
    };
    let (came, painted) = (time(0), time(1));
    steps::escape(page);
    page.see("Changes are not saved");
    steps::escape(page);
    page.wait_for_no("dialog", "");
    (came - began, painted - came)
}
