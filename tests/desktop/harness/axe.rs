//! The page held against WCAG by axe-core, in the very web view that people use.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::page::Page;

/// Impacts that are no small matter.
const GRAVE: [&str; 2] = ["serious", "critical"];

/// Panics with what axe-core finds on the page once its colours have stopped fading: in between
/// they are those of neither theme.
pub(crate) fn check(page: &Page, place: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(file).expect("axe-core is there after `make setup`");
    page.script(&format!("if (!window.axe) {{ {axe} }}"), vec![]);
    let findings = page.script_async(
        "const done = arguments[0];
         const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
         Promise.allSettled(fading.map((one) => one.finished))
             .then(() => axe.run(document, { resultTypes: ['violations'] }))
             .then(({ violations }) => done(violations), (error) => done(String(error)));",
        vec![],
    );
    let Value::Array(findings) = findings else {
        panic!("{place}: axe-core did not run: {findings}")
    };
    let grave: Vec<String> = findings
        .iter()
        .filter(|finding| GRAVE.iter().any(|impact| finding["impact"] == *impact))
        .map(|finding| {
            let nodes = finding["nodes"].as_array().map(Vec::as_slice);
            let places: Vec<_> = nodes
                .unwrap_or_default()
                .iter()
                .map(|node| format!("    {}\n      {}", node["html"], node["failureSummary"]))
                .collect();
            format!(
                "  {} ({})\n{}",
                finding["id"],
                finding["help"],
                places.join("\n")
            )
        })
        .collect();
    assert!(grave.is_empty(), "{place}:\n{}", grave.join("\n"));
}
