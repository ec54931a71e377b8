//! v1 against a v2 that expects what the test wrote down, in that order, and answers it.

mod actions;
mod configurations;
mod groups;
mod locks;
mod policies;
mod requests;
mod secrets;
mod versions;

use std::{collections::VecDeque, sync::Mutex};

use async_trait::async_trait;
use serde_json::Value;
use zeroize::Zeroizing;

use super::{Answer, Ask, Method, V2, answer};
use crate::Problem;

const ID: &str = "1f1c0b7e-5a51-4a57-8a43-1f0e6b6b0a77";
const CURRENT: &str = "2d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a77";
const PREVIOUS: &str = "3d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a77";

/// Method, path and, in brackets, the type of configuration; body; status; answer.
type Exchange = (String, &'static str, u16, String);

struct Fake(Mutex<VecDeque<Exchange>>);

#[async_trait]
impl V2 for Fake {
    async fn call(&self, ask: Ask) -> Answer {
        let method = match ask.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        };
        let kind = ask
            .config_type
            .map_or_else(String::new, |kind| format!(" [{kind}]"));
        let line = format!("{method} {}{kind}", ask.path_and_query);
        let next = self.0.lock().unwrap().pop_front();
        let (expected, body, status, answer) =
            next.unwrap_or_else(|| panic!("nothing more was expected, but {line}"));
        assert_eq!(line, expected);
        let sent = str::from_utf8(&ask.body).unwrap();
        if body.is_empty() {
            assert_eq!(sent, "", "{line}");
        } else {
            assert_eq!(json(sent), json(body), "{line}");
        }
        assert_eq!(ask.body.capacity(), ask.body.len(), "the body grew");
        Answer {
            status,
            body: Zeroizing::new(answer.into_bytes()),
        }
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What v2 is expected to be asked, and what it answers.
fn v2<const N: usize>(script: [(&str, &'static str, u16, &str); N]) -> Fake {
    let owned = script.map(|(line, body, status, answer)| {
        let line = line.replace("{id}", ID).replace("{current}", CURRENT);
        (
            line.replace("{previous}", PREVIOUS),
            body,
            status,
            answer.to_owned(),
        )
    });
    Fake(Mutex::new(owned.into()))
}

/// A request of v1, such as `GET /secrets/kv/{id}`; all that v2 expected must have been asked.
fn ask_raw(fake: &Fake, line: &str, body: &str) -> Result<Answer, Problem> {
    let line = line.replace("{id}", ID).replace("{current}", CURRENT);
    let line = line.replace("{previous}", PREVIOUS);
    let (method, path) = line.split_once(' ').unwrap();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let method = match method {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        _ => Method::Delete,
    };
    let answered = answer(fake, method, path, query, body.as_bytes());
    let answered = now(answered).unwrap_or_else(|| panic!("no operation: {line}"));
    let left = fake.0.lock().unwrap().len();
    assert_eq!(left, 0, "{left} calls to v2 were not made");
    answered
}

/// The same; status and JSON, null without a body.
fn ask(fake: &Fake, line: &str, body: &str) -> (u16, Value) {
    let answer = ask_raw(fake, line, body).unwrap();
    let text = str::from_utf8(&answer.body).unwrap();
    let value = if text.is_empty() {
        Value::Null
    } else {
        json(text)
    };
    (answer.status, value)
}

/// The field or parameter that is refused, and the message, which repeats nothing of the input.
fn refused(fake: &Fake, line: &str, body: &str) -> (String, String) {
    let problem = ask_raw(fake, line, body).err().unwrap();
    assert!(!problem.message.contains("hunter2"), "{}", problem.message);
    let target = problem
        .target
        .map_or_else(String::new, |target| target.name);
    (target, problem.message)
}

/// The one resource of an answer.
fn resource((status, body): (u16, Value), expected: u16) -> Value {
    assert_eq!(status, expected, "{body}");
    let resources = body["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 1, "{body}");
    resources[0].clone()
}

/// Nothing here waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(future)
}
