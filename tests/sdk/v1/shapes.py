"""What the classes of the SDK say about answers of API v1, and where a field does not apply.

Every exception stands here with its reason; a test names those of its situation. The sections are
those of the reference of API v1.
"""

import conforms as generic
from conforms import absence
from ibm_secrets_manager_sdk import secrets_manager_v1 as v1

MEDIA = "application/vnd.ibm.secrets-manager."

# --- Fields that the classes have for requests only: no answer has them at this place (3.1).
REQUEST_ONLY = absence(
    "version_custom_metadata payload certificate private_key intermediate csr ip_sans uri_sans"
    " other_sans ttl format private_key_format exclude_cn_from_sans username password",
    "it belongs to a request, or to secret_data (3.1)")
# --- Situations.
NO_VALUE = absence("secret_data", "lists and metadata have no values (1.2)")
NO_EXPIRY = absence("expiration_date", "no date was given, or the type never expires (3.1)")
NO_POLICY_DATE = absence("next_rotation_date", "there is no policy (3.4)")
NOT_REVOKED = absence("revocation_time revocation_time_rfc3339", "it is not revoked (3.1)")
NO_FAILURE = absence("issuance_info.error_code issuance_info.error_message", "nothing failed (3.1)")
NOT_VALIDATED = absence("issuance_info.dns_challenge_validation_time", "nobody asked for it (3.1)")
NOT_ISSUED = absence("serial_number algorithm issuer validity secret_data",
                     "nothing was issued yet (3.1)")
NO_VERSION_METADATA = absence("version_custom_metadata", "none was given (3.2)", certain=False)
# --- Left open by the reference.
NOTHING_NOTED = absence("description labels custom_metadata", "none was given", certain=False)
NO_VERSIONS = absence("versions", "lists have metadata (1.2), which in v1 need not have them",
                      certain=False)
MANUAL = absence("rotation.interval rotation.unit rotation.rotate_keys rotation",
                 "Rotation is the class of two types: each has its own members (3.1)", certain=False)
OF_AN_ORDER = absence("issuance_info.challenges issuance_info.dns_challenge_validation_time",
                      "the order has ended (3.1)", certain=False)
INCLUDED = absence("intermediate_included private_key_included", "nothing was issued yet (3.1)",
                   certain=False)
NEVER_DESCRIBED = absence("description attributes", "none was given (3.3)", certain=False)
NO_OTHER_NAMES = absence(
    "alt_names ip_sans uri_sans other_sans ou organization country locality province street_address"
    " postal_code serial_number permitted_dns_domains max_path_length exclude_cn_from_sans format"
    " private_key_format common_name ttl use_csr_values data issuer expiration_date"
    " allowed_secret_groups max_ttl key_bits", "none was given, and all are optional (3.5)",
    certain=False)

# The classes of v1 do not know when a public or private certificate ends; the reference has it
# («as imported», 3.1), and so has every version.
SUPERSETS = frozenset({"expiration_date"})
KINDS = {
    "arbitrary": ("ArbitrarySecretResource", "ArbitrarySecretMetadata", "ArbitrarySecretVersion"),
    "kv": ("KvSecretResource", "KvSecretMetadata", "ArbitrarySecretVersion"),
    "username_password": ("UsernamePasswordSecretResource", "UsernamePasswordSecretMetadata",
                          "UsernamePasswordSecretVersion"),
    "imported_cert": ("CertificateSecretResource", "CertificateSecretMetadata",
                      "CertificateSecretVersion"),
    "public_cert": ("PublicCertificateSecretResource", "PublicCertificateSecretMetadata",
                    "CertificateSecretVersion"),
    "private_cert": ("PrivateCertificateSecretResource", "PrivateCertificateSecretMetadata",
                     "PrivateCertificateSecretVersion"),
}
SECRET_DATA = {
    "arbitrary": {"payload"}, "kv": {"payload"}, "username_password": {"username", "password"},
    "imported_cert": {"certificate", "private_key", "intermediate"},
    "public_cert": {"certificate", "private_key", "intermediate"},
    "private_cert": {"certificate", "private_key", "issuing_ca", "ca_chain"},
}


def resources(answer, kind, status=200):
    """The resources in the envelope (1.1)."""
    assert answer.get_status_code() == status
    body = answer.get_result()
    assert body.keys() == {"metadata", "resources"}
    assert body["metadata"]["collection_type"] == f"{MEDIA}{kind}+json"
    assert body["metadata"]["collection_total"] >= len(body["resources"])
    return body["resources"]


def resource(answer, kind, status=200):
    [one] = resources(answer, kind, status)
    assert answer.get_result()["metadata"]["collection_total"] == 1
    return one


def envelope(kind):
    """What requests have around them."""
    return v1.CollectionMetadata(collection_type=f"{MEDIA}{kind}+json", collection_total=1)


def conforms(model, json, *absences, supersets=frozenset()):
    return generic.conforms(model, json, *absences, supersets={"*": SUPERSETS | supersets})


def conforms_secret(json, *absences, members=None):
    """A whole secret: the resource, its value and the entries of its versions."""
    kind = json["secret_type"]
    conforms(getattr(v1, KINDS[kind][0]), json, REQUEST_ONLY, *absences)
    if "secret_data" in json:
        assert json["secret_data"].keys() == (members or SECRET_DATA[kind])
    for version in json.get("versions", ()):
        conforms_version_info(kind, version)
    return json


def conforms_version_info(kind, json, *absences):
    model = getattr(v1, KINDS[kind][2] + "Info")
    state = (NOT_REVOKED,) if kind == "private_cert" and "revocation_time" not in json else ()
    return conforms(model, json, NO_VERSION_METADATA, *state, *absences,
                    supersets=frozenset({"auto_rotated"}))


def conforms_version(kind, json, *absences, members=None):
    """A version with its value; `id` is the secret's (3.2)."""
    value = json["secret_data"]
    assert value.keys() == (members or SECRET_DATA[kind])
    model = getattr(v1, KINDS[kind][2])
    known = generic.fields(model)
    # The class for the values of certificates knows no members, so they were checked above.
    rest = json if known["secret_data"] is dict else {
        key: one for key, one in json.items() if key != "secret_data"}
    without = () if rest is json else (absence("secret_data", "it was checked above"),)
    state = (NOT_REVOKED,) if kind == "private_cert" and "revocation_time" not in json else ()
    return conforms(model, rest, NO_VERSION_METADATA, *without, *state, *absences,
                    supersets=frozenset({"auto_rotated"}))


def conforms_version_metadata(kind, json, *absences):
    model = getattr(v1, KINDS[kind][2] + "Metadata")
    state = (NOT_REVOKED,) if kind == "private_cert" and "revocation_time" not in json else ()
    return conforms(model, json, NO_VERSION_METADATA, *state, *absences,
                    supersets=frozenset({"auto_rotated"}))
