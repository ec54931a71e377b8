//! A secret as v1 shows it: fields by type, the value apart from the rest, the versions inside.

use super::{
    call::Call,
    json::{Members, Node, entries},
    shape::{Field, Form, Made, picked, renamed, same},
    versions,
};
use crate::SecretType;

const COMMON: &[Field] = &[
    same("id"),
    same("name"),
    same("description"),
    same("secret_group_id"),
    same("labels"),
    same("state"),
    same("state_description").form(Form::Word),
    same("secret_type"),
    same("crn"),
    renamed("created_at", "creation_date"),
    same("created_by"),
    renamed("updated_at", "last_update_date"),
    same("versions_total"),
    same("locks_total"),
    same("custom_metadata"),
];

const CERTIFICATE: &[Field] = &[
    same("serial_number"),
    renamed("signing_algorithm", "algorithm"),
    same("key_algorithm").form(Form::OldCurve),
    same("issuer"),
    same("validity"),
    same("common_name"),
    same("alt_names"),
    same("intermediate_included"),
    same("private_key_included"),
    same("expiration_date"),
];

const PUBLIC: &[Field] = &[
    same("ca"),
    same("dns"),
    same("bundle_certs"),
    same("rotation"),
];

const PRIVATE: &[Field] = &[
    same("certificate_template"),
    same("certificate_authority"),
    same("common_name"),
    same("alt_names"),
    same("rotation"),
    renamed("signing_algorithm", "algorithm"),
    same("key_algorithm").form(Form::OldCurve),
    same("issuer"),
    same("validity"),
    same("serial_number"),
    renamed("revocation_time_seconds", "revocation_time"),
    same("revocation_time_rfc3339"),
];

const IAM: &[Field] = &[
    same("ttl"),
    same("access_groups"),
    same("api_key_id"),
    same("service_id"),
    same("service_id_is_static"),
    same("reuse_api_key"),
    same("next_rotation_date"),
];

const ISSUANCE: &[Field] = &[
    same("ordered_on"),
    same("error_code"),
    same("error_message"),
    same("state"),
    same("state_description").form(Form::Word),
    same("auto_rotated"),
    same("challenges"),
    same("dns_challenge_validation_time"),
];
/// What v2 has on the secret, and v1 in the order as well.
const ORDERED: &[Field] = &[same("bundle_certs"), same("ca"), same("dns")];

/// What a type has beyond the others.
const fn fields(secret_type: SecretType) -> &'static [&'static [Field]] {
    const EXPIRES: &[Field] = &[same("expiration_date")];
    const ROTATES: &[Field] = &[same("next_rotation_date")];
    match secret_type {
        SecretType::Arbitrary => &[EXPIRES],
        SecretType::UsernamePassword => &[EXPIRES, ROTATES],
        SecretType::ImportedCert => &[CERTIFICATE],
        SecretType::PublicCert => &[PUBLIC, CERTIFICATE],
        SecretType::PrivateCert => &[PRIVATE],
        SecretType::IamCredentials => &[IAM],
        SecretType::Kv
        | SecretType::CustomCredentials
        | SecretType::Other
        | SecretType::ServiceCredentials => &[],
    }
}

/// The members of a value, which v2 has beside the metadata.
const fn value_fields(secret_type: SecretType) -> &'static [Field] {
    const CERTIFICATE: &[Field] = &[
        same("certificate"),
        same("private_key"),
        same("intermediate"),
    ];
    match secret_type {
        SecretType::Arbitrary => const { &[same("payload")] },
        SecretType::Kv => const { &[renamed("data", "payload")] },
        SecretType::UsernamePassword => const { &[same("username"), same("password")] },
        SecretType::ImportedCert | SecretType::PublicCert => CERTIFICATE,
        SecretType::PrivateCert => {
            const {
                &[
                    same("certificate"),
                    same("private_key"),
                    same("issuing_ca"),
                    same("ca_chain"),
                ]
            }
        }
        SecretType::IamCredentials => {
            const { &[same("api_key"), same("api_key_id"), same("service_id")] }
        }
        SecretType::CustomCredentials | SecretType::Other | SecretType::ServiceCredentials => &[],
    }
}

/// Metadata, without value and versions.
pub(super) fn metadata<'a>(secret_type: SecretType, secret: &Members<'a>) -> Made<'a> {
    let mut made = picked(secret, COMMON);
    for fields in fields(secret_type) {
        made.extend(picked(secret, fields));
    }
    if secret_type == SecretType::PublicCert {
        // v2 does not say it of these: what was ordered here always has its key
        let issued = secret.get("serial_number").is_some();
        made.push(("private_key_included", Node::Made(issued.to_string())));
        if let Some(order) = secret.get("issuance_info").and_then(Members::of) {
            let mut info = picked(&order, ISSUANCE);
            info.extend(picked(secret, ORDERED));
            made.push(("issuance_info", Node::Object(info)));
        }
    }
    made
}

/// A value as v1 nests it; none if there is none.
pub(super) fn secret_data<'a>(secret_type: SecretType, source: &Members<'a>) -> Option<Node<'a>> {
    let data = picked(source, value_fields(secret_type));
    (!data.is_empty()).then_some(Node::Object(data))
}

/// A whole secret: metadata, the value of `value` and the versions, each as far as it is there.
pub(super) fn whole<'a>(
    secret_type: SecretType,
    secret: &Members<'a>,
    value: Option<&Members<'a>>,
    versions: Option<&Members<'a>>,
) -> Node<'a> {
    let mut made = metadata(secret_type, secret);
    if let Some(list) = versions.and_then(|versions| versions.get("versions")) {
        let list = entries(list).unwrap_or_default().into_iter();
        let shown = list.filter_map(Members::of);
        let shown = shown.map(|version| versions::info(secret_type, &version, secret));
        made.push(("versions", Node::List(shown.collect())));
    }
    let Some(value) = value else {
        return Node::Object(made);
    };
    match secret_type {
        SecretType::IamCredentials => made.extend(picked(value, &[same("api_key")])),
        SecretType::PublicCert if value.get("certificate").is_some() => {
            let included = value.get("intermediate").is_some();
            made.push(("intermediate_included", Node::Made(included.to_string())));
        }
        _ => {}
    }
    if secret_type != SecretType::IamCredentials
        && let Some(data) = secret_data(secret_type, value)
    {
        made.push(("secret_data", data));
    }
    Node::Object(made)
}

/// The versions of a secret that was changed just now. That they cannot be read does not undo the
/// change, and must not look as if it did: the client would do it again.
pub(super) async fn versions_if_any(call: &Call<'_>, path: &str) -> Option<super::Answer> {
    call.get(format!("{path}/versions")).await.ok()
}
