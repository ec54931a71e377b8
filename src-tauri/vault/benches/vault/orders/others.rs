//! What orders are measured against: instant-acme, which keeps nothing, and Debian's certbot.

use std::{
    future::Future,
    path::PathBuf,
    pin::Pin,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::Request;
use instant_acme::{
    Account, AuthorizationStatus, BodyWrapper, BytesResponse, ChallengeType, Error, HttpClient,
    Identifier, NewAccount, NewOrder, OrderStatus, RetryPolicy,
};
use tempfile::TempDir;

use crate::servers::pebble::Pebble;

/// Looks as often as we do; as it stands, it would wait for a quarter of a second at least.
const LOOKS: RetryPolicy = RetryPolicy::new().initial_delay(Duration::from_millis(40));

/// An account of instant-acme.
pub struct Bare(Account);

/// The HTTP client that we use as well.
struct Https(Arc<reqwest::Client>);

impl HttpClient for Https {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let client = Arc::clone(&self.0);
        Box::pin(async move {
            let failed = |error| Error::Other(Box::new(error));
            let request = request.map(reqwest::Body::wrap);
            let request = reqwest::Request::try_from(request).map_err(failed)?;
            let answer = client.execute(request).await.map_err(failed)?;
            Ok(http::Response::<reqwest::Body>::from(answer).into())
        })
    }
}

impl Bare {
    /// Registers it.
    pub async fn new(pebble: &Pebble) -> Self {
        let root = reqwest::Certificate::from_pem(pebble.tls_root_pem().as_bytes());
        let client = reqwest::Client::builder()
            .tls_certs_only([root.expect("a root")])
            .build()
            .expect("a client");
        let new = NewAccount {
            contact: &[],
            terms_of_service_agreed: true,
            only_return_existing: false,
        };
        let builder = Account::builder_with_http(Box::new(Https(Arc::new(client))));
        let account = builder.create(&new, pebble.directory_url(), None).await;
        Self(account.expect("an account").0)
    }

    /// Orders a certificate for a new P-256 key.
    pub async fn order(&self, names: &[String]) {
        let names: Vec<Identifier> = names.iter().cloned().map(Identifier::Dns).collect();
        let order = self.0.new_order(&NewOrder::new(&names)).await;
        let mut order = order.expect("an order");
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization.expect("an authorization");
            assert_eq!(authorization.status, AuthorizationStatus::Pending);
            let challenge = authorization.challenge(ChallengeType::Dns01);
            let mut challenge = challenge.expect("a challenge");
            std::hint::black_box(challenge.key_authorization().dns_value());
            challenge.set_ready().await.expect("answered");
        }
        let status = order.poll_ready(&LOOKS).await.expect("a status");
        assert_eq!(status, OrderStatus::Ready);
        let key = order.finalize().await.expect("finalized");
        let chain = order.poll_certificate(&LOOKS).await.expect("issued");
        std::hint::black_box((key, chain));
    }
}

/// certbot with an account, and hooks that do nothing.
pub struct Certbot {
    folder: TempDir,
    directory_url: String,
}

impl Certbot {
    /// Registers it.
    pub fn new(pebble: &Pebble) -> Self {
        let made = Self {
            folder: tempfile::tempdir().expect("a folder"),
            directory_url: pebble.directory_url(),
        };
        std::fs::write(made.root(), pebble.tls_root_pem()).expect("written");
        let new = ["register", "--register-unsafely-without-email"];
        made.run(&new);
        made
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root.pem")
    }

    /// How long an order takes, in milliseconds.
    pub fn order(&self, names: &[String]) -> f64 {
        let mut arguments = vec!["certonly", "--manual", "--preferred-challenges", "dns"];
        arguments.extend(["--manual-auth-hook", "/bin/true", "--key-type", "ecdsa"]);
        for name in names {
            arguments.extend(["--domain", name]);
        }
        let start = Instant::now();
        self.run(&arguments);
        start.elapsed().as_secs_f64() * 1000.0
    }

    fn run(&self, arguments: &[&str]) {
        let folder = self.folder.path();
        let mut command = Command::new("certbot");
        command.args(arguments);
        command.args(["--non-interactive", "--agree-tos", "--server"]);
        command.arg(&self.directory_url);
        for place in ["config", "work", "logs"] {
            command
                .arg(format!("--{place}-dir"))
                .arg(folder.join(place));
        }
        let output = command
            .env("REQUESTS_CA_BUNDLE", self.root())
            .stdin(Stdio::null())
            .output()
            .expect("certbot is installed");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "certbot: {said}");
    }
}
