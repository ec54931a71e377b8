//! Asking for a page of configurations.

use super::ConfigurationView;
use crate::{Code, Page, Problem, Result, SecretType, Target, fields};

/// Parameters of `list_configurations` (API v2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListConfigurations {
    /// First row, 0..=10,000,000.
    pub offset: u32,
    /// Rows, 1..=1000.
    pub limit: u32,
    /// Order and whether it is turned round; without it by type and name.
    pub sort: Option<(ConfigurationSort, bool)>,
    /// 2–128 characters, looked for in the name; case is ignored.
    pub search: Option<String>,
    /// Any of these engines; empty: all.
    pub secret_types: Vec<SecretType>,
}

/// What configurations can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigurationSort {
    /// `config_type`
    ConfigType,
    /// `secret_type`
    SecretType,
    /// `name`
    Name,
}

impl ListConfigurations {
    /// Checks every parameter.
    pub fn check(&self) -> Result<()> {
        let parameter = |name: &str, message: &str| {
            Err(Problem::new(Code::BadRequest, message).at(Target::parameter(name)))
        };
        if self.offset > 10_000_000 {
            return parameter("offset", "The offset is at most 10,000,000.");
        }
        if self.limit > 1000 {
            return parameter("limit", "The limit is at most 1000.");
        }
        if self.secret_types.iter().any(|kind| !has_engine(*kind)) {
            return parameter("secret_types", "One of these types has no configurations.");
        }
        self.search.as_deref().map_or(Ok(()), fields::check_search)
    }

    /// The page of the few that there are.
    pub fn page(&self, mut all: Vec<ConfigurationView>) -> Page<ConfigurationView> {
        let search = self.search.as_ref().map(|text| text.to_lowercase());
        all.retain(|view| {
            let configuration = &view.configuration;
            let kinds = &self.secret_types;
            let wanted = kinds.is_empty() || kinds.contains(&configuration.secret_type);
            let named = |text: &String| configuration.name.to_lowercase().contains(text.as_str());
            wanted && search.as_ref().is_none_or(named)
        });
        if let Some((key, descending)) = self.sort {
            all.sort_by_cached_key(|view| {
                let configuration = &view.configuration;
                match key {
                    ConfigurationSort::ConfigType => {
                        configuration.detail.config_type().name().into()
                    }
                    ConfigurationSort::SecretType => configuration.secret_type.name().into(),
                    ConfigurationSort::Name => configuration.name.to_lowercase(),
                }
            });
            if descending {
                all.reverse();
            }
        }
        let total_count = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let (offset, limit) = (self.offset as usize, self.limit as usize);
        Page {
            items: all.into_iter().skip(offset).take(limit).collect(),
            total_count,
            offset: self.offset,
            limit: self.limit,
        }
    }
}

/// Whether secrets of a type come from a secrets engine that is configured.
const fn has_engine(secret_type: SecretType) -> bool {
    matches!(
        secret_type,
        SecretType::CustomCredentials
            | SecretType::IamCredentials
            | SecretType::PrivateCert
            | SecretType::PublicCert
    )
}
