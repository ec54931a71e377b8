//! Configurations of engines, and what authorities publish.

use http::{HeaderName, HeaderValue, Method};
use keyturn_api::wire::{Json, answer, request};
use keyturn_api::{ConfigType, ConfigurationView, NewConfiguration, Result};

use super::{Ask, Remote, in_path};

/// More than an instance can have: ten of each type.
const ROWS: u32 = 1000;

/// A question about a configuration, with the path that it owns.
pub(super) struct OnConfiguration {
    method: Method,
    path: String,
    config_type: ConfigType,
    body: Json,
}

impl OnConfiguration {
    pub(super) fn ask(&self) -> Ask<'_> {
        let mut ask = Ask::with(self.method.clone(), &self.path, self.body.clone());
        // names are unique for each type only
        let name = HeaderName::from_static("x-sm-accept-configuration-type");
        let kind = HeaderValue::from_static(self.config_type.name());
        ask.headers.insert(name, kind);
        ask
    }
}

impl Remote {
    pub(super) fn on_configuration(
        method: Method,
        config_type: ConfigType,
        name: &str,
        below: &str,
        body: Json,
    ) -> OnConfiguration {
        OnConfiguration {
            method,
            path: format!("/api/v2/configurations/{}{below}", in_path(name)),
            config_type,
            body,
        }
    }

    pub(super) async fn add_configuration(
        &self,
        new: &NewConfiguration,
    ) -> Result<ConfigurationView> {
        let ask = Ask::post("/api/v2/configurations", request::new_configuration(new));
        let made = answer::configuration(&self.ask(ask).await?.body)?;
        self.tell_change();
        Ok(made)
    }

    pub(super) async fn all_configurations(&self) -> Result<Vec<ConfigurationView>> {
        let known = |memory: &super::Memory| {
            let seen = memory.seen.at.is_some();
            seen.then(|| memory.seen.configurations.clone())
        };
        let path = format!("/api/v2/configurations?limit={ROWS}");
        let understand = |bytes: &[u8]| answer::configurations(bytes).map(|page| page.items);
        let mut all = self.read(&path, understand, known).await?;
        all.sort_by_cached_key(|view| {
            let kind = view.configuration.detail.config_type();
            (kind, view.configuration.name.to_lowercase())
        });
        self.memory().seen.configurations.clone_from(&all);
        Ok(all)
    }

    /// Where an authority publishes something (`api-v1.md`, section 5).
    pub(super) fn published(authority: &str, what: &str) -> String {
        let name = in_path(authority);
        format!("/v1/ibmcloud/private_cert/config/certificate_authorities/{name}/{what}")
    }
}

/// The PEM blocks of a text, one by one.
pub(super) fn blocks(text: &[u8]) -> Vec<String> {
    const END: &str = "-----END CERTIFICATE-----";
    let text = String::from_utf8_lossy(text);
    let parts = text
        .split_inclusive(END)
        .filter(|part| part.contains("-----BEGIN "));
    parts.map(|part| format!("{}\n", part.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_told_apart() {
        let one = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
        let chain = format!("{one}{one}\n");
        assert_eq!(blocks(chain.as_bytes()), [one, one]);
        assert!(blocks(b"nothing").is_empty());
    }
}
