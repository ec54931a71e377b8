//! What the page asks about while somebody types.

use keyturn_api::{Problem, Result, fields};
use serde::Deserialize;
use specta::Type;

use crate::types::NewPublicCertForm;

/// Fields of a form, as far as they were typed.
#[derive(Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FieldsToCheck {
    name: Option<String>,
    description: Option<String>,
    labels: Option<Vec<String>>,
    lock_name: Option<String>,
    /// What a new public certificate needs, but not whether there are such configurations.
    public_cert: Option<Box<NewPublicCertForm>>,
}

impl FieldsToCheck {
    /// What is wrong with them.
    pub(crate) fn problems(self) -> Vec<Problem> {
        [
            self.name.as_deref().map(fields::check_name),
            self.description.as_deref().map(fields::check_description),
            self.labels.as_deref().map(fields::check_labels),
            self.lock_name.as_deref().map(fields::check_lock_name),
            self.public_cert.map(|form| form.parse().check()),
        ]
        .into_iter()
        .flatten()
        .filter_map(Result::err)
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_public_certificate_are_checked_before_it_is_ordered() {
        let fault = |name: &str| {
            let fields = serde_json::json!({ "public_cert": {
                "ca": "le", "dns": "manual", "common_name": "", "alt_names": ["a.example", name],
                "key_algorithm": "RSA2048", "bundle_certs": true,
                "rotation": { "auto_rotate": false },
            } });
            let fields: FieldsToCheck = serde_json::from_value(fields).unwrap();
            let fault = fields.problems().pop()?;
            Some(fault.target.unwrap().name)
        };
        assert_eq!(fault("*.b.example"), None);
        assert_eq!(fault("a b").as_deref(), Some("alt_names"));
    }
}
