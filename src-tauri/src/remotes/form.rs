//! What a person connects to an instance with.

use std::sync::Arc;

use keyturn_api::{Code, Problem, Result, Target, fields};
use keyturn_client::{Access, Cache, Remote, ServiceKind, Settings};
use keyturn_iam::TokenSource;
use serde::Deserialize;
use specta::Type;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::Route;
use crate::files::KeptFiles;
use crate::files::certificates::{PartInput, certificates_pem};

/// An instance to connect to.
#[derive(Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConnectionForm {
    /// 1–64 characters.
    name: String,
    /// Where it is.
    place: ConnectionPlace,
    /// Its API key.
    #[specta(type = String)]
    api_key: Zeroizing<String>,
    /// Whether to keep the key in memory alone, and to ask for it after each start.
    ask_for_key: bool,
    /// Where the key is exchanged; blank: where it usually is.
    iam_url: String,
    /// Address of a proxy; blank: no proxy.
    proxy: String,
    /// A kept file with certificates to trust besides the system's.
    root_certificates: Option<String>,
}

/// Where an instance is.
#[derive(Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum ConnectionPlace {
    /// In IBM Cloud.
    IbmCloud {
        /// Region, such as `eu-de`.
        region: String,
        /// Id of the instance, a GUID.
        instance_id: String,
        /// Whether it is reached from within IBM's network.
        private: bool,
    },
    /// Anywhere.
    Address {
        /// Service URL.
        url: String,
    },
}

/// An API key for an instance that is known already.
#[derive(Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyForm {
    /// The key.
    #[specta(type = String)]
    pub(crate) api_key: Zeroizing<String>,
    /// Whether to keep it in memory alone.
    pub(crate) ask_for_key: bool,
}

/// An instance to connect to, checked.
pub(crate) struct NewConnection {
    pub(crate) name: String,
    pub(crate) route: Route,
    pub(crate) api_key: Zeroizing<String>,
    pub(crate) ask_for_key: bool,
}

impl ConnectionForm {
    /// Checks everything that can be checked without a connection. With `named` the name counts, too.
    pub(crate) fn parse(self, files: &KeptFiles, named: bool) -> Result<NewConnection> {
        let name = if named {
            fields::check_instance_name(&self.name)?
        } else {
            self.name
        };
        let root_certificates = match self.root_certificates {
            Some(token) => Some(root_certificates(token, files)?),
            None => None,
        };
        let (url, region, instance_id) = self.place.parse()?;
        let route = Route {
            url,
            iam_url: address(&self.iam_url),
            proxy: address(&self.proxy),
            root_certificates,
            region,
            instance_id,
        };
        route.check()?;
        Ok(NewConnection {
            name,
            route,
            api_key: self.api_key,
            ask_for_key: self.ask_for_key,
        })
    }

    /// The kept file that is no longer needed once it was used.
    pub(crate) fn tokens(&self) -> Vec<String> {
        self.root_certificates.iter().cloned().collect()
    }
}

impl ConnectionPlace {
    /// URL, and region and id where it is in IBM Cloud.
    fn parse(self) -> Result<(String, Option<String>, Option<String>)> {
        match self {
            Self::Address { url } => {
                let url = url.trim().trim_end_matches('/');
                // as IBM's console shows it
                let url = url.strip_suffix("/api").unwrap_or(url);
                Ok((url.to_owned(), None, None))
            }
            Self::IbmCloud {
                region,
                instance_id,
                private,
            } => {
                let in_name =
                    |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
                if region.is_empty() || !region.bytes().all(in_name) {
                    return Err(Problem::field("region", "This is no region of IBM Cloud."));
                }
                let id = Uuid::try_parse(instance_id.trim()).map_err(|_| {
                    Problem::field("instance_id", "This is no id of an instance.")
                        .remedy("Copy the GUID from the details of the service in IBM Cloud.")
                })?;
                let id = id.hyphenated().to_string();
                let url = keyturn_client::cloud_url(&id, &region, private);
                Ok((url, Some(region), Some(id)))
            }
        }
    }
}

impl Route {
    /// Refuses what could not be used, or would put something confidential into the list.
    fn check(&self) -> Result<()> {
        Settings::new(&self.url).check()?;
        let Some(proxy) = &self.proxy else {
            return Ok(());
        };
        let refused = |message: &str| Err(Problem::field("proxy", message));
        match tauri::Url::parse(proxy) {
            Ok(url) if !url.username().is_empty() || url.password().is_some() => {
                refused("The address of the proxy must not contain a user or password.")
            }
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(()),
            _ => refused("The address of the proxy begins with http:// or https://."),
        }
    }

    /// The instance behind it, connected to nothing yet.
    pub(crate) fn remote(&self, api_key: Zeroizing<String>) -> Result<Arc<Remote>> {
        self.remembering(api_key, None, None)
    }

    /// The same of one that is known: what stands there, and what was last seen of it.
    pub(crate) fn remembering(
        &self,
        api_key: Zeroizing<String>,
        kind: Option<ServiceKind>,
        seen: Option<Arc<dyn Cache>>,
    ) -> Result<Arc<Remote>> {
        let pem = self.root_certificates.as_ref();
        let authorities: Vec<_> = pem
            .map(|pem| pem.clone().into_bytes())
            .into_iter()
            .collect();
        let iam = keyturn_iam::Settings {
            url: self.address().iam_url,
            authorities: authorities.clone(),
            proxy: self.proxy.clone(),
        };
        let tokens = TokenSource::new(&iam, api_key).map_err(|error| unusable(&error))?;
        let settings = Settings {
            authorities,
            proxy: self.proxy.clone(),
            ..Settings::new(&self.url)
        };
        // What it does in the background needs the runtime, wherever this is called.
        let runtime = tauri::async_runtime::handle();
        let _entered = runtime.inner().enter();
        Remote::remembering(&settings, Access::Iam(Box::new(tokens)), kind, seen)
    }
}

/// Every certificate of a kept file, whatever its form, as PEM.
fn root_certificates(token: String, files: &KeptFiles) -> Result<String> {
    certificates_pem(&PartInput::File { token }, files)
        .map_err(|problem| problem.at(Target::field("root_certificates")))
}

fn address(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn unusable(error: &keyturn_iam::Error) -> Problem {
    let field = match error {
        keyturn_iam::Error::Key => "api_key",
        keyturn_iam::Error::Address(_) => "iam_url",
        _ => "root_certificates",
    };
    Problem::new(Code::BadRequest, error.to_string()).at(Target::field(field))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::{RemoteEntry, RemoteKind};
    use super::*;

    /// How an address is reached that nothing else is said about.
    pub(crate) fn route(url: &str) -> Route {
        Route {
            url: url.to_owned(),
            iam_url: None,
            proxy: None,
            root_certificates: None,
            region: None,
            instance_id: None,
        }
    }

    /// An instance where nobody answers.
    pub(crate) fn entry(name: &str) -> RemoteEntry {
        RemoteEntry {
            id: Uuid::new_v4(),
            name: name.to_owned(),
            color: 3,
            kind: RemoteKind::KeyturnServer,
            route: route("http://127.0.0.1:9"),
            secrets_total: Some(7),
            ask_for_key: false,
        }
    }

    fn form(change: &serde_json::Value) -> ConnectionForm {
        let mut form = serde_json::json!({
            "name": "Production", "api_key": "k", "ask_for_key": false, "iam_url": " ",
            "place": {"kind": "address", "url": " https://kt.example.test/api/ "},
            "proxy": "", "root_certificates": null,
        });
        for (name, value) in change.as_object().unwrap() {
            form[name] = value.clone();
        }
        serde_json::from_value(form).unwrap()
    }

    fn parsed(change: &serde_json::Value) -> Result<NewConnection> {
        form(change).parse(&KeptFiles::default(), true)
    }

    #[test]
    fn an_address_or_a_region_and_an_id_lead_to_an_instance() {
        let new = parsed(&serde_json::json!({})).unwrap();
        assert_eq!(new.route, route("https://kt.example.test"));
        let place = |private| {
            serde_json::json!({"place": {"kind": "ibm_cloud", "region": "eu-de", "private": private,
                "instance_id": " 9B7C6A53-0000-4000-8000-00000000000A "}})
        };
        let new = parsed(&place(false)).unwrap();
        assert_eq!(
            new.route.url,
            "https://9b7c6a53-0000-4000-8000-00000000000a.eu-de.secrets-manager.appdomain.cloud"
        );
        let private = parsed(&place(true)).unwrap().route.url;
        assert!(private.contains("000a.private.eu-de."), "{private}");
    }

    #[test]
    fn what_cannot_be_used_is_refused_at_its_field() {
        let cloud = |region: &str, id: &str| {
            serde_json::json!({"place": {"kind": "ibm_cloud", "region": region,
                "instance_id": id, "private": false}})
        };
        let address = |url: &str| serde_json::json!({"place": {"kind": "address", "url": url}});
        for (change, field) in [
            (serde_json::json!({"name": " "}), "name"),
            (address("http://kt.example.test"), "service_url"),
            (address("https://u:p@kt.example.test"), "service_url"),
            (
                cloud("eu-de/x", "9b7c6a53-0000-4000-8000-00000000000a"),
                "region",
            ),
            (cloud("eu-de", "evil.test/"), "instance_id"),
            (
                serde_json::json!({"proxy": "http://u:p@proxy.test"}),
                "proxy",
            ),
            (serde_json::json!({"proxy": "proxy.test:3128"}), "proxy"),
            (
                serde_json::json!({"root_certificates": "gone"}),
                "root_certificates",
            ),
        ] {
            let problem = parsed(&change).err().expect("it is refused");
            assert_eq!(problem.target.unwrap().name, field);
        }
        let remote = route("https://kt.example.test").remote(Zeroizing::new("a b".into()));
        let problem = remote.expect_err("it is refused");
        assert_eq!(problem.target.unwrap().name, "api_key");
        assert!(!problem.message.contains("a b"));
    }
}
