//! A server over a vault of its own, on a port of its own.

#![allow(dead_code, reason = "not every suite asks everything")]

use std::{collections::BTreeSet, sync::Arc};

use keyturn_api::{Caller, Instance, Keys, NewApiKey, NewSecretGroup, Role, Surface};
use keyturn_server::{Api, Config, Listener, serve};
use keyturn_vault::{Home, NewVault, Sensitive, SystemClock, Vault, VaultKind, seal::KdfParams};
use serde_json::Value;
use tokio::sync::oneshot;

pub(crate) struct Served {
    pub(crate) base: String,
    pub(crate) vault: Arc<Vault>,
    pub(crate) http: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    _home: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) json: Value,
    pub(crate) headers: reqwest::header::HeaderMap,
}

impl Served {
    pub(crate) async fn start() -> Self {
        Self::start_with(Config::default()).await
    }

    pub(crate) async fn start_with(config: Config) -> Self {
        let home = tempfile::tempdir().unwrap();
        let new = NewVault {
            name: "Served".into(),
            kind: VaultKind::Local,
            keyring: false,
            passphrase: Some(Sensitive::from_string("correct horse battery".to_owned())),
            kdf: Some(KdfParams::FLOOR),
        };
        let folder = Home::at(home.path().join("home")).unwrap();
        let (vault, _) = folder.create(&new, Arc::new(SystemClock)).unwrap();
        let api = Api::new(Arc::clone(&vault) as _, Arc::clone(&vault) as _, config);
        let listener = Listener::bind("127.0.0.1:0".parse().unwrap(), None)
            .await
            .unwrap();
        let base = format!("http://{}", listener.address().unwrap());
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(serve(api, listener, async {
            let _ = stopped.await;
        }));
        Self {
            base,
            vault,
            http: reqwest::Client::new(),
            stop: Some(stop),
            _home: home,
        }
    }

    /// An API key, its id and a token of it.
    pub(crate) async fn key(
        &self,
        name: &str,
        role: Role,
        groups: Option<&[&str]>,
    ) -> (String, String) {
        let new = NewApiKey {
            name: name.into(),
            role,
            groups: groups.map(|ids| ids.iter().map(|&id| id.to_owned()).collect::<BTreeSet<_>>()),
            expires_at: None,
        };
        let made = self.vault.create_api_key(&owner(), new).await.unwrap();
        let got = self.exchange(&made.secret).await;
        assert_eq!(got.status, 200, "{:?}", got.json);
        (
            made.key.id,
            got.json["access_token"].as_str().unwrap().to_owned(),
        )
    }

    /// Exchanges an API key as IBM's SDKs do.
    pub(crate) async fn exchange(&self, key: &str) -> Got {
        let form = format!(
            "grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey={key}\
             &response_type=cloud_iam"
        );
        let request = self
            .http
            .post(format!("{}/identity/token", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        Self::send(request).await
    }

    pub(crate) async fn group(&self, name: &str) -> String {
        let new = NewSecretGroup {
            name: name.into(),
            description: None,
        };
        let made = self.vault.create_secret_group(&owner(), new).await.unwrap();
        made.group.id
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// A request with a token and, unless it is null, a body.
    pub(crate) async fn call(&self, token: &str, method: &str, path: &str, body: Value) -> Got {
        let mut request = self.request(method, path).bearer_auth(token);
        if !body.is_null() {
            let kind = if method == "PATCH" {
                "application/merge-patch+json"
            } else {
                "application/json"
            };
            request = request.header("content-type", kind).body(body.to_string());
        }
        Self::send(request).await
    }

    pub(crate) async fn send(request: reqwest::RequestBuilder) -> Got {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        Got {
            status,
            json: serde_json::from_str(&text).unwrap_or(Value::String(text)),
            headers,
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        self.vault.close();
    }
}

pub(crate) fn owner() -> Caller {
    Caller::owner("tester", Surface::Window)
}
