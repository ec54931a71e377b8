//! Fuzzes what reads files of this kind; see `body.rs`.
#![no_main]

#[path = "../body.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::run("pem_bundle", bytes));
