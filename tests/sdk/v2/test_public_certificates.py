"""Public certificates with manual DNS, ordered from a real ACME server."""

import certificates
import pytest
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused
from running import until
from shapes import (NO_CERTIFICATE, NO_CHALLENGE_YET, NO_FAILURE, NO_REFERENCES, PLAIN,
                    absence, conforms, reads)

ACME = "public_cert_configuration_ca_acme"
VALIDATE = "public_cert_action_validate_dns_challenge"
BUNDLED = absence("intermediate", "the certificate holds the chain; the member is optional (2)",
                  certain=False)
NO_MORE_CHALLENGES = absence("issuance_info.challenges issuance_info.dns_challenge_validation_time",
                             "the order has ended (2.2)", certain=False)
STILL_THE_OLD = absence("certificate intermediate private_key version_custom_metadata",
                        "old or no certificate is answered until there is a new one (2)",
                        certain=False)
NO_COMMON_NAME = absence("common_name", "none was asked for, and the CA may take none (4.3)",
                         certain=False)


@pytest.fixture(scope="module")
def ca(manager, authority, name):
    """The configuration of the ACME server. IBM has none for other directories than Let's Encrypt's."""
    answer = manager.create_configuration({
        "config_type": ACME, "name": name("acme"), "directory_url": authority.directory_url,
        "root_certificate": authority.root_certificate})
    assert answer.get_status_code() == 201
    made = answer.get_result()
    assert made["secret_type"] == "public_cert" and made["directory_url"] == authority.directory_url
    yield made["name"]
    manager.delete_configuration(made["name"], x_sm_accept_configuration_type=ACME)


@pytest.fixture
def order(make, ca, name):
    """Orders a certificate with manual DNS."""
    return lambda **more: make(v2.PublicCertificatePrototype(**{
        "name": name("public"), "secret_type": "public_cert", "ca": ca, "dns": "manual",
        "common_name": f"{name('www')}.example.test", "key_algorithm": "ECDSA256"} | more))


def challenged(manager, secret):
    """The metadata as soon as the authority's challenges are in it."""
    def read():
        metadata = manager.get_secret_metadata(secret["id"]).get_result()
        info = metadata["issuance_info"]
        assert info["state"] == 0, info.get("error_message")
        return metadata if info.get("challenges") else None
    return until(read)


def ended(manager, secret):
    """The metadata as soon as the order is not pending any more."""
    def read():
        metadata = manager.get_secret_metadata(secret["id"]).get_result()
        return metadata if metadata["issuance_info"]["state"] != 0 else None
    return until(read, seconds=60)


def validate(manager, secret):
    answer = manager.create_secret_action(
        secret["id"], v2.PublicCertificateActionValidateManualDNSPrototype(action_type=VALIDATE))
    assert answer.get_status_code() == 201
    assert conforms(v2.PublicCertificateActionValidateManualDNS, answer.get_result()) == {
        "action_type": VALIDATE}


def issued(manager, authority, secret):
    """Does what a person does: adds the records, asks for validation, and waits."""
    challenges = challenged(manager, secret)["issuance_info"]["challenges"]
    authority.publish(challenges)
    validate(manager, secret)
    metadata = ended(manager, secret)
    authority.withdraw(challenges)
    assert metadata["issuance_info"]["state"] == 1, metadata["issuance_info"].get("error_message")
    return metadata


def test_a_certificate_is_ordered_and_rotated(manager, authority, order, name, group):
    host = name("www")
    made = order(common_name=f"{host}.example.test", alt_names=[f"*.{host}.example.test"],
                 description="d", labels=["web"], custom_metadata={"a": 1},
                 secret_group_id=group["id"], version_custom_metadata={"order": 1})
    assert (made["state"], made["state_description"]) == (0, "pre_activation")
    assert made["rotation"] == {"auto_rotate": False, "rotate_keys": False}
    assert (made["dns"], made["bundle_certs"], made["key_algorithm"]) == ("manual", True, "ECDSA256")
    # The challenges come from the authority, so they may be there in the answer or a little later.
    conforms(v2.PublicCertificate, made, NO_REFERENCES, NO_CERTIFICATE, NO_CHALLENGE_YET, NO_FAILURE,
             absence("issuance_info.challenges", "the authority was not asked yet", certain=False))

    metadata = challenged(manager, made)
    conforms(v2.PublicCertificateMetadata, metadata, NO_REFERENCES, NO_CERTIFICATE,
             NO_CHALLENGE_YET, NO_FAILURE)
    challenges = metadata["issuance_info"]["challenges"]
    assert sorted(one["domain"] for one in challenges) in (
        [f"*.{host}.example.test", f"{host}.example.test"], [f"{host}.example.test"] * 2)
    for one in challenges:
        assert one["txt_record_name"] == f"_acme-challenge.{host}.example.test."
        assert len(one["txt_record_value"]) == 43 and one["status"] == "pending"
    assert metadata["issuance_info"]["state_description"] == "pre_activation"

    first = issued(manager, authority, made)
    assert (first["state"], first["issuance_info"]["state_description"]) == (1, "active")
    conforms(v2.PublicCertificateMetadata, first, NO_REFERENCES, NO_FAILURE, NO_MORE_CHALLENGES)
    secret = manager.get_secret(made["id"]).get_result()
    reads(v2.PublicCertificate, conforms(v2.PublicCertificate, secret, NO_REFERENCES, NO_FAILURE,
                                         NO_MORE_CHALLENGES, BUNDLED))
    assert len(certificates.read_chain(secret["certificate"])) == 2
    assert certificates.fits(secret["private_key"], secret["certificate"])
    assert sorted(secret["alt_names"]) == [f"*.{host}.example.test", f"{host}.example.test"]
    assert secret["versions_total"] == 1

    # A rotation: the old certificate stays until the new one is there.
    answer = manager.create_secret_version(made["id"], v2.PublicCertificateVersionPrototype(
        rotation=v2.PublicCertificateRotationObject(rotate_keys=True),
        version_custom_metadata={"order": 2}))
    assert answer.get_status_code() == 201
    version = conforms(v2.PublicCertificateVersion, answer.get_result(), STILL_THE_OLD)
    assert version["serial_number"] == first["serial_number"]
    pending = challenged(manager, made)
    assert (pending["state"], pending["issuance_info"]["state"]) == (1, 0)
    assert manager.get_secret(made["id"]).get_result()["certificate"] == secret["certificate"]
    with refused(409):
        manager.create_secret_version(made["id"], {"rotation": {"rotate_keys": False}})
    second = issued(manager, authority, made)
    assert second["serial_number"] != first["serial_number"] and second["versions_total"] == 2
    for alias, order_number in (("current", 2), ("previous", 1)):
        version = manager.get_secret_version(made["id"], alias).get_result()
        assert version.get("version_custom_metadata") == {"order": order_number}, alias
        conforms(v2.PublicCertificateVersion, version, BUNDLED)
        metadata = manager.get_secret_version_metadata(made["id"], alias).get_result()
        conforms(v2.PublicCertificateVersionMetadata, metadata)
    now = manager.get_secret(made["id"]).get_result()
    assert now["private_key"] != secret["private_key"]
    with refused(400):
        manager.create_secret_action(made["id"], {"action_type": VALIDATE})


def test_the_key_stays_without_rotate_keys_and_the_chain_apart_without_bundle(
        manager, authority, order):
    made = order(bundle_certs=False)
    issued(manager, authority, made)
    before = manager.get_secret(made["id"]).get_result()
    assert len(certificates.read_chain(before["certificate"])) == 1
    certificates.read(before["intermediate"])
    manager.create_secret_version(made["id"], {"rotation": {}})
    issued(manager, authority, made)
    after = manager.get_secret(made["id"]).get_result()
    conforms(v2.PublicCertificate, after, *PLAIN, NO_FAILURE, NO_MORE_CHALLENGES)
    assert after["private_key"].strip() == before["private_key"].strip()
    assert after["serial_number"] != before["serial_number"]


def test_a_certificate_without_a_common_name(manager, authority, order, name):
    host = f"{name('www')}.example.test"
    made = order(common_name=None, alt_names=[host])
    metadata = issued(manager, authority, made)
    conforms(v2.PublicCertificateMetadata, metadata, *PLAIN, NO_FAILURE, NO_MORE_CHALLENGES,
             NO_COMMON_NAME)
    assert metadata["alt_names"] == [host]


def test_a_first_order_that_fails_is_over(manager, order):
    made = order()
    challenged(manager, made)
    validate(manager, made)  # nobody added a record
    metadata = ended(manager, made)
    assert (metadata["state"], metadata["state_description"]) == (3, "deactivated")
    info = metadata["issuance_info"]
    assert (info["state"], info["state_description"]) == (3, "deactivated")
    assert info["error_code"] and info["error_message"]
    conforms(v2.PublicCertificateMetadata, metadata, *PLAIN, NO_CERTIFICATE, NO_MORE_CHALLENGES)
    with refused(400):
        manager.create_secret_version(made["id"], {"rotation": {"rotate_keys": False}})
    with refused(400):
        manager.create_secret_action(made["id"], {"action_type": VALIDATE})


def test_a_rotation_that_fails_leaves_the_certificate(manager, authority, order):
    made = order()
    first = issued(manager, authority, made)
    manager.create_secret_version(made["id"], {"rotation": {"rotate_keys": False}})
    challenged(manager, made)
    validate(manager, made)
    metadata = ended(manager, made)
    assert (metadata["state"], metadata["issuance_info"]["state"]) == (1, 3)
    assert metadata["issuance_info"]["error_message"]
    assert metadata["serial_number"] == first["serial_number"]
    manager.create_secret_version(made["id"], {"rotation": {"rotate_keys": False}})
    second = issued(manager, authority, made)
    assert second["serial_number"] != first["serial_number"]


def test_orders_keep_to_the_rules(manager, ca, name, make, order):
    common = {"secret_type": "public_cert", "ca": ca, "dns": "manual",
              "common_name": "www.example.test"}
    for wrong in ({"ca": "nobody"}, {"dns": "nobody"}, {"common_name": "abc"}, {"ca": None},
                  {"dns": None}, {"common_name": None}, {"key_algorithm": "RSA1024"},
                  {"common_name": "no host"}, {"bundle_certs": "yes"}, {"alt_names": "www.example.test"},
                  {"common_name": "x" * 60 + ".example.test"},
                  {"alt_names": [f"n{number}.example.test" for number in range(101)]}):
        body = {"name": name("public")} | common | wrong
        with refused(400, 404):
            manager.create_secret({key: one for key, one in body.items() if one is not None})
    # With manual DNS nothing rotates by itself, and the examples of the documentation say so.
    made = order(rotation=v2.PublicCertificateRotationPolicy(auto_rotate=True, rotate_keys=True))
    assert made["rotation"]["auto_rotate"] is False
    for body in ({}, {"rotate_keys": True}, {"rotation": {"rotate_keys": "yes"}}, {"rotation": None}):
        with refused(400, 409):
            manager.create_secret_version(made["id"], body)


def test_a_version_that_is_not_there_yet(manager, order):
    made = order()
    assert manager.list_secret_versions(made["id"]).get_result()["versions"] == []
    with refused(404):
        manager.get_secret_version(made["id"], "current")
    secret = manager.get_secret(made["id"]).get_result()
    assert "certificate" not in secret and "private_key" not in secret
    patch = v2.PublicCertificateMetadataPatch(description="changed while it waits")
    changed = manager.update_secret_metadata(made["id"], patch).get_result()
    assert changed["description"] == "changed while it waits"
