//! API v1 in the document: its operations and, as far as all types of secrets share them, its answers.

use super::{
    operations::{Documented, documented},
    shape::{Member, Schema, answer, maybe, needed},
};

#[rustfmt::skip] // one operation a line
pub(super) const OPERATIONS: &[Documented] = &[
    documented("v1_create_secret_group", "Create a secret group").sent("V1SentGroup").gives(200, "V1Groups").refused(&[409]),
    documented("v1_list_secret_groups", "List secret groups").gives(200, "V1Groups"),
    documented("v1_get_secret_group", "Get a secret group").gives(200, "V1Groups").refused(&[404]),
    documented("v1_update_secret_group_metadata", "Replace a secret group").sent("V1ReplacedGroup").gives(200, "V1Groups").refused(&[404, 409]),
    documented("v1_delete_secret_group", "Delete an empty secret group").gives_nothing(204).refused(&[404, 409]),

    // 202 for a public certificate, which is only ordered by then
    documented("v1_create_secret", "Create a secret").sent("V1SentSecret").gives(200, "V1Secrets").refused(&[202, 404, 409]),
    documented("v1_list_secrets", "List secrets of a type, without their values").query(SECRETS).gives(200, "V1Secrets").refused(&[404]),
    documented("v1_list_all_secrets", "List secrets, without their values").query(SECRETS).gives(200, "V1Secrets"),
    documented("v1_get_secret", "Get a secret with its value").gives(200, "V1Secrets").refused(&[404]),
    documented("v1_update_secret", "Rotate a secret, or act on it otherwise").query(ACTION).maybe_sent("V1ActionBody").gives(200, "V1Secrets").refused(&[404, 409, 412]),
    documented("v1_delete_secret", "Delete a secret").gives_nothing(204).refused(&[404, 409, 412]),

    documented("v1_list_secret_versions", "List the versions of a secret").gives(200, "V1Versions").refused(&[404]),
    documented("v1_get_secret_version", "Get a version with its value").gives(200, "V1Versions").refused(&[404]),
    documented("v1_update_secret_version", "Revoke the certificate of a version").query(REVOKE).maybe_sent("V1Nothing").gives(200, "V1Secrets").refused(&[404, 409, 412]),
    documented("v1_get_secret_version_metadata", "Get the metadata of a version").gives(200, "V1Versions").refused(&[404]),
    documented("v1_update_secret_version_metadata", "Replace the metadata of a version").sent("V1SentVersionMetadata").gives(200, "V1Versions").refused(&[404, 409]),
    documented("v1_get_secret_metadata", "Get the metadata of a secret").gives(200, "V1Secrets").refused(&[404]),
    documented("v1_update_secret_metadata", "Replace the metadata of a secret").sent("V1SentMetadata").gives(200, "V1Secrets").refused(&[404, 409]),

    documented("v1_get_locks", "List the locks of a secret").query(LOCKS).gives(200, "V1Locks").refused(&[404]),
    documented("v1_lock_secret", "Lock the current version").query(LOCK_MODE).sent("V1NewLocks").gives(200, "V1SecretLocks").refused(&[404, 409, 412]),
    documented("v1_unlock_secret", "Remove locks of the current version").sent("V1LockNames").gives(200, "V1SecretLocks").refused(&[404]),
    documented("v1_get_secret_version_locks", "List the locks of a version").query(LOCKS).gives(200, "V1Locks").refused(&[404]),
    documented("v1_lock_secret_version", "Lock a version").query(LOCK_MODE).sent("V1NewLocks").gives(200, "V1SecretLocks").refused(&[404, 409, 412]),
    documented("v1_unlock_secret_version", "Remove locks of a version").sent("V1LockNames").gives(200, "V1SecretLocks").refused(&[404]),
    documented("v1_list_instance_secrets_locks", "List the locks of all secrets").query(ALL_LOCKS).gives(200, "V1SecretLocks"),

    documented("v1_put_policy", "Set the policy of a secret; without resources, none").query(POLICY).sent("V1SentPolicy").gives(200, "V1Policies").refused(&[404, 409]),
    documented("v1_get_policy", "Get the policy of a secret").query(POLICY).gives(200, "V1Policies").refused(&[404]),

    documented("v1_put_config", "Set the engine of IAM credentials").sent("V1EngineConfiguration").refused(&[404, 409]),
    documented("v1_get_config", "Get the configuration of an engine").gives(200, "V1Configurations").refused(&[404]),
    documented("v1_create_config_element", "Add a configuration element").sent("V1NewElement").gives(201, "V1Configurations").refused(&[404, 409]),
    documented("v1_get_config_elements", "List configuration elements").gives(200, "V1Configurations").refused(&[404]),
    documented("v1_get_config_element", "Get a configuration element").gives(200, "V1Configurations").refused(&[404]),
    documented("v1_update_config_element", "Replace a configuration element").sent("V1Element").gives(200, "V1Configurations").refused(&[404, 409]),
    documented("v1_action_on_config_element", "Act on a certificate authority").query(AUTHORITY_ACTION).maybe_sent("V1ElementAction").gives(200, "V1Configurations").refused(&[404, 409]),
    documented("v1_delete_config_element", "Delete a configuration element").gives_nothing(204).refused(&[404, 409]),

    documented("v1_create_notifications_registration", "Register with Event Notifications; needs a cloud"),
    documented("v1_get_notifications_registration", "Get the registration with Event Notifications; needs a cloud"),
    documented("v1_delete_notifications_registration", "Delete the registration with Event Notifications; needs a cloud"),
    documented("v1_send_test_notification", "Send a test event; needs a cloud"),
];

const SECRETS: &[Member] = &[
    maybe("limit", "Limit"),
    maybe("offset", "Offset"),
    maybe("search", "Search"),
    maybe("sort_by", "OldSort"),
    maybe("groups", "GroupIds"),
];
const ACTION: &[Member] = &[needed(
    "action",
    "=rotate|restore|revoke|delete_credentials|validate_dns_challenge",
)];
const REVOKE: &[Member] = &[needed("action", "=revoke")];
const LOCKS: &[Member] = &[
    maybe("limit", "LockLimit"),
    maybe("offset", "LockOffset"),
    maybe("search", "Search"),
];
const ALL_LOCKS: &[Member] = &[
    maybe("limit", "OldLocksLimit"),
    maybe("offset", "Offset"),
    maybe("search", "Search"),
    maybe("groups", "GroupIds"),
];
const LOCK_MODE: &[Member] = &[maybe("mode", "=exclusive|exclusive_delete")];
const POLICY: &[Member] = &[maybe("policy", "=rotation")];
const AUTHORITY_ACTION: &[Member] = &[needed(
    "action",
    "=sign_intermediate|sign_csr|set_signed|revoke|rotate_crl",
)];

#[rustfmt::skip] // one member a line
pub(super) const SCHEMAS: &[Schema] = &[
    answer("V1Secrets", &[&[needed("metadata", "V1SecretCollection"), needed("resources", "[V1Secret]")]]),
    answer("V1SecretCollection", &[&[needed("collection_type", "=application/vnd.ibm.secrets-manager.secret+json")], TOTAL]),
    answer("V1Secret", &[&[
        needed("id", "Uuid"),
        needed("name", "Name"),
        maybe("description", "Text"),
        needed("secret_group_id", "GroupId"),
        needed("labels", "[Text]"),
        needed("state", "State"),
        needed("state_description", "=Pre-activation|Active|Suspended|Deactivated|Destroyed"),
        needed("secret_type", "OldSecretType"),
        needed("crn", "Text"),
        needed("creation_date", "DateTime"),
        needed("created_by", "Text"),
        needed("last_update_date", "DateTime"),
        needed("versions_total", "Count"),
        needed("locks_total", "Count"),
        maybe("custom_metadata", "Object"),
        maybe("expiration_date", "DateTime"),
        maybe("versions", "[V1VersionInfo]"),
        maybe("secret_data", "Object"),
    ]]),
    answer("V1Versions", &[&[needed("metadata", "V1VersionCollection"), needed("resources", "[V1VersionInfo]")]]),
    answer("V1VersionCollection", &[&[needed("collection_type", "=application/vnd.ibm.secrets-manager.secret.version+json")], TOTAL]),
    answer("V1VersionInfo", &[&[
        needed("id", "Uuid"),
        maybe("version_id", "Uuid"),
        needed("creation_date", "DateTime"),
        needed("created_by", "Text"),
        maybe("payload_available", "Flag"),
        maybe("downloaded", "Flag"),
        maybe("auto_rotated", "Flag"),
        maybe("locks_total", "Count"),
        maybe("version_custom_metadata", "Object"),
        maybe("secret_data", "Object"),
    ]]),
    answer("V1Groups", &[&[needed("metadata", "V1GroupCollection"), needed("resources", "[V1Group]")]]),
    answer("V1GroupCollection", &[&[needed("collection_type", "=application/vnd.ibm.secrets-manager.secret.group+json")], TOTAL]),
    answer("V1Group", &[&[
        needed("id", "GroupId"),
        needed("name", "GroupName"),
        needed("description", "Text"),
        needed("creation_date", "DateTime"),
        needed("last_update_date", "DateTime"),
        needed("type", "Text"),
    ]]),
    answer("V1Locks", &[&[needed("metadata", "V1LockCollection"), needed("resources", "[V1Lock]")]]),
    answer("V1LockCollection", &[&[needed("collection_type", "=application/vnd.ibm.secrets-manager.secret.lock+json")], TOTAL]),
    answer("V1Lock", &[&[
        needed("name", "LockName"),
        maybe("description", "Text"),
        maybe("attributes", "Object"),
        needed("creation_date", "DateTime"),
        needed("created_by", "Text"),
        needed("last_update_date", "DateTime"),
        needed("secret_id", "Uuid"),
        needed("secret_group_id", "GroupId"),
        needed("secret_version_id", "Uuid"),
        needed("secret_version_alias", "=current|previous"),
    ]]),
    answer("V1SecretLocks", &[&[needed("metadata", "V1LockCollection"), needed("resources", "[V1LocksOfSecret]")]]),
    answer("V1LocksOfSecret", &[&[
        needed("secret_id", "Uuid"),
        needed("secret_group_id", "GroupId"),
        maybe("secret_type", "OldSecretType"),
        needed("versions", "[V1LocksOfVersion]"),
    ]]),
    answer("V1LocksOfVersion", &[&[
        needed("id", "Uuid"),
        needed("alias", "=current|previous"),
        needed("locks", "[LockName]"),
        needed("payload_available", "Flag"),
    ]]),
    answer("V1Policies", &[&[needed("metadata", "V1PolicyCollection"), needed("resources", "[V1Policy]")]]),
    answer("V1PolicyCollection", &[&[needed("collection_type", "=application/vnd.ibm.secrets-manager.secret.policy+json")], TOTAL]),
    answer("V1Policy", &[&[
        needed("id", "Uuid"),
        needed("crn", "Text"),
        needed("creation_date", "DateTime"),
        needed("created_by", "Text"),
        needed("last_update_date", "DateTime"),
        needed("type", "Text"),
        needed("rotation", "Object"),
    ]]),
    answer("V1Configurations", &[&[needed("metadata", "V1ConfigurationCollection"), needed("resources", "[Object]")]]),
    answer("V1ConfigurationCollection", &[&[needed("collection_type", "=application/vnd.ibm.secrets-manager.config+json")], TOTAL]),
];

const TOTAL: &[Member] = &[needed("collection_total", "Count")];
