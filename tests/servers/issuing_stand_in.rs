//! An ACME server that issues, for what `pebble` cannot do: renewal windows, refusals at chosen steps,
//! times of its own. It checks no signature and no DNS; its certificates are made by `openssl`.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::acme_stand_in::{AcmeStandIn, Reply, Request, directory};

/// A server that ends with the test.
pub(crate) struct IssuingStandIn {
    server: AcmeStandIn,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// Names of the present order, and whether each is proven.
    names: Vec<(String, bool)>,
    /// The certificate of the present order, PEM.
    issued: Option<String>,
    orders: u32,
    window: Option<(String, String)>,
    refusals: Vec<(&'static str, u32, Reply)>,
    whim: Whim,
    /// When the present order ends (RFC 3339).
    expires: Option<String>,
    /// How often each challenge was answered, and how often it was looked at since.
    answered: Vec<(u32, u32)>,
}

/// What it does besides.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Whim {
    #[default]
    Nothing,
    /// It takes its time: so many looks at an authorization find it pending, its challenge too.
    Slow(u32),
    /// It wants a proof for a name that nobody ordered.
    OtherName,
    /// It issues without the names.
    NoNames,
    /// The first order comes to somebody else's certificate.
    TakenOrder,
    /// The order is ready until it is looked at once more after it was finalized.
    LateNews,
}

impl IssuingStandIn {
    /// Starts one that issues for 90 days.
    pub(crate) fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let folder = TempDir::new().unwrap();
        make_root(folder.path());
        let shared = Arc::clone(&state);
        let server = AcmeStandIn::start(move |request, base| {
            let mut state = shared.lock().unwrap();
            answer(&mut state, folder.path(), request, base)
        });
        Self { server, state }
    }

    /// Where its directory is.
    pub(crate) fn directory_url(&self) -> String {
        self.server.directory_url()
    }

    /// The root of the certificate it shows to clients, PEM.
    pub(crate) fn tls_root_pem(&self) -> String {
        self.server.tls_root_pem()
    }

    /// Refuses so many requests whose path begins so.
    pub(crate) fn refuse(&self, path: &'static str, times: u32, reply: Reply) {
        self.state
            .lock()
            .unwrap()
            .refusals
            .push((path, times, reply));
    }

    /// Wants certificates renewed within this window (RFC 3339).
    pub(crate) fn want_renewal(&self, start: &str, end: &str) {
        self.state.lock().unwrap().window = Some((start.to_owned(), end.to_owned()));
    }

    /// Orders end then (RFC 3339).
    pub(crate) fn expire(&self, at: &str) {
        self.state.lock().unwrap().expires = Some(at.to_owned());
    }

    /// Behaves so from now on.
    pub(crate) fn take_a_whim(&self, whim: Whim) {
        self.state.lock().unwrap().whim = whim;
    }

    /// How often the challenges of the present order were answered.
    pub(crate) fn answers(&self) -> Vec<u32> {
        let state = self.state.lock().unwrap();
        state.answered.iter().map(|(answers, _)| *answers).collect()
    }

    /// How many orders it took.
    pub(crate) fn orders(&self) -> u32 {
        self.state.lock().unwrap().orders
    }

    /// What was sent to a path, signed.
    pub(crate) fn sent_to(&self, path: &str) -> Vec<Value> {
        let seen = self.server.seen().into_iter();
        seen.filter(|request| request.path == path)
            .map(|request| payload(&request))
            .collect()
    }

    /// Paths that were asked for.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.server
            .seen()
            .into_iter()
            .map(|request| request.path)
            .collect()
    }
}

fn answer(state: &mut State, folder: &Path, request: &Request, base: &str) -> Option<Reply> {
    let path = request.path.as_str();
    let refused = |one: &&mut (&'static str, u32, Reply)| one.1 > 0 && path.starts_with(one.0);
    if let Some((_, left, reply)) = state.refusals.iter_mut().find(refused) {
        *left -= 1;
        return Some(reply.clone());
    }
    let nonce = |reply: Reply| reply.with("Replay-Nonce", "bm9uY2U");
    let number = path
        .rsplit('/')
        .next()
        .and_then(|text| text.parse::<usize>().ok());
    let step = path.split('/').nth(1).unwrap_or_default();
    Some(match step {
        "dir" => Reply::json(200, &directory(base)),
        "account" => nonce(Reply::json(200, &json!({"status": "valid"}))),
        "new-order" => {
            let payload = payload(request);
            let names = payload["identifiers"].as_array().unwrap().iter();
            state.names = names
                .map(|one| (one["value"].as_str().unwrap().to_owned(), false))
                .collect();
            state.issued = None;
            state.orders += 1;
            state.answered = vec![(0, 0); state.names.len()];
            if state.whim == Whim::TakenOrder {
                state.whim = Whim::Nothing;
                state.issued = Some(issue_for_another(folder));
            }
            let reply = Reply::json(201, &order(state, base));
            nonce(reply.with("Location", format!("{base}/order/1")))
        }
        "order" => {
            let reply = Reply::json(200, &order(state, base));
            if state.whim == Whim::LateNews && state.issued.is_some() {
                state.whim = Whim::Nothing;
            }
            nonce(reply)
        }
        "authz" => {
            let at = number?;
            if let (Whim::Slow(looks), (1.., seen)) = (state.whim, &mut state.answered[at]) {
                *seen += 1;
                state.names[at].1 = *seen > looks;
            }
            nonce(Reply::json(200, &authorization(state, at, base)))
        }
        "chall" => {
            if request.body.contains("payload") {
                let at = number?;
                state.answered.get_mut(at)?.0 += 1;
                state.names.get_mut(at)?.1 = !matches!(state.whim, Whim::Slow(_));
            }
            nonce(Reply::json(200, &challenge(state, number?, base)))
        }
        "finalize" if state.issued.is_some() => nonce(Reply::problem(
            403,
            "orderNotReady",
            "it was finalized already",
        )),
        "finalize" => {
            let csr = payload(request)["csr"].as_str().unwrap().to_owned();
            state.issued = Some(issue(folder, &csr, state.whim != Whim::NoNames));
            nonce(Reply::json(200, &order(state, base)))
        }
        "cert" => {
            let pem = state.issued.clone().unwrap_or_default().into_bytes();
            nonce(Reply::bytes(200, pem).with("Content-Type", "application/pem-certificate-chain"))
        }
        "renewal-info" => match &state.window {
            Some((start, end)) => {
                let window = json!({"suggestedWindow": {"start": start, "end": end}});
                Reply::json(200, &window).with("Retry-After", "3600")
            }
            None => Reply::problem(404, "malformed", "no window"),
        },
        _ => return None,
    })
}

fn order(state: &State, base: &str) -> Value {
    let proven = state.names.iter().all(|(_, proven)| *proven);
    let status = match (&state.issued, proven) {
        (Some(_), _) if state.whim == Whim::LateNews => "ready",
        (Some(_), _) => "valid",
        (None, true) => "ready",
        (None, false) => "pending",
    };
    let identifiers: Vec<Value> = state
        .names
        .iter()
        .map(|(name, _)| json!({"type": "dns", "value": name}))
        .collect();
    let authorizations: Vec<String> = (0..state.names.len())
        .map(|at| format!("{base}/authz/{at}"))
        .collect();
    let mut order = json!({
        "status": status,
        "expires": state.expires,
        "identifiers": identifiers,
        "authorizations": authorizations,
        "finalize": format!("{base}/finalize/1"),
    });
    if state.issued.is_some() {
        order["certificate"] = json!(format!("{base}/cert/1"));
    }
    order
}

fn authorization(state: &State, at: usize, base: &str) -> Value {
    let (mut name, proven) = state.names[at].clone();
    if state.whim == Whim::OtherName {
        name = format!("other-{name}");
    }
    json!({
        "identifier": {"type": "dns", "value": name.trim_start_matches("*.")},
        "wildcard": name.starts_with("*."),
        "status": if proven { "valid" } else { "pending" },
        "challenges": [challenge(state, at, base)],
    })
}

fn challenge(state: &State, at: usize, base: &str) -> Value {
    json!({
        "type": "dns-01",
        "url": format!("{base}/chall/{at}"),
        "status": if state.names[at].1 { "valid" } else { "pending" },
        "token": format!("token-of-the-test-number-{at}-long-enough"),
    })
}

/// The payload of a signed request.
fn payload(request: &Request) -> Value {
    let body: Value = serde_json::from_str(&request.body).unwrap();
    serde_json::from_slice(&base64url(body["payload"].as_str().unwrap())).unwrap()
}

fn base64url(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes() {
        let value = ALPHABET.iter().position(|one| *one == byte).unwrap();
        bits = (bits << 6) | u32::try_from(value).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).unwrap());
        }
    }
    bytes
}

fn make_root(folder: &Path) {
    openssl(folder, "ecparam -genkey -name prime256v1 -out root.key");
    openssl(
        folder,
        "req -x509 -new -key root.key -out root.pem -days 3650 -subj /CN=Stand-in -addext basicConstraints=critical,CA:TRUE",
    );
    fs::write(folder.join("leaf.cnf"), "authorityKeyIdentifier=keyid\n").unwrap();
}

fn issue(folder: &Path, csr: &str, with_names: bool) -> String {
    fs::write(folder.join("csr.der"), base64url(csr)).unwrap();
    let copy = if with_names { "copyall" } else { "none" };
    openssl(
        folder,
        &format!(
            "x509 -req -inform DER -in csr.der -CA root.pem -CAkey root.key -copy_extensions {copy} -days 90 -extfile leaf.cnf -out leaf.pem"
        ),
    );
    let leaf = fs::read_to_string(folder.join("leaf.pem")).unwrap();
    leaf + &fs::read_to_string(folder.join("root.pem")).unwrap()
}

/// A certificate for a key that nobody has.
fn issue_for_another(folder: &Path) -> String {
    openssl(folder, "ecparam -genkey -name prime256v1 -out other.key");
    openssl(
        folder,
        "req -x509 -key other.key -out other.pem -days 90 -subj /CN=other -CA root.pem -CAkey root.key",
    );
    fs::read_to_string(folder.join("other.pem")).unwrap()
}

fn openssl(folder: &Path, arguments: &str) {
    let output = Command::new("openssl")
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
