//! Schemas of groups, locks, pages, tokens and refusals.

use super::shape::{Member, Schema, answer, any_of, maybe, needed, optional, request};

#[rustfmt::skip] // one member a line
pub(super) const SCHEMAS: &[Schema] = &[
    request("SecretGroupPrototype", &[&[
        needed("name", "GroupName"),
        optional("description", "Description"),
    ]]),
    request("SecretGroupPatch", &[&[
        maybe("name", "GroupName"),
        optional("description", "Description"),
    ]]),
    answer("SecretGroup", &[&[
        needed("id", "GroupId"),
        needed("name", "GroupName"),
        needed("description", "Text"),
        needed("created_at", "DateTime"),
        needed("created_by", "Text"),
        needed("updated_at", "DateTime"),
    ]]),
    answer("SecretGroupList", &[&[
        needed("total_count", "Count"),
        needed("secret_groups", "[SecretGroup]"),
    ]]),

    request("SecretLocksPrototype", &[&[needed("locks", "NewLocks")]]),
    request("SecretLockPrototype", &[&[
        needed("name", "LockName"),
        optional("description", "Description"),
        optional("attributes", "Metadata"),
    ]]),
    answer("SecretLocks", &[&[
        needed("secret_id", "Uuid"),
        needed("secret_group_id", "GroupId"),
        needed("secret_type", "SecretType"),
        needed("secret_name", "Name"),
        needed("versions", "[VersionLocks]"),
    ]]),
    answer("VersionLocks", &[&[
        needed("version_id", "Uuid"),
        needed("version_alias", "=current|previous"),
        needed("locks", "[LockName]"),
        needed("payload_available", "Flag"),
    ]]),
    answer("SecretLock", &[&[
        needed("name", "LockName"),
        maybe("description", "Text"),
        maybe("attributes", "Object"),
        needed("created_at", "DateTime"),
        needed("updated_at", "DateTime"),
        needed("created_by", "Text"),
        needed("secret_group_id", "GroupId"),
        needed("secret_id", "Uuid"),
        needed("secret_version_id", "Uuid"),
        needed("secret_version_alias", "=current|previous"),
    ]]),
    answer("SecretLockPage", &[PAGE, &[needed("locks", "[SecretLock]")]]),
    answer("SecretsLocksPage", &[PAGE, &[needed("secrets_locks", "[SecretLocks]")]]),
    answer("PageAddress", &[&[needed("href", "Uri")]]),

    // a form; what else IBM's clients send is not looked at
    answer("TokenRequest", &[&[
        needed("grant_type", "=urn:ibm:params:oauth:grant-type:apikey"),
        needed("apikey", "Given"),
    ]]),
    answer("Token", &[&[
        needed("access_token", "Text"),
        needed("refresh_token", "Text"),
        needed("token_type", "=Bearer"),
        needed("expires_in", "Count"),
        needed("expiration", "Count"),
        needed("scope", "Text"),
    ]]),
    // IBM Cloud IAM's shape, but for what is refused before the form is read
    any_of("TokenRefusal", &["IamError", "ErrorContainer"]),
    answer("IamError", &[&[
        needed("errorCode", "Text"),
        needed("errorMessage", "Text"),
        needed("context", "Object"),
    ]]),
    answer("ErrorContainer", &[&[
        needed("errors", "[Error]"),
        needed("trace", "Uuid"),
        needed("status_code", "Count"),
    ]]),
    answer("Error", &[&[
        needed("code", "Text"),
        needed("message", "Text"),
        maybe("target", "ErrorTarget"),
    ]]),
    answer("ErrorTarget", &[&[
        needed("type", "=field|parameter|header"),
        needed("name", "Text"),
    ]]),
];

/// What each page of a list has.
pub(super) const PAGE: &[Member] = &[
    needed("total_count", "Count"),
    needed("limit", "Count"),
    needed("offset", "Count"),
    needed("first", "PageAddress"),
    maybe("next", "PageAddress"),
    maybe("previous", "PageAddress"),
    needed("last", "PageAddress"),
];
