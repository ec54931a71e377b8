"""Configurations of secrets engines that are no authority of the instance."""

import certificates
import pytest
from authorities import root
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused
from shapes import NO_CHAIN, NO_CRYPTO_KEY, conforms, reads

LETS_ENCRYPT = "public_cert_configuration_ca_lets_encrypt"
ROOT = "private_cert_configuration_root_ca"


def lets_encrypt(name, **more):
    return v2.PublicCertificateConfigurationCALetsEncryptPrototype(**{
        "config_type": LETS_ENCRYPT, "name": name, "lets_encrypt_environment": "staging",
        "lets_encrypt_private_key": certificates.leaf().key_pem} | more)


def test_lets_encrypt_is_configured_changed_and_deleted(manager, name):
    key = certificates.leaf().key_pem
    answer = manager.create_configuration(lets_encrypt(
        name("ca"), lets_encrypt_private_key=key, lets_encrypt_preferred_chain="ISRG Root X1"))
    assert answer.get_status_code() == 201
    made = answer.get_result()
    reads(v2.Configuration, conforms(v2.PublicCertificateConfigurationCALetsEncrypt, made))
    # A key that is kept sealed for good is told as an empty text.
    assert made["lets_encrypt_private_key"].strip() in (key.strip(), "")

    answer = manager.get_configuration(made["name"])
    assert answer.get_status_code() == 200
    assert conforms(v2.PublicCertificateConfigurationCALetsEncrypt, answer.get_result()) == made
    [listed] = manager.list_configurations(search=made["name"]).get_result()["configurations"]
    conforms(v2.PublicCertificateConfigurationCALetsEncryptMetadata, listed)
    assert "lets_encrypt_private_key" not in listed

    other = certificates.leaf().key_pem
    answer = manager.update_configuration(
        made["name"], v2.PublicCertificateConfigurationCALetsEncryptPatch(
            lets_encrypt_environment="production", lets_encrypt_private_key=other,
            lets_encrypt_preferred_chain="ISRG Root X2"))
    assert answer.get_status_code() == 200
    changed = conforms(v2.PublicCertificateConfigurationCALetsEncrypt, answer.get_result())
    assert changed["lets_encrypt_environment"] == "production"
    assert changed["lets_encrypt_private_key"].strip() in (other.strip(), "")
    with refused(400):  # the environment is required even there
        manager.update_configuration(made["name"], {"lets_encrypt_preferred_chain": "ISRG Root X1"})

    answer = manager.delete_configuration(made["name"])
    assert (answer.get_status_code(), answer.get_result() or None) == (204, None)
    for call in (manager.get_configuration, manager.delete_configuration):
        with refused(404):
            call(made["name"])
    with refused(404):
        manager.update_configuration(made["name"], {"lets_encrypt_environment": "staging"})


def test_a_configuration_without_what_is_optional(configure, name):
    made = configure(lets_encrypt(name("ca")))
    conforms(v2.PublicCertificateConfigurationCALetsEncrypt, made, NO_CHAIN)


def test_configurations_keep_to_the_rules(manager, name):
    secret_key = certificates.leaf().key_pem
    for wrong in ({"lets_encrypt_environment": "other"}, {"lets_encrypt_private_key": "no key " * 10},
                  {"lets_encrypt_preferred_chain": "x" * 31}, {"name": "x"}, {"name": "x" * 129},
                  {"name": "a b"}, {"surprise": 1}):
        body = lets_encrypt(name("ca"), lets_encrypt_private_key=secret_key).to_dict() | wrong
        with refused(400, never=[secret_key[40:80]]):
            manager.create_configuration(body)
    body = lets_encrypt(name("ca")).to_dict()
    for field in ("config_type", "name", "lets_encrypt_environment"):
        with refused(400):
            manager.create_configuration({key: one for key, one in body.items() if key != field})


def test_a_name_is_unique_within_its_type(manager, configure, name):
    made = configure(lets_encrypt(name("ca")))
    with refused(409) as refusal:
        manager.create_configuration(lets_encrypt(made["name"]))
    assert "already exists" in refusal.message


@pytest.fixture
def twins(configure, name):
    """Two configurations of one name and different types."""
    shared = name("twin")
    configure(lets_encrypt(shared))
    configure(root(shared))
    return shared


def test_an_ambiguous_name_needs_the_type(manager, twins):
    for call in (lambda **more: manager.get_configuration(twins, **more),
                 lambda **more: manager.delete_configuration(twins, **more),
                 lambda **more: manager.update_configuration(twins, {"max_ttl": "8760h"}, **more),
                 lambda **more: manager.create_configuration_action(twins, {
                     "action_type": "private_cert_configuration_action_rotate_crl"}, **more)):
        with refused(300) as refusal:
            call()
        assert "X-Sm-Accept-Configuration-Type" in refusal.text
    for config_type in (LETS_ENCRYPT, ROOT):
        read = manager.get_configuration(twins, x_sm_accept_configuration_type=config_type)
        assert read.get_result()["config_type"] == config_type
    changed = manager.update_configuration(
        twins, {"max_ttl": "8760h"}, x_sm_accept_configuration_type=ROOT).get_result()
    assert (changed["config_type"], changed["max_ttl_seconds"]) == (ROOT, 8760 * 3600)
    done = manager.create_configuration_action(
        twins, {"action_type": "private_cert_configuration_action_rotate_crl"},
        x_sm_accept_configuration_type=ROOT)
    assert done.get_status_code() == 201
    with refused(404):
        manager.get_configuration(
            twins, x_sm_accept_configuration_type="private_cert_configuration_template")
    with refused(400):
        manager.get_configuration(twins, x_sm_accept_configuration_type="nonsense")
    manager.delete_configuration(twins, x_sm_accept_configuration_type=LETS_ENCRYPT)
    assert manager.get_configuration(twins).get_result()["config_type"] == ROOT


def test_there_is_a_limit_of_each_type(manager, configure, name):
    stem = name("full")
    there = [one for one in manager.list_configurations(limit=1000).get_result()["configurations"]
             if one["config_type"] == ROOT]
    for number in range(10 - len(there)):
        configure(root(f"{stem}-{number}"))
    with refused(400, 409) as refusal:  # the status is not documented (1.2)
        manager.create_configuration(root(f"{stem}-more"))
    assert "reached the maximum" in refusal.message
    [listed] = manager.list_configurations(search=f"{stem}-0").get_result()["configurations"]
    conforms(v2.PrivateCertificateConfigurationRootCAMetadata, listed, NO_CRYPTO_KEY)
