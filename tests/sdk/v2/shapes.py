"""What the classes of the SDK say about answers of API v2, and where a field does not apply.

Every exception stands here with its reason; a test names those of its situation. The sections are
those of the reference of API v2.
"""

import conforms as generic
from conforms import absence
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2

# --- Situations: the fields must be absent.
NO_EXPIRY = absence("expiration_date", "no date was given and the type has none of its own (4.2)")
NO_POLICY_DATE = absence("next_rotation_date", "it exists only with an active policy (4.2)")
MANUAL = absence("rotation.interval rotation.unit", "nothing rotates by itself (4.5)")
OLDER = absence("alias", "only current and previous have one (11.12)")
NO_VERSION_METADATA = absence("version_custom_metadata", "none was given (3.1)")
NO_INTERMEDIATE = absence("intermediate", "none was given (4.2)")
NO_KEY = absence("private_key", "none was given, or it stayed with the one who made the CSR (3.1)")
NO_MANAGED_CSR = absence("managed_csr csr", "the certificate was brought with its key (4.3)")
NOT_REVOKED = absence("revocation_time_seconds revocation_time_rfc3339", "it is not revoked (4.2)")
NO_CERTIFICATE = absence(
    "certificate intermediate private_key issuer serial_number signing_algorithm validity"
    " expiration_date", "nothing was issued yet (4.2)")
NO_CHALLENGE_YET = absence("issuance_info.dns_challenge_validation_time", "nobody asked for it (2.2)")
NO_FAILURE = absence("issuance_info.error_code issuance_info.error_message", "nothing failed (2.2)")
FIRST_PAGE = absence("previous", "this is the first page (1.3)")
LAST_PAGE = absence("next", "this is the last page (1.3)")
NO_CRYPTO_KEY = absence("crypto_key", "keys of HPCS are deprecated, and never made here (7.1)")
NOT_SIGNED = absence("issuer expiration_date", "no authority signed it yet (7.1)")
NO_SIGNER_HERE = absence("issuer", "an authority elsewhere signed it (7.1)")
NO_CHAIN = absence("lets_encrypt_preferred_chain", "none was given (7)")
A_ROOT = absence("data.issuing_ca data.ca_chain", "it signed itself (7.1)", certain=False)

# --- The reference leaves these open: `description?` and the like, when nothing was given.
NOTHING_NOTED = absence("description labels custom_metadata version_custom_metadata",
                        "none was given", certain=False)
NO_REFERENCES = absence("referenced_by", "no configuration uses a secret here (4.1)", certain=False)
NEVER_DESCRIBED = absence("description attributes", "none was given (6)", certain=False)
KEY_STAYS = absence("data.private_key data.private_key_type data.expiration",
                    "all are optional, and the key stays with the authority (7.1)", certain=False)
NO_OTHER_NAMES = absence(
    "alt_names ip_sans uri_sans other_sans ou organization country locality province"
    " street_address postal_code serial_number permitted_dns_domains max_path_length"
    " exclude_cn_from_sans format private_key_format use_csr_values ttl csr data",
    "none was given, and all are optional (7.1, 7.3)", certain=False)
NO_SUCH_RULE = absence(
    "allowed_secret_groups max_ttl_seconds key_bits serial_number",
    "the template sets none, and all are optional (7.2)", certain=False)
NO_CSR_LISTS = absence(
    "managed_csr.alt_names managed_csr.ip_sans managed_csr.uri_sans managed_csr.other_sans"
    " managed_csr.user_ids managed_csr.key_usage managed_csr.ext_key_usage"
    " managed_csr.policy_identifiers managed_csr.ext_key_usage_oids managed_csr.rotate_keys",
    "none was given, and all are optional (4.3)", certain=False)
CSR_UNSIGNED = absence(
    "alt_names common_name expiration_date intermediate_included issuer key_algorithm"
    " private_key_included serial_number signing_algorithm validity certificate intermediate"
    " private_key csr", "the request is not signed yet, and all are optional (4.2)", certain=False)

# What a new secret of nearly every type has in common.
PLAIN = (NO_REFERENCES, NOTHING_NOTED)

# Fields that we add to IBM's, by class: what the window shows of them as well.
_OF_AUTHORITIES = {"crl", "revoked_at", "revoke_hindrance", "rotate_hindrance"}
_OF_PRIVATE = {"ttl", "csr_given", "private_key_included"}
SUPERSETS = {
    "PrivateCertificate": _OF_PRIVATE,
    "PrivateCertificateMetadata": _OF_PRIVATE,
    "IAMCredentialsConfiguration": {"iam_url", "account_id"},
    "PublicCertificate": {"next_rotation_date"},
    "PublicCertificateMetadata": {"next_rotation_date"},
    "PublicCertificateConfigurationCALetsEncrypt": {
        "contact", "account_url", "account_key_algorithm"},
    "PrivateCertificateConfigurationRootCA": _OF_AUTHORITIES,
    "PrivateCertificateConfigurationIntermediateCA": _OF_AUTHORITIES | {
        "max_path_length", "permitted_dns_domains"},
    # One that is signed elsewhere may have to be signed once more; v1 tells the serial number.
    "PrivateCertificateConfigurationCACertificate": {"csr", "serial_number"},
    # The certificate that was signed, as in API v1.
    "PrivateCertificateConfigurationActionSignIntermediate": {"data"},
}

# Base classes without a discriminator.
CLASSES = {
    "RotationPolicy": lambda json: (v2.PublicCertificateRotationPolicy if "rotate_keys" in json
                                    else v2.CommonRotationPolicy),
    "PrivateCertificateCAData": lambda json: (
        v2.PrivateCertificateConfigurationCACertificate if "certificate" in json
        else v2.PrivateCertificateConfigurationIntermediateCACSR),
}


def conforms(model, json, *absences):
    """Holds an answer against a class, and lets the class itself read it."""
    generic.conforms(model, json, *absences, supersets=SUPERSETS, classes=CLASSES)
    return json


def reads(model, json):
    """The class's own reader takes it and gives the same fields back, but for those that are ours."""
    again = model.from_dict(json)
    ours = SUPERSETS.get(type(again).__name__, set())
    assert again.to_dict().keys() == json.keys() - ours
    return json
