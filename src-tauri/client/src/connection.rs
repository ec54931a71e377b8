//! Requests to one instance.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};
use keyturn_api::{Code, Problem, Target};
use keyturn_iam::TokenSource;
use reqwest::{Client, Proxy, redirect};
use zeroize::Zeroizing;

use crate::address::Address;
use crate::attempt::{self, Missed, Outgoing};
use crate::pace::Pace;
use crate::remote::is_ibm_cloud;
use crate::{Failure, Reply, retry, rotation};

/// Until a connection stands.
const CONNECTING: Duration = Duration::from_secs(10);
/// Until an answer is there. An order of a certificate waits for its challenges that long.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Where an instance is, and how to get there.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Service URL, without `/api/v2`.
    pub url: String,
    /// Certificates to trust besides the system's, PEM.
    pub authorities: Vec<Vec<u8>>,
    /// Address of a proxy; none: no proxy, whatever the environment says.
    pub proxy: Option<String>,
    /// How long an answer may take.
    pub timeout: Duration,
    /// Whether requests are kept apart as on IBM's hosts, where they always are.
    pub paced: bool,
    /// First pause before a repetition; each further one is twice as long.
    pub back_off: Duration,
}

impl Settings {
    /// For a service URL, with everything else as it should be.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            authorities: Vec::new(),
            proxy: None,
            timeout: TIMEOUT,
            paced: false,
            back_off: Duration::from_secs(1),
        }
    }

    /// Checks the service URL, before anybody is asked for a key.
    pub fn check(&self) -> keyturn_api::Result<()> {
        Address::parse(&self.url).map(|_| ())
    }
}

/// Who asks.
pub enum Access {
    /// With an API key, exchanged for tokens.
    Iam(Box<TokenSource>),
    /// With a token that somebody else got.
    Token(Zeroizing<String>),
    /// With nothing.
    Nobody,
}

/// A remote instance.
pub struct Connection {
    http: Client,
    address: Address,
    access: Access,
    timeout: Duration,
    back_off: Duration,
    /// Where the service asks for it.
    pace: Option<Pace>,
}

impl Connection {
    /// Connects to nothing yet.
    pub fn new(settings: &Settings, access: Access) -> keyturn_api::Result<Self> {
        Ok(Self {
            http: http(settings)?,
            address: Address::parse(&settings.url)?,
            access,
            timeout: settings.timeout,
            back_off: settings.back_off,
            pace: (settings.paced || is_ibm_cloud(&settings.url)).then(Pace::default),
        })
    }

    /// Sends a request; whatever the instance answers is a reply. What may be repeated without
    /// taking effect twice is, at most four times. A rotation that was sent and not answered is
    /// looked for, and the failure tells whether a new version is there.
    pub async fn send(
        &self,
        method: Method,
        path_and_query: &str,
        body: Zeroizing<Vec<u8>>,
    ) -> Result<Reply, Failure> {
        self.send_with(method, path_and_query, HeaderMap::new(), body)
            .await
    }

    /// [`Self::send`] with headers besides those that every request has.
    pub async fn send_with(
        &self,
        method: Method,
        path_and_query: &str,
        headers: HeaderMap,
        body: Zeroizing<Vec<u8>>,
    ) -> Result<Reply, Failure> {
        let secret = rotation::secret_of(&method, path_and_query);
        let outgoing = Outgoing {
            url: self.address.join(path_and_query)?,
            method,
            headers,
            body: Bytes::from_owner(body),
            timeout: self.timeout,
            retries: retry::RETRIES,
            patient: true,
        };
        match secret {
            Some(secret) => rotation::send(self, secret, &outgoing, None).await,
            None => self.send_patiently(&outgoing).await,
        }
    }

    /// [`Self::send_with`] for what is no rotation; `once`: without repetitions where nobody answers,
    /// and with few where something else does.
    pub(crate) async fn send_as(
        &self,
        method: Method,
        path_and_query: &str,
        headers: HeaderMap,
        body: Zeroizing<Vec<u8>>,
        once: bool,
    ) -> Result<Reply, Failure> {
        let outgoing = Outgoing {
            url: self.address.join(path_and_query)?,
            method,
            headers,
            body: Bytes::from_owner(body),
            timeout: self.timeout,
            retries: if once { retry::FEW } else { retry::RETRIES },
            patient: !once,
        };
        self.send_patiently(&outgoing).await
    }

    /// A rotation of a secret whose versions were `known` when it was last looked at.
    pub(crate) async fn rotate(
        &self,
        secret: &str,
        path: &str,
        headers: HeaderMap,
        body: Zeroizing<Vec<u8>>,
        known: Option<BTreeSet<String>>,
    ) -> Result<Reply, Failure> {
        let outgoing = Outgoing {
            url: self.address.join(path)?,
            method: Method::POST,
            headers,
            body: Bytes::from_owner(body),
            timeout: self.timeout,
            retries: retry::RETRIES,
            patient: true,
        };
        rotation::send(self, secret, &outgoing, known).await
    }

    /// A read that is part of another request.
    pub(crate) async fn read(&self, path: &str) -> Result<Reply, Failure> {
        let outgoing = Outgoing {
            url: self.address.join(path)?,
            method: Method::GET,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            timeout: self.timeout,
            retries: retry::RETRIES,
            patient: true,
        };
        self.send_patiently(&outgoing).await
    }

    /// Sends, and repeats what may be repeated.
    pub(crate) async fn send_patiently(&self, outgoing: &Outgoing) -> Result<Reply, Failure> {
        let idempotent = retry::is_idempotent(&outgoing.method);
        let mut repeated = 0;
        let mut renewed = false;
        let mut unsure = false;
        loop {
            let token = self.token().await?;
            let token = token.as_ref().map(|token| token.as_str());
            if let Some(pace) = &self.pace {
                pace.turn().await;
            }
            let sent = attempt::send(&self.http, outgoing, token).await;
            let last = repeated == outgoing.retries;
            let asked = match sent {
                // Refused, so it did nothing: the token may have been revoked with its key.
                Ok(reply) if reply.status == 401 && !renewed && self.forget(token).await => {
                    renewed = true;
                    continue;
                }
                // it was this, and not somebody else, as far as anybody can tell
                Ok(reply) if unsure && reply.status == 404 && outgoing.method == Method::DELETE => {
                    return Ok(Reply::done());
                }
                Ok(reply) if last || !retry::may_repeat(&outgoing.method, reply.status) => {
                    return Ok(reply);
                }
                Ok(reply) => {
                    unsure |= reply.status != 429;
                    let asked = retry::retry_after(&reply.headers);
                    if retry::pause(repeated, asked, self.back_off).is_none() {
                        return Ok(reply);
                    }
                    asked
                }
                Err(Missed::Unsent(problem)) if last || !outgoing.patient => {
                    return Err(problem.into());
                }
                Err(Missed::Unanswered(problem)) if last || !idempotent || !outgoing.patient => {
                    return Err(unanswered(problem, idempotent));
                }
                Err(Missed::Unreadable(problem)) => return Err(unanswered(problem, idempotent)),
                Err(missed) => {
                    unsure |= matches!(missed, Missed::Unanswered(_));
                    None
                }
            };
            let pause = retry::pause(repeated, asked, self.back_off);
            tokio::time::sleep(pause.unwrap_or_default()).await;
            repeated += 1;
        }
    }

    async fn token(&self) -> Result<Option<Zeroizing<String>>, Failure> {
        match &self.access {
            Access::Nobody => Ok(None),
            Access::Token(token) => Ok(Some(token.clone())),
            Access::Iam(source) => source.token().await.map(Some).map_err(|error| {
                // people who named one address know of no token server
                let own = self.address.is_same_server(source.url());
                let told = own.then(|| attempt::not_exchanged(&error)).flatten();
                told.unwrap_or_else(|| no_token(&error)).into()
            }),
        }
    }

    /// Forgets a token that was refused. Whether there can be another one.
    async fn forget(&self, token: Option<&str>) -> bool {
        match (&self.access, token) {
            (Access::Iam(source), Some(token)) => {
                source.forget(token).await;
                true
            }
            _ => false,
        }
    }
}

/// No redirects, for the token would follow them; no proxy that nobody named.
fn http(settings: &Settings) -> keyturn_api::Result<Client> {
    let refused = |message: &str| Problem::new(Code::BadRequest, message);
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        .user_agent(concat!("keyturn/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECTING)
        .pool_idle_timeout(Duration::from_secs(20))
        .no_proxy();
    for pem in &settings.authorities {
        let roots = reqwest::Certificate::from_pem_bundle(pem)
            .map_err(|_| refused("The certificate of the authority cannot be read."))?;
        builder = builder.tls_certs_merge(roots);
    }
    if let Some(proxy) = &settings.proxy {
        // what goes by HTTP stays within this computer
        let proxy = Proxy::https(proxy.as_str()).map_err(|_| {
            refused("The address of the proxy is not a URL.").at(Target::parameter("proxy"))
        })?;
        builder = builder.proxy(proxy);
    }
    builder
        .build()
        .map_err(|_| refused("The root certificates of the system cannot be used."))
}

/// A request was sent, and nobody knows what became of it.
fn unanswered(problem: Problem, idempotent: bool) -> Failure {
    if idempotent {
        return problem.into();
    }
    let message = format!(
        "{} The request had been sent, so it is not known whether it took effect.",
        problem.message
    );
    Failure {
        problem: Problem::new(problem.code, message)
            .remedy("It was not repeated. Look at what it should have changed before you do."),
        maybe_done: true,
        new_version: None,
    }
}

/// Why there is no token, and what to do.
fn no_token(error: &keyturn_iam::Error) -> Problem {
    use keyturn_iam::Error;
    let (code, remedy) = match error {
        Error::Refused | Error::Key => (
            Code::Unauthorized,
            "Check the API key. It may have expired or been revoked; a Manager of the instance can \
             make another one.",
        ),
        Error::RateLimited => (Code::RateLimited, "Wait a moment and try again."),
        Error::Untrusted => (
            Code::Io,
            "If it has a certificate of an authority of your own, name that authority's \
             certificate.",
        ),
        _ => (Code::Io, "Check the IAM URL and the network."),
    };
    Problem::new(code, error.to_string()).remedy(remedy)
}
