//! What each operation takes and answers, beyond what the declared list of routes says.

use super::shape::{Member, maybe, needed};

/// An operation as it is documented.
pub(super) struct Documented {
    pub(super) operation: &'static str,
    pub(super) summary: &'static str,
    pub(super) query: &'static [Member],
    pub(super) body: Option<Body>,
    /// Status and what comes with it; nothing for operations that need a cloud: they never succeed.
    pub(super) success: Option<(u16, Content)>,
    /// Statuses of refusals, besides those that every operation has.
    pub(super) refusals: &'static [u16],
}

#[derive(Clone, Copy)]
pub(super) struct Body {
    pub(super) schema: &'static str,
    pub(super) required: bool,
    pub(super) form: bool,
}

#[derive(Clone, Copy)]
pub(super) enum Content {
    Nothing,
    Json(&'static str),
    File(&'static str),
}

pub(super) const fn documented(operation: &'static str, summary: &'static str) -> Documented {
    Documented {
        operation,
        summary,
        query: &[],
        body: None,
        success: None,
        refusals: &[],
    }
}

impl Documented {
    pub(super) const fn query(mut self, query: &'static [Member]) -> Self {
        self.query = query;
        self
    }

    pub(super) const fn sent(mut self, schema: &'static str) -> Self {
        self.body = Some(Body {
            schema,
            required: true,
            form: false,
        });
        self
    }

    /// A body without which the request counts as an empty object.
    pub(super) const fn maybe_sent(mut self, schema: &'static str) -> Self {
        self.body = Some(Body {
            schema,
            required: false,
            form: false,
        });
        self
    }

    pub(super) const fn form(mut self, schema: &'static str) -> Self {
        self.body = Some(Body {
            schema,
            required: true,
            form: true,
        });
        self
    }

    pub(super) const fn gives(mut self, status: u16, schema: &'static str) -> Self {
        self.success = Some((status, Content::Json(schema)));
        self
    }

    pub(super) const fn gives_nothing(mut self, status: u16) -> Self {
        self.success = Some((status, Content::Nothing));
        self
    }

    pub(super) const fn gives_file(mut self, media_type: &'static str) -> Self {
        self.success = Some((200, Content::File(media_type)));
        self
    }

    pub(super) const fn refused(mut self, statuses: &'static [u16]) -> Self {
        self.refusals = statuses;
        self
    }
}

/// The operations of API v2, the way in, and the open ones.
#[rustfmt::skip] // one operation a line
pub(super) const V2: &[Documented] = &[
    documented("token", "Exchange an API key for a token").form("TokenRequest").gives(200, "Token"),
    documented("openapi", "This document").gives(200, "Object"),

    documented("create_secret_group", "Create a secret group").sent("SecretGroupPrototype").gives(201, "SecretGroup").refused(&[409]),
    documented("list_secret_groups", "List secret groups").gives(200, "SecretGroupList"),
    documented("get_secret_group", "Get a secret group").gives(200, "SecretGroup").refused(&[404]),
    documented("update_secret_group", "Change a secret group").maybe_sent("SecretGroupPatch").gives(200, "SecretGroup").refused(&[404, 409]),
    documented("delete_secret_group", "Delete an empty secret group").gives_nothing(204).refused(&[404, 409]),

    documented("create_secret", "Create a secret").sent("SecretPrototype").gives(201, "Secret").refused(&[404, 409]),
    documented("list_secrets", "List secrets, without their values").query(SECRETS).gives(200, "SecretMetadataPage"),
    documented("get_secret", "Get a secret with its value").gives(200, "Secret").refused(&[404]),
    documented("delete_secret", "Delete a secret").query(&[maybe("force_delete", "Flag")]).gives_nothing(204).refused(&[404, 409, 412]),
    documented("get_secret_metadata", "Get the metadata of a secret").gives(200, "SecretMetadata").refused(&[404]),
    documented("update_secret_metadata", "Change the metadata of a secret").maybe_sent("SecretMetadataPatch").gives(200, "SecretMetadata").refused(&[404, 409]),
    documented("create_secret_action", "Act on a secret").sent("SecretAction").gives(201, "SecretActionResult").refused(&[404, 409, 412]),
    documented("get_secret_by_name_type", "Get a secret with its value by group, type and name").gives(200, "Secret").refused(&[404]),

    documented("create_secret_version", "Rotate a secret, or restore a version").maybe_sent("SecretVersionPrototype").gives(201, "SecretVersion").refused(&[404, 409, 412]),
    documented("list_secret_versions", "List the versions of a secret").gives(200, "SecretVersionMetadataList").refused(&[404]),
    documented("get_secret_version", "Get a version with its value").gives(200, "SecretVersion").refused(&[404]),
    documented("delete_secret_version_data", "Delete the data of a version; only of credentials that a cloud made").refused(&[404]),
    documented("get_secret_version_metadata", "Get the metadata of a version").gives(200, "SecretVersionMetadata").refused(&[404]),
    documented("update_secret_version_metadata", "Change the metadata of a version").sent("SecretVersionMetadataPatch").gives(200, "SecretVersionMetadata").refused(&[404, 409]),
    documented("create_secret_version_action", "Act on a version").sent("SecretVersionAction").gives(201, "SecretActionResult").refused(&[404, 409, 412]),

    documented("list_secrets_locks", "List the locks of all secrets").query(SECRETS_LOCKS).gives(200, "SecretsLocksPage"),
    documented("list_secret_locks", "List the locks of a secret").query(LOCKS).gives(200, "SecretLockPage").refused(&[404]),
    documented("create_secret_locks_bulk", "Lock the current version").query(LOCK_MODE).sent("SecretLocksPrototype").gives(201, "SecretLocks").refused(&[404, 409, 412]),
    documented("delete_secret_locks_bulk", "Remove locks of a secret; without names, all").query(LOCK_NAMES).gives(200, "SecretLocks").refused(&[404]),
    documented("list_secret_version_locks", "List the locks of a version").query(LOCKS).gives(200, "SecretLockPage").refused(&[404]),
    documented("create_secret_version_locks_bulk", "Lock a version").query(LOCK_MODE).sent("SecretLocksPrototype").gives(201, "SecretLocks").refused(&[404, 409, 412]),
    documented("delete_secret_version_locks_bulk", "Remove locks of a version; without names, all").query(LOCK_NAMES).gives(200, "SecretLocks").refused(&[404]),

    documented("create_configuration", "Add a configuration").sent("ConfigurationPrototype").gives(201, "Configuration").refused(&[404, 409]),
    documented("list_configurations", "List configurations").query(CONFIGURATIONS).gives(200, "ConfigurationMetadataPage"),
    documented("get_configuration", "Get a configuration").gives(200, "Configuration").refused(&[300, 404]),
    documented("update_configuration", "Change a configuration").maybe_sent("ConfigurationPatch").gives(200, "Configuration").refused(&[300, 404, 409]),
    documented("delete_configuration", "Delete a configuration").gives_nothing(204).refused(&[300, 404, 409]),
    documented("create_configuration_action", "Act on a certificate authority").sent("ConfigurationAction").gives(201, "ConfigurationActionResult").refused(&[300, 404, 409]),

    documented("list_secret_tasks", "List tasks; needs a cloud"),
    documented("get_secret_task", "Get a task; needs a cloud"),
    documented("replace_secret_task", "Change a task; needs a cloud"),
    documented("delete_secret_task", "Delete a task; needs a cloud"),
    documented("create_notifications_registration", "Register with Event Notifications; needs a cloud"),
    documented("get_notifications_registration", "Get the registration with Event Notifications; needs a cloud"),
    documented("delete_notifications_registration", "Delete the registration with Event Notifications; needs a cloud"),
    documented("get_notifications_registration_test", "Send a test event; needs a cloud"),

    documented("about", "Who answers, and as whom the caller is known; beyond IBM's API, as all below /keyturn").gives(200, "About"),
    documented("list_changes", "Count changes; with the present count, wait for the next one").query(&[maybe("since", "Text")]).gives(200, "Changes"),
    documented("list_labels", "List the labels in use").gives(200, "LabelList"),
    documented("list_secrets_beyond", "List secrets by what only Keyturn can be asked").query(SECRETS_BEYOND).gives(200, "SecretMetadataPage"),
    documented("get_rotation_outlook", "Tell what a rotation will do").gives(200, "Object").refused(&[404]),
    documented("get_policy_outlook", "Tell what the body of update_secret_metadata would do, or why it would be refused").maybe_sent("Object").gives(200, "Object").refused(&[404, 409]),
    documented("get_private_cert_outlook", "Tell what a private certificate will be").sent("PrivateCertificatePrototype").gives(200, "Object").refused(&[404, 409]),
    documented("get_private_cert_rotation_outlook", "Tell what the next version of a private certificate will be").maybe_sent("PrivateCertificateRequest").gives(200, "Object").refused(&[404, 409, 412]),
    documented("get_order", "Get the order of a public certificate").gives(200, "OrderAnswer").refused(&[404]),
    documented("cancel_order", "Give an order up").gives_nothing(204).refused(&[404, 409]),
    documented("get_certificate", "Get the certificates of a version, without its key").gives(200, "Object").refused(&[404]),
    documented("compare_versions", "Tell what differs between a version and another one, or a rotation").sent("ComparisonRequest").gives(200, "Object").refused(&[404, 409, 412]),
    documented("list_removals", "List the API keys that are still to be removed in IAM").gives(200, "RemovalList"),
    documented("retry_removal", "Try a removal now; what is left then").gives(200, "RemovalList").refused(&[404]),
    documented("forget_removal", "Give a removal up: what is left in IAM stays there").gives_nothing(204).refused(&[404, 409]),

    documented("crl_der", "Get the revocation list of an authority, DER").gives_file("application/pkix-crl").refused(&[404]),
    documented("crl_pem", "Get the revocation lists of an authority, PEM").gives_file("application/x-pem-file").refused(&[404]),
    documented("ca_der", "Get the certificate of an authority, DER").gives_file("application/pkix-cert").refused(&[404]),
    documented("ca_pem", "Get the certificate of an authority, PEM").gives_file("application/pem-certificate-chain").refused(&[404]),
    documented("ca_chain", "Get the certificates from an authority to its root, PEM").gives_file("application/pem-certificate-chain").refused(&[404]),
];

const SECRETS: &[Member] = &[
    maybe("offset", "Offset"),
    maybe("limit", "Limit"),
    maybe("sort", "SecretSort"),
    maybe("search", "Search"),
    maybe("groups", "GroupIds"),
    maybe("secret_types", "SecretTypes"),
    maybe("match_all_labels", "AllLabels"),
];
const SECRETS_BEYOND: &[Member] = &[
    maybe("offset", "Offset"),
    maybe("limit", "Limit"),
    maybe("sort", "AnySecretSort"),
    maybe("search", "Search"),
    maybe("groups", "GroupIds"),
    maybe("secret_types", "SecretTypes"),
    maybe("match_all_labels", "AllLabels"),
    maybe("states", "States"),
    maybe("expires_within_days", "Days"),
    maybe("overdue", "Flag"),
];
const SECRETS_LOCKS: &[Member] = &[
    maybe("offset", "Offset"),
    maybe("limit", "Limit"),
    maybe("search", "Search"),
    maybe("groups", "GroupIds"),
];
const LOCKS: &[Member] = &[
    maybe("offset", "LockOffset"),
    maybe("limit", "LockLimit"),
    maybe("sort", "LockSort"),
    maybe("search", "Search"),
];
const LOCK_MODE: &[Member] = &[maybe("mode", "=remove_previous|remove_previous_and_delete")];
const LOCK_NAMES: &[Member] = &[maybe("name", "LockNames")];
const CONFIGURATIONS: &[Member] = &[
    maybe("offset", "Offset"),
    maybe("limit", "Limit"),
    maybe("sort", "ConfigurationSort"),
    maybe("search", "Search"),
    maybe("secret_types", "EngineTypes"),
];

/// Parts of paths, by name and, where the same name means something else, by operation.
pub(super) fn part(operation: &str, path: &str, name: &str) -> Member {
    let group = path.contains("/secret_groups/");
    match name {
        "id" if operation == "get_secret_by_name_type" => needed("id", "GroupName"),
        "id" if group => needed("id", "GroupId"),
        "id" => needed("id", "Uuid"),
        "version" => needed("version", "VersionId"),
        "version_id" => needed("version_id", "OldVersionId"),
        "secret_type" if operation.starts_with("v1_") => needed("secret_type", "OldSecretType"),
        "secret_type" => needed("secret_type", "SecretType"),
        "name" if operation == "get_secret_by_name_type" => needed("name", "Name"),
        "name" => needed("name", "ConfigurationName"),
        "config_name" => needed("config_name", "ConfigurationName"),
        "config_element" => needed("config_element", "ConfigElement"),
        _ => needed("task", "Given"),
    }
}
