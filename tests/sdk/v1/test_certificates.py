"""Imported and public certificates."""

import certificates
import pytest
import requests
from ibm_secrets_manager_sdk import secrets_manager_v1 as v1
from recorded import refused
from running import until
from shapes import (INCLUDED, MANUAL, NO_FAILURE, NOT_ISSUED, NOT_VALIDATED, NOTHING_NOTED,
                    OF_AN_ORDER, conforms, conforms_secret, conforms_version, conforms_version_info,
                    conforms_version_metadata, resource, resources)

ACME = "public_cert_configuration_ca_acme"


def test_a_certificate_is_imported_and_rotated(manager, make, name):
    leaf = certificates.leaf(alt_names=["www.example.test", "example.test"])
    made = make("imported_cert", v1.CertificateSecretResource(
        name=name("imported"), certificate=leaf.pem, private_key=leaf.key_pem,
        intermediate=certificates.intermediate().pem, description="d", labels=["ab"],
        custom_metadata={"a": 1}))
    conforms_secret(made)
    assert (made["serial_number"], made["common_name"]) == (leaf.serial, "www.example.test")
    assert sorted(made["alt_names"]) == ["example.test", "www.example.test"]
    assert made["intermediate_included"] is True and made["private_key_included"] is True
    metadata = resource(manager.get_secret_metadata("imported_cert", made["id"]), "secret")
    conforms(v1.CertificateSecretMetadata, metadata)

    bare = certificates.leaf("other.example.test")
    answer = manager.update_secret("imported_cert", made["id"], "rotate",
                                   secret_action=v1.RotateCertificateBody(certificate=bare.pem))
    rotated = conforms_secret(resource(answer, "secret"), members={"certificate"})
    assert rotated["serial_number"] == bare.serial and rotated["private_key_included"] is False
    listed = resources(manager.list_secret_versions("imported_cert", made["id"]), "secret.version")
    assert [conforms_version_info("imported_cert", one)["serial_number"] for one in listed] == [
        leaf.serial, bare.serial]
    version = resource(manager.get_secret_version("imported_cert", made["id"], "previous"),
                       "secret.version")
    conforms_version("imported_cert", version)
    metadata = resource(manager.get_secret_version_metadata(
        "imported_cert", made["id"], listed[1]["id"]), "secret.version")
    conforms_version_metadata("imported_cert", metadata)
    with refused(400):
        manager.update_secret("imported_cert", made["id"], "rotate", secret_action={
            "certificate": bare.pem, "private_key": leaf.key_pem})


@pytest.fixture(scope="module")
def ca(manager, authority, name, url):
    """Another ACME server than Let's Encrypt's: v1 has no word for it, so v2 configures it."""
    session = requests.Session()
    session.trust_env = False
    token = manager.authenticator.token_manager.get_token()
    session.headers["Authorization"] = f"Bearer {token}"
    made = session.post(f"{url}/api/v2/configurations", json={
        "config_type": ACME, "name": name("acme"), "directory_url": authority.directory_url,
        "root_certificate": authority.root_certificate})
    assert made.status_code == 201, made.text
    yield made.json()["name"]
    session.delete(f"{url}/api/v2/configurations/{made.json()['name']}")


def order(make, authority, name, **more):
    host = f"{name('www')}.example.test"
    return make("public_cert", v1.PublicCertificateSecretResource(**{
        "name": name("public"), "ca": authority, "dns": "manual", "common_name": host,
        "alt_names": [host], "bundle_certs": True, "key_algorithm": "EC256",
        "rotation": v1.Rotation(auto_rotate=False, rotate_keys=False)} | more), status=202)


def metadata_when(manager, secret, holds):
    def read():
        metadata = resource(manager.get_secret_metadata("public_cert", secret["id"]), "secret")
        return metadata if holds(metadata["issuance_info"]) else None
    return until(read, seconds=60)


def test_a_public_certificate_is_ordered_and_rotated(manager, authority, make, ca, name):
    made = order(make, ca, name)
    conforms_secret(made, NOTHING_NOTED, NOT_ISSUED, NO_FAILURE, NOT_VALIDATED, MANUAL, INCLUDED,
                    OF_AN_ORDER)
    assert (made["state"], made["state_description"]) == (0, "Pre-activation")
    assert made["issuance_info"]["ca"] == ca and made["issuance_info"]["dns"] == "manual"
    assert made["issuance_info"]["state_description"] == "Pre-activation"
    assert made["key_algorithm"] == "EC256"

    def validated(before):
        pending = metadata_when(manager, made, lambda info: info.get("challenges"))
        assert pending["state"] == (1 if before else 0) and pending["issuance_info"]["state"] == 0
        challenges = pending["issuance_info"]["challenges"]
        authority.publish(challenges)
        answer = manager.update_secret("public_cert", made["id"], "validate_dns_challenge")
        resource(answer, "secret")
        metadata = metadata_when(manager, made, lambda info: info["state"] != 0)
        authority.withdraw(challenges)
        assert metadata["issuance_info"]["state_description"] == "Active", metadata["issuance_info"]
        return metadata

    first = validated(None)
    # The class for the metadata lacks what that for the secret has.
    conforms(v1.PublicCertificateSecretMetadata, first, NOTHING_NOTED, NO_FAILURE, MANUAL, INCLUDED,
             OF_AN_ORDER, supersets=frozenset({"ca", "dns"}))
    assert (first["state_description"], first["key_algorithm"]) == ("Active", "EC256")
    secret = resource(manager.get_secret("public_cert", made["id"]), "secret")
    chained = {"certificate", "private_key"} | ({"intermediate"} & secret["secret_data"].keys())
    conforms_secret(secret, NOTHING_NOTED, NO_FAILURE, MANUAL, INCLUDED, OF_AN_ORDER, members=chained)
    assert certificates.fits(secret["secret_data"]["private_key"], secret["secret_data"]["certificate"])

    answer = manager.update_secret("public_cert", made["id"], "rotate",
                                   secret_action=v1.RotatePublicCertBody(rotate_keys=True))
    pending = resource(answer, "secret")
    assert (pending["state"], pending["issuance_info"]["state"]) == (1, 0)
    second = validated(first)
    assert second["serial_number"] != first["serial_number"] and second["versions_total"] == 2
    version = resource(manager.get_secret_version("public_cert", made["id"], "previous"),
                       "secret.version")
    conforms_version("public_cert", version, members=chained)
    assert version["serial_number"] == first["serial_number"]
    with refused(400):  # nothing is pending
        manager.update_secret("public_cert", made["id"], "validate_dns_challenge")
    # `rotate_keys` stands at the top here, and is required.
    for wrong in ({}, {"rotation": {"rotate_keys": True}}):
        with refused(400):
            manager.update_secret("public_cert", made["id"], "rotate", secret_action=wrong)
    [listed] = [one for one in resources(manager.list_secrets("public_cert"), "secret")
                if one["id"] == made["id"]]
    assert "secret_data" not in listed


def test_orders_that_are_refused(manager, make, ca, name):
    for wrong in ({"ca": "nobody"}, {"dns": "nobody"}, {"common_name": "abc"},
                  {"key_algorithm": "ECDSA512"}):
        with refused(400, 404):
            order(make, ca, name, **wrong)
