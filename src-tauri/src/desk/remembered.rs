//! What the window remembers of an instance: sealed in a vault, for a remote one in the settings of
//! this program.

use keyturn_api::Result;
use keyturn_vault::DnsLookup;
use uuid::Uuid;

use super::Desk;
use super::active::Open;

/// Name of the DNS look-up beside the views of an instance.
const DNS_LOOKUP: &str = "dns_lookup";

impl Desk {
    /// Something the window remembers of the open instance, JSON; nothing if it never did.
    pub(crate) fn view_state(&self, name: &str) -> Result<Option<String>> {
        match self.opened()? {
            Open::Vault(vault) => vault.view_state(name),
            Open::Remote(_) => Ok(self.settings.view_state(self.active_id()?, name)),
        }
    }

    /// Remembers something of the open instance.
    pub(crate) fn set_view_state(&self, name: &str, json: &str) -> Result<()> {
        match self.opened()? {
            Open::Vault(vault) => vault.set_view_state(name, json),
            Open::Remote(_) => {
                self.settings
                    .set_view_state(self.active_id()?, name, json.to_owned())
            }
        }
    }

    /// How the records of orders in the open instance are looked up.
    pub(crate) fn dns_lookup(&self) -> Result<DnsLookup> {
        match self.opened()? {
            Open::Vault(vault) => vault.dns_lookup(),
            Open::Remote(_) => {
                let kept = self.settings.view_state(self.active_id()?, DNS_LOOKUP);
                let kept = kept.and_then(|json| serde_json::from_str(&json).ok());
                Ok(kept.unwrap_or_default())
            }
        }
    }

    /// Changes how they are; what holds then.
    pub(crate) fn set_dns_lookup(&self, lookup: &DnsLookup) -> Result<DnsLookup> {
        match self.opened()? {
            Open::Vault(vault) => vault.set_dns_lookup(self.owner(), lookup)?,
            Open::Remote(_) => {
                lookup.check()?;
                let json = serde_json::to_string(lookup).unwrap_or_default();
                self.settings
                    .set_view_state(self.active_id()?, DNS_LOOKUP, json)?;
            }
        }
        self.dns_lookup()
    }

    fn active_id(&self) -> Result<Uuid> {
        let active = self.active();
        let active = active.as_ref().ok_or_else(super::none_open)?;
        Ok(active.entry.id())
    }
}
