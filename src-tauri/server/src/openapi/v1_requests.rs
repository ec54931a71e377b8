//! Bodies of requests of API v1: an envelope around what is sent, but for actions and locks.
//!
//! What only answers have may stand in a request as well, as it does in one that was read before.

use super::shape::{Member, Schema, answer, any_of, needed, optional, request};

#[rustfmt::skip] // one member a line
pub(super) const SCHEMAS: &[Schema] = &[
    request("V1SentCollection", &[&[
        optional("collection_type", "Any"),
        optional("collection_total", "Any"),
    ]]),
    request("V1SentGroup", &[ENVELOPE, &[needed("resources", "One:V1GroupPrototype")]]),
    request("V1GroupPrototype", &[GROUP_ANSWERED, &[
        needed("name", "GroupName"),
        optional("description", "Description"),
    ]]),
    request("V1ReplacedGroup", &[ENVELOPE, &[needed("resources", "One:V1GroupReplacement")]]),
    request("V1GroupReplacement", &[GROUP_ANSWERED, &[
        optional("name", "GroupName"),
        optional("description", "Description"),
    ]]),

    request("V1SentSecret", &[ENVELOPE, &[needed("resources", "One:V1SecretPrototype")]]),
    // by the type in the path
    any_of("V1SecretPrototype", &[
        "V1ArbitraryPrototype",
        "V1IAMCredentialsPrototype",
        "V1KVPrototype",
        "V1UsernamePasswordPrototype",
        "V1ImportedCertificatePrototype",
        "V1PrivateCertificatePrototype",
        "V1PublicCertificatePrototype",
    ]),
    request("V1ArbitraryPrototype", &[NEW, ANSWERED, &[
        needed("payload", "Payload"),
        optional("expiration_date", "DateTime"),
    ]]),
    request("V1IAMCredentialsPrototype", &[NEW, ANSWERED, &[
        needed("ttl", "OldTtl"),
        optional("access_groups", "AccessGroups"),
        optional("service_id", "ServiceId"),
        needed("reuse_api_key", "Flag"),
    ]]),
    request("V1KVPrototype", &[NEW, ANSWERED, &[needed("payload", "Data")]]),
    request("V1UsernamePasswordPrototype", &[NEW, ANSWERED, &[
        needed("username", "Username"),
        needed("password", "PasswordOrNone"),
        optional("expiration_date", "DateTime"),
    ]]),
    request("V1ImportedCertificatePrototype", &[NEW, ANSWERED, &[
        needed("certificate", "Pem"),
        optional("intermediate", "PemOrBlank"),
        optional("private_key", "PemOrBlank"),
    ]]),
    request("V1PrivateCertificatePrototype", &[NEW, ANSWERED, &[
        needed("certificate_template", "Given"),
        needed("common_name", "Text"),
        optional("alt_names", "TextOrTexts"),
        optional("ip_sans", "CommaList"),
        optional("uri_sans", "CommaList"),
        optional("other_sans", "Texts100"),
        optional("exclude_cn_from_sans", "Flag"),
        optional("csr", "Csr"),
        optional("ttl", "OldTtl"),
        optional("format", "=pem|pem_bundle"),
        optional("private_key_format", "=der|pkcs8"),
        optional("rotation", "CommonRotationPolicy"),
    ]]),
    request("V1PublicCertificatePrototype", &[NEW, ANSWERED, &[
        needed("ca", "Reference"),
        needed("dns", "Reference"),
        optional("common_name", "Text"),
        optional("alt_names", "PublicNames"),
        optional("key_algorithm", "=RSA2048|RSA4096|EC256|EC384|ECDSA256|ECDSA384"),
        optional("bundle_certs", "Flag"),
        optional("rotation", "PublicCertificateRotationPolicy"),
    ]]),
    request("V1SentMetadata", &[ENVELOPE, &[needed("resources", "One:V1MetadataReplacement")]]),
    request("V1MetadataReplacement", &[ANSWERED, OF_THE_VALUE, &[
        needed("name", "Name"),
        optional("description", "Description"),
        optional("labels", "Labels"),
        optional("custom_metadata", "Metadata"),
        optional("expiration_date", "DateTime"),
        // may be repeated, not changed
        optional("secret_group_id", "GroupId"),
        optional("rotation", "Any"),
    ]]),
    request("V1SentVersionMetadata", &[ENVELOPE, &[needed("resources", "One:V1VersionMetadataReplacement")]]),
    request("V1VersionMetadataReplacement", &[VERSION_ANSWERED, &[optional("version_custom_metadata", "Metadata")]]),
    request("V1SentPolicy", &[ENVELOPE, &[needed("resources", "Few:V1PolicyPrototype")]]),
    request("V1PolicyPrototype", &[POLICY_ANSWERED, &[
        needed("type", "=application/vnd.ibm.secrets-manager.secret.policy+json"),
        needed("rotation", "V1Rotation"),
    ]]),
    any_of("V1Rotation", &["V1IntervalRotation", "CommonRotationPolicy", "PublicCertificateRotationPolicy"]),
    request("V1IntervalRotation", &[&[
        needed("interval", "Interval"),
        needed("unit", "=day|month"),
    ]]),

    // by the action in the query and the type in the path
    any_of("V1ActionBody", &[
        "V1RotateArbitrary",
        "V1RotateKV",
        "V1RotateUsernamePassword",
        "V1RotateImportedCertificate",
        "V1RotatePrivateCertificate",
        "V1RotatePublicCertificate",
        "V1Restore",
        "V1DeleteCredentials",
        "Null",
    ]),
    request("V1RotateArbitrary", &[METADATA, &[needed("payload", "Payload")]]),
    request("V1RotateKV", &[METADATA, &[needed("payload", "Data")]]),
    request("V1RotateUsernamePassword", &[METADATA, &[needed("password", "PasswordOrNone")]]),
    request("V1RotateImportedCertificate", &[METADATA, &[
        needed("certificate", "Pem"),
        optional("intermediate", "PemOrBlank"),
        optional("private_key", "PemOrBlank"),
    ]]),
    request("V1RotatePrivateCertificate", &[METADATA, &[optional("csr", "CsrOrBlank")]]),
    request("V1RotatePublicCertificate", &[METADATA, &[needed("rotate_keys", "Flag")]]),
    request("V1Restore", &[METADATA, &[needed("version_id", "OldVersionId")]]),
    request("V1DeleteCredentials", &[&[
        optional("api_key_id", "Any"),
        optional("service_id", "Any"),
    ]]),
    // IBM's client sends null where there is nothing to say
    any_of("V1Nothing", &["V1NoMembers", "Null"]),
    request("V1NoMembers", &[]),

    request("V1NewLocks", &[&[needed("locks", "NewLocks")]]),
    request("V1LockNames", &[&[needed("locks", "OldLockNames")]]),

    request("V1NewElement", &[&[needed("name", "ConfigurationName")], ELEMENT]),
    request("V1Element", &[ELEMENT]),
    any_of("V1ElementAction", &["V1ElementActionBody", "Null"]),
    request("V1ElementActionBody", &[&[optional("config", "Object")]]),
    answer("V1EngineConfiguration", &[&[needed("api_key", "Text")]]),
];

/// It repeats what path and resources say, and is not looked at.
const ENVELOPE: &[Member] = &[optional("metadata", "V1SentCollection")];

const METADATA: &[Member] = &[
    optional("custom_metadata", "Metadata"),
    optional("version_custom_metadata", "Metadata"),
];

const NEW: &[Member] = &[
    needed("name", "Name"),
    optional("description", "Description"),
    optional("secret_group_id", "GroupId"),
    optional("labels", "Labels"),
    optional("custom_metadata", "Metadata"),
    optional("version_custom_metadata", "Metadata"),
];

const ELEMENT: &[Member] = &[
    needed(
        "type",
        "=letsencrypt|letsencrypt-stage|acme|cis|classic_infrastructure|rfc2136\
         |root_certificate_authority|intermediate_certificate_authority|certificate_template",
    ),
    needed("config", "Object"),
];

const GROUP_ANSWERED: &[Member] = &[
    optional("id", "Any"),
    optional("creation_date", "Any"),
    optional("last_update_date", "Any"),
    optional("type", "Any"),
];

const ANSWERED: &[Member] = &[
    optional("id", "Any"),
    optional("state", "Any"),
    optional("state_description", "Any"),
    optional("secret_type", "Any"),
    optional("crn", "Any"),
    optional("creation_date", "Any"),
    optional("created_by", "Any"),
    optional("last_update_date", "Any"),
    optional("versions_total", "Any"),
    optional("versions", "Any"),
    optional("locks_total", "Any"),
];

const OF_THE_VALUE: &[Member] = &[
    optional("serial_number", "Any"),
    optional("algorithm", "Any"),
    optional("key_algorithm", "Any"),
    optional("issuer", "Any"),
    optional("validity", "Any"),
    optional("common_name", "Any"),
    optional("alt_names", "Any"),
    optional("intermediate_included", "Any"),
    optional("private_key_included", "Any"),
    optional("revocation_time", "Any"),
    optional("revocation_time_rfc3339", "Any"),
    optional("next_rotation_date", "Any"),
    optional("issuance_info", "Any"),
    optional("ca", "Any"),
    optional("dns", "Any"),
    optional("bundle_certs", "Any"),
    optional("certificate_template", "Any"),
    optional("certificate_authority", "Any"),
];

const VERSION_ANSWERED: &[Member] = &[
    optional("id", "Any"),
    optional("version_id", "Any"),
    optional("creation_date", "Any"),
    optional("created_by", "Any"),
    optional("payload_available", "Any"),
    optional("downloaded", "Any"),
    optional("locks_total", "Any"),
    optional("auto_rotated", "Any"),
    optional("serial_number", "Any"),
    optional("expiration_date", "Any"),
    optional("validity", "Any"),
    optional("state", "Any"),
    optional("state_description", "Any"),
    optional("revocation_time", "Any"),
    optional("revocation_time_rfc3339", "Any"),
];

const POLICY_ANSWERED: &[Member] = &[
    optional("id", "Any"),
    optional("crn", "Any"),
    optional("creation_date", "Any"),
    optional("created_by", "Any"),
    optional("last_update_date", "Any"),
    optional("updated_by", "Any"),
];
