//! Load by wrk, and what it prints.

use std::fs;
use std::process::Command;

use crate::served::{Served, Vaulted};

/// What a run measured.
pub struct Load {
    pub per_second: f64,
    /// Milliseconds.
    pub p99: f64,
    pub count: u64,
}

/// What wrk is told to ask for.
pub struct Asked(Vec<String>);

/// Asks for so many seconds.
pub fn run(asked: &Asked, connections: u32, seconds: u32) -> Load {
    let threads = if connections > 8 { 2 } else { 1 };
    let output = Command::new("wrk")
        .args(["--latency", "--timeout", "10s"])
        .args([
            format!("-t{threads}"),
            format!("-c{connections}"),
            format!("-d{seconds}s"),
        ])
        .args(&asked.0)
        .output()
        .expect("setup/packages bench installs wrk");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("Non-2xx"), "some were refused:\n{text}");
    assert!(
        !text.contains("Socket errors"),
        "some were not answered:\n{text}"
    );
    let after = |mark: &str| {
        let rest = text
            .lines()
            .find_map(|line| line.trim_start().strip_prefix(mark));
        rest.unwrap_or_else(|| panic!("{text}")).trim().to_owned()
    };
    let count = text
        .lines()
        .find(|line| line.contains(" requests in "))
        .unwrap();
    Load {
        per_second: after("Requests/sec:").parse().unwrap(),
        p99: milliseconds(&after("99%")),
        count: count.split_whitespace().next().unwrap().parse().unwrap(),
    }
}

fn milliseconds(text: &str) -> f64 {
    let digits = text.trim_end_matches(char::is_alphabetic);
    let number: f64 = digits.parse().unwrap();
    match &text[digits.len()..] {
        "us" => number / 1000.0,
        "ms" => number,
        "s" => number * 1000.0,
        unit => panic!("{unit}"),
    }
}

/// Reads a secret again and again. Without a script, which would cost as much as the answer.
pub fn reading(served: &Served, vaulted: &Vaulted) -> Asked {
    let (token, id) = (served.token(vaulted), &vaulted.ids[0]);
    Asked(vec![
        "-H".to_owned(),
        format!("Authorization: Bearer {token}"),
        format!("http://{}/api/v2/secrets/{id}", served.address),
    ])
}

/// Rotates one secret after the other.
pub fn rotating(served: &Served, vaulted: &Vaulted) -> Asked {
    let request = r#"wrk.format("POST", "/api/v2/secrets/" .. id .. "/versions", nil,
        '{"payload":"value-of-rotation-' .. at .. '-0123456789abcdef"}')"#;
    script(served, vaulted, "rotate", request)
}

/// Searches for what a few and what many have.
pub fn searching(served: &Served, vaulted: &Vaulted) -> Asked {
    let request = r#"wrk.format("GET", "/api/v2/secrets?limit=25&search=" ..
        ({"password", "service-0123", "team-7", "centre", "nothing-has-this"})[at % 5 + 1])"#;
    script(served, vaulted, "search", request)
}

/// `request` makes a request of `id` and `at`, which rise from call to call.
fn script(served: &Served, vaulted: &Vaulted, name: &str, request: &str) -> Asked {
    let ids: Vec<String> = vaulted.ids.iter().map(|id| format!("\"{id}\"")).collect();
    let text = format!(
        r#"
local ids = {{ {ids} }}
local threads, at = 0, 0
wrk.headers["Authorization"] = "Bearer {token}"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Host"] = "localhost"
function setup(thread)
    thread:set("start", threads * 499)
    threads = threads + 1
end
function init(args)
    at = start
end
function request()
    at = at + 1
    local id = ids[at % #ids + 1]
    return {request}
end
"#,
        ids = ids.join(", "),
        token = served.token(vaulted),
    );
    let path = vaulted.folder.path().join(format!("{name}.lua"));
    fs::write(&path, text).unwrap();
    Asked(vec![
        "-s".to_owned(),
        path.display().to_string(),
        format!("http://{}", served.address),
    ])
}
