"""Certificates of the instance's own authority: issued, rotated and revoked."""

import certificates
import pytest
import requests
from authorities import intermediate, root, template
from cryptography import x509
from cryptography.x509.oid import NameOID
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused
from shapes import (MANUAL, NO_KEY, NO_POLICY_DATE, NO_REFERENCES, NO_VERSION_METADATA, NOT_REVOKED,
                    PLAIN, conforms, reads)

REVOKE = "private_cert_action_revoke_certificate"


@pytest.fixture
def issuer(configure, name):
    """A root, an intermediate below it, and a template of that; its names."""
    above = configure(root(name("root")))["name"]
    below = configure(intermediate(name("intermediate"), above))["name"]
    return below, configure(template(name("template"), below))["name"]


@pytest.fixture
def issue(issuer, make, name):
    return lambda **more: make(v2.PrivateCertificatePrototype(**{
        "name": name("private"), "secret_type": "private_cert", "certificate_template": issuer[1],
        "common_name": "www.example.test"} | more))


def test_a_certificate_has_every_field(manager, issue, issuer):
    made = issue(description="d", labels=["web"], custom_metadata={"a": 1},
                 version_custom_metadata={"b": 2}, alt_names=["alt.example.test"], ttl="48h",
                 ip_sans="127.0.0.1", format="pem", private_key_format="pkcs8",
                 rotation=v2.CommonRotationPolicy(auto_rotate=True, interval=1, unit="day"))
    reads(v2.PrivateCertificate, conforms(v2.PrivateCertificate, made, NO_REFERENCES, NOT_REVOKED))
    assert (made["state"], made["common_name"]) == (1, "www.example.test")
    assert (made["certificate_authority"], made["certificate_template"]) == issuer
    assert "alt.example.test" in made["alt_names"]
    assert made["rotation"] == {"auto_rotate": True, "interval": 1, "unit": "day"}
    certificate = certificates.read(made["certificate"])
    assert certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == "www.example.test"
    authority = manager.get_configuration(issuer[0]).get_result()["data"]["certificate"]
    certificate.verify_directly_issued_by(certificates.read(authority))
    assert certificates.read(made["issuing_ca"]) == certificates.read(authority)
    assert certificates.fits(made["private_key"], made["certificate"])
    assert made["validity"]["not_after"] == made["expiration_date"]
    metadata = manager.get_secret_metadata(made["id"]).get_result()
    conforms(v2.PrivateCertificateMetadata, metadata, NO_REFERENCES, NOT_REVOKED)


def test_a_rotation_signs_at_once(manager, issue):
    made = issue()
    conforms(v2.PrivateCertificate, made, *PLAIN, NOT_REVOKED, NO_POLICY_DATE, MANUAL)
    answer = manager.create_secret_version(made["id"], v2.PrivateCertificateVersionPrototype(
        version_custom_metadata={"by": "test"}))
    assert answer.get_status_code() == 201
    version = reads(v2.PrivateCertificateVersion,
                    conforms(v2.PrivateCertificateVersion, answer.get_result()))
    assert version["serial_number"] != made["serial_number"]
    assert certificates.fits(version["private_key"], version["certificate"])
    now = manager.get_secret_metadata(made["id"]).get_result()
    assert now["serial_number"] == version["serial_number"] and now["versions_total"] == 2
    for alias in ("current", "previous"):
        metadata = manager.get_secret_version_metadata(made["id"], alias).get_result()
        without = () if alias == "current" else (NO_VERSION_METADATA,)
        conforms(v2.PrivateCertificateVersionMetadata, metadata, *without)
    assert manager.create_secret_version(made["id"], {}).get_status_code() == 201


def test_a_request_is_used_again_until_another_comes(manager, issue):
    request, key = certificates.request()
    made = issue(csr=request)
    conforms(v2.PrivateCertificate, made, *PLAIN, NOT_REVOKED, NO_POLICY_DATE, MANUAL, NO_KEY)

    def has_key(version, key):
        key_pem = certificates.Made(None, key).key_pem
        return certificates.fits(key_pem, version["certificate"])

    assert has_key(made, key)
    version = manager.create_secret_version(made["id"], {}).get_result()
    conforms(v2.PrivateCertificateVersion, version, NO_VERSION_METADATA, NO_KEY)
    assert has_key(version, key)
    request, other = certificates.request()
    version = manager.create_secret_version(
        made["id"], v2.PrivateCertificateVersionPrototype(csr=request)).get_result()
    assert has_key(version, other)
    assert has_key(manager.create_secret_version(made["id"], {}).get_result(), other)
    for wrong in ("{}", "no request " * 10, "x" * 4097, 7):
        with refused(400):
            manager.create_secret_version(made["id"], {"csr": wrong})


def test_the_current_certificate_is_revoked_and_rotation_heals(manager, issue, issuer):
    made = issue()
    answer = manager.create_secret_action(
        made["id"], v2.PrivateCertificateActionRevokePrototype(action_type=REVOKE))
    assert answer.get_status_code() == 201
    done = conforms(v2.PrivateCertificateActionRevoke, answer.get_result())
    now = manager.get_secret_metadata(made["id"]).get_result()
    conforms(v2.PrivateCertificateMetadata, now, *PLAIN, NO_POLICY_DATE, MANUAL)
    assert now["revocation_time_seconds"] == done["revocation_time_seconds"]
    fresh = manager.create_secret_version(made["id"], {}).get_result()
    now = manager.get_secret_metadata(made["id"]).get_result()
    conforms(v2.PrivateCertificateMetadata, now, *PLAIN, NOT_REVOKED, NO_POLICY_DATE, MANUAL)
    assert now["serial_number"] == fresh["serial_number"] != made["serial_number"]


def test_a_version_is_revoked_and_stands_on_the_list(manager, issue, issuer, url):
    made = issue()
    manager.create_secret_version(made["id"], {})
    answer = manager.create_secret_version_action(
        made["id"], "previous",
        v2.PrivateCertificateVersionActionRevokePrototype(action_type=REVOKE))
    assert answer.get_status_code() == 201
    conforms(v2.PrivateCertificateVersionActionRevoke, answer.get_result())
    session = requests.Session()
    session.trust_env = False
    address = f"{url}/v1/ibmcloud/private_cert/config/certificate_authorities/{issuer[0]}/crl"
    listed = x509.load_der_x509_crl(session.get(address).content)
    serial = certificates.read(made["certificate"]).serial_number
    assert listed.get_revoked_certificate_by_serial_number(serial)
    now = manager.get_secret_metadata(made["id"]).get_result()
    assert "revocation_time_seconds" not in now


def test_a_locked_certificate_is_not_revoked(manager, issue):
    made = issue()
    manager.create_secret_locks_bulk(made["id"], [{"name": "held"}])
    with refused(412):
        manager.create_secret_action(made["id"], {"action_type": REVOKE})
    with refused(412):
        manager.create_secret_version_action(made["id"], "current", {"action_type": REVOKE})


def test_actions_keep_to_the_rules(manager, issue, make, name):
    made = issue()
    text = make(v2.ArbitrarySecretPrototype(name=name(), secret_type="arbitrary", payload="x"))
    validate = "public_cert_action_validate_dns_challenge"
    for secret, body in ((made, {"action_type": "nonsense"}), (made, {}), (text, {"action_type": REVOKE}),
                         (made, {"action_type": validate}), (text, {"action_type": validate})):
        with refused(400):
            manager.create_secret_action(secret["id"], body)
        with refused(400):
            manager.create_secret_version_action(secret["id"], "current", body)
    unknown = "00000000-0000-4000-8000-000000000000"
    with refused(404):
        manager.create_secret_action(unknown, {"action_type": REVOKE})
    with refused(404):
        manager.create_secret_version_action(made["id"], unknown, {"action_type": REVOKE})


def test_the_template_decides(manager, issue, issuer, group, configure, name):
    for wrong in ({"common_name": "www.elsewhere.test"}, {"ttl": "9000h"}, {"ttl": "soon"},
                  {"common_name": "abc"}, {"alt_names": ["www.elsewhere.test"]},
                  {"certificate_template": "nothing"}, {"ip_sans": "no address"},
                  {"csr": "no request " * 10}, {"format": "jks"},
                  {"rotation": {"auto_rotate": True, "interval": 25, "unit": "month"}}):
        with refused(400, 404):
            manager.create_secret({"secret_type": "private_cert", "name": name(),
                                   "certificate_template": issuer[1],
                                   "common_name": "www.example.test"} | wrong)
    narrow = configure(template(name("template"), issuer[0], allowed_secret_groups=group["id"]))
    with refused(400, 403):
        manager.create_secret({"secret_type": "private_cert", "name": name(),
                               "certificate_template": narrow["name"],
                               "common_name": "www.example.test"})
    assert issue(certificate_template=narrow["name"], secret_group_id=group["id"])["state"] == 1


def test_a_policy_is_set_and_taken_away(manager, issue):
    made = issue(ttl="240h")
    changed = manager.update_secret_metadata(made["id"], v2.PrivateCertificateMetadataPatch(
        rotation=v2.CommonRotationPolicy(auto_rotate=True, interval=2, unit="day"))).get_result()
    conforms(v2.PrivateCertificateMetadata, changed, *PLAIN, NOT_REVOKED)
    assert changed["rotation"] == {"auto_rotate": True, "interval": 2, "unit": "day"}
    changed = manager.update_secret_metadata(
        made["id"], {"rotation": {"auto_rotate": False}}).get_result()
    conforms(v2.PrivateCertificateMetadata, changed, *PLAIN, NOT_REVOKED, NO_POLICY_DATE, MANUAL)
