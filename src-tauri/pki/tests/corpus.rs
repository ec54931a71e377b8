//! Replays the seeds of fuzzing, and whatever it found, through what it runs.

use std::fs;
use std::path::Path;

#[path = "../fuzz/body.rs"]
mod body;

#[test]
fn all_that_fuzzing_begins_with_and_found_runs_through() {
    let mut inputs = 0;
    for folder in ["seeds", "found"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fuzz")
            .join(folder);
        let Ok(targets) = fs::read_dir(folder) else {
            continue;
        };
        for target in targets.map(|target| target.unwrap().path()) {
            let name = target.file_name().unwrap().to_string_lossy().into_owned();
            for input in fs::read_dir(&target).unwrap() {
                body::run(&name, &fs::read(input.unwrap().path()).unwrap());
                inputs += 1;
            }
        }
    }
    assert!(inputs > 30, "only {inputs} inputs");
}
