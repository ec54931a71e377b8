//! Schemas of what is answered beyond IBM's API.

use super::shape::{Schema, answer, maybe, needed, optional, request};

#[rustfmt::skip] // one member a line
pub(super) const SCHEMAS: &[Schema] = &[
    answer("About", &[&[
        needed("product", "=keyturn"),
        needed("version", "Text"),
        needed("caller", "Text"),
        needed("role", "=Reader|SecretsReader|Writer|Manager"),
        maybe("groups", "[GroupId]"),
    ]]),
    answer("Changes", &[&[needed("count", "Count")]]),
    answer("LabelList", &[&[needed("labels", "[Text]")]]),
    answer("RemovalList", &[&[needed("removals", "[PendingRemoval]")]]),
    answer("PendingRemoval", &[&[
        needed("id", "Uuid"),
        needed("mark", "Text"),
        needed("secret_id", "Uuid"),
        needed("secret_name", "Text"),
        maybe("api_key_id", "Text"),
        maybe("service_id", "Text"),
        needed("service_id_too", "Flag"),
        needed("since", "DateTime"),
        needed("tries", "Count"),
        maybe("next_try", "DateTime"),
        maybe("problem", "Text"),
    ]]),
    answer("OrderAnswer", &[&[optional("order", "Object")]]),
    request("PrivateCertificateRequest", &[&[optional("csr", "Csr")]]),
    // one of the two
    request("ComparisonRequest", &[&[
        optional("with_version", "VersionId"),
        optional("with_rotation", "SecretVersionPrototype"),
        optional("shown", "Flag"),
    ]]),
];
