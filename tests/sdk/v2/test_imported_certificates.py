"""Imported certificates, and those whose request the instance makes."""

import certificates
import pytest
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused
from shapes import (CSR_UNSIGNED, NO_CSR_LISTS, NO_INTERMEDIATE, NO_KEY, NO_MANAGED_CSR,
                    NO_REFERENCES, NO_VERSION_METADATA, PLAIN, absence, conforms, reads)

NO_CSR = absence("csr", "the certificate was brought with its key (4.2)")


@pytest.fixture
def imported(make, name):
    """Imports a leaf with its key and intermediate; answers with both."""
    def do(**more):
        made = certificates.leaf(alt_names=["www.example.test", "example.test"])
        return made, make(v2.ImportedCertificatePrototype(
            name=name("imported"), secret_type="imported_cert", certificate=made.pem,
            intermediate=certificates.intermediate().pem, private_key=made.key_pem, **more))
    return do


def test_a_certificate_is_imported_with_every_field(manager, imported, group):
    leaf, made = imported(description="d", labels=["web"], custom_metadata={"a": 1},
                          version_custom_metadata={"b": 2}, secret_group_id=group["id"])
    reads(v2.ImportedCertificate, conforms(v2.ImportedCertificate, made, NO_REFERENCES, NO_MANAGED_CSR))
    assert (made["state"], made["common_name"]) == (1, "www.example.test")
    assert sorted(made["alt_names"]) == ["example.test", "www.example.test"]
    assert made["serial_number"] == leaf.serial
    assert "SDK tests intermediate" in made["issuer"]
    assert made["key_algorithm"] and made["signing_algorithm"]
    assert made["intermediate_included"] is True and made["private_key_included"] is True
    ends = leaf.certificate.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%S")
    assert made["expiration_date"][:19] == made["validity"]["not_after"][:19] == ends
    assert certificates.read(made["certificate"]) == leaf.certificate
    assert certificates.fits(made["private_key"], made["certificate"])
    metadata = manager.get_secret_metadata(made["id"]).get_result()
    conforms(v2.ImportedCertificateMetadata, metadata, NO_REFERENCES,
             absence("managed_csr", NO_MANAGED_CSR.reason))
    version = manager.get_secret_version(made["id"], "current").get_result()
    conforms(v2.ImportedCertificateVersion, version, NO_CSR)
    version = manager.get_secret_version_metadata(made["id"], "current").get_result()
    conforms(v2.ImportedCertificateVersionMetadata, version)


def test_nothing_is_carried_over_by_a_rotation(manager, imported):
    _, made = imported()
    bare = certificates.leaf("other.example.test")
    answer = manager.create_secret_version(made["id"], v2.ImportedCertificateVersionPrototype(
        certificate=bare.pem.replace("\n", "\r\n")))
    assert answer.get_status_code() == 201
    version = reads(v2.ImportedCertificateVersion, conforms(
        v2.ImportedCertificateVersion, answer.get_result(), NO_CSR, NO_INTERMEDIATE, NO_KEY,
        NO_VERSION_METADATA))
    assert version["serial_number"] == bare.serial
    now = manager.get_secret(made["id"]).get_result()
    conforms(v2.ImportedCertificate, now, *PLAIN, NO_MANAGED_CSR, NO_INTERMEDIATE, NO_KEY)
    assert (now["common_name"], now["private_key_included"]) == ("other.example.test", False)
    assert now["intermediate_included"] is False and "\r" not in now["certificate"]
    again = certificates.leaf("third.example.test")
    version = manager.create_secret_version(made["id"], v2.ImportedCertificateVersionPrototype(
        certificate=again.pem, private_key=again.key_pem,
        intermediate=certificates.intermediate().pem)).get_result()
    assert certificates.fits(version["private_key"], version["certificate"])


def test_what_is_no_certificate_is_refused(manager, make, name, imported):
    one, other = certificates.leaf(), certificates.leaf()
    expired = certificates.leaf("old.example.test", days=-1, began=30)
    broken = one.pem.replace("MI", "XX", 1)
    for more in ({"certificate": "no certificate " * 10}, {"certificate": broken}, {},
                 {"certificate": one.key_pem}, {"certificate": expired.pem},
                 {"certificate": one.pem, "private_key": other.key_pem},
                 {"certificate": one.pem, "private_key": "no key " * 10},
                 {"certificate": one.pem, "intermediate": "no certificate " * 10},
                 {"certificate": one.pem, "managed_csr": {"common_name": "both.example.test"}},
                 {"certificate": "x" * 49}, {"certificate": one.pem + "\n" * 100001}):
        body = {"secret_type": "imported_cert", "name": name("imported")} | more
        with refused(400, never=[other.key_pem[40:80]]):
            manager.create_secret(body)
    _, made = imported()
    with refused(400):
        manager.create_secret_version(made["id"], {"certificate": one.pem, "private_key": other.key_pem})
    with refused(400):
        manager.create_secret_version(made["id"], {"private_key": one.key_pem})
    assert manager.get_secret_metadata(made["id"]).get_result()["versions_total"] == 1


def test_the_text_of_the_documentation_for_what_cannot_be_parsed(manager, name):
    with refused(400) as refusal:
        manager.create_secret({"secret_type": "imported_cert", "name": name(), "certificate":
                               "-----BEGIN CERTIFICATE-----\n" + "AAAA" * 20
                               + "\n-----END CERTIFICATE-----\n"})
    assert refusal.target in (None, "certificate")


@pytest.fixture
def requested(make, name):
    """A secret that waits for its certificate."""
    return make(v2.ImportedCertificatePrototype(
        name=name("managed"), secret_type="imported_cert",
        managed_csr=v2.ImportedCertificateManagedCsr(
            common_name="managed.example.test", organization=["Example"], country=["DE"],
            alt_names="managed.example.test,alt.example.test", key_type="ec", key_bits=256)))


def test_a_managed_request_is_signed_elsewhere(manager, requested):
    conforms(v2.ImportedCertificate, requested, *PLAIN, CSR_UNSIGNED, NO_CSR_LISTS)
    assert (requested["state"], requested["state_description"]) == (0, "pre_activation")
    managed = requested["managed_csr"]
    assert (managed["common_name"], managed["organization"]) == ("managed.example.test", ["Example"])
    assert (managed["key_type"], managed["key_bits"]) == ("ec", 256)
    assert managed["alt_names"] == "managed.example.test,alt.example.test"
    signed = certificates.sign_request(managed["csr"], alt_names=["managed.example.test"])
    # The key is a value: it comes with the certificate, and until then its text is empty.
    assert managed["private_key"] == "" or certificates.fits(managed["private_key"], signed)

    # The key is the instance's.
    with refused(400):
        manager.create_secret_version(
            requested["id"], {"certificate": signed, "private_key": certificates.leaf().key_pem})
    with refused(400):
        manager.create_secret_version(requested["id"], {"certificate": certificates.leaf().pem})
    answer = manager.create_secret_version(requested["id"], v2.ImportedCertificateVersionPrototype(
        certificate=signed, intermediate=certificates.intermediate().pem))
    assert answer.get_status_code() == 201
    version = conforms(v2.ImportedCertificateVersion, answer.get_result(), NO_VERSION_METADATA)
    assert certificates.fits(version["private_key"], version["certificate"])

    now = manager.get_secret(requested["id"]).get_result()
    conforms(v2.ImportedCertificate, now, *PLAIN, NO_CSR_LISTS)
    assert (now["state"], now["common_name"]) == (1, "managed.example.test")
    assert now["private_key_included"] is True


def test_another_request_is_made_by_a_patch(manager, requested):
    before = requested["managed_csr"]
    answer = manager.update_secret_metadata(requested["id"], v2.ImportedCertificateMetadataPatch(
        managed_csr=v2.ImportedCertificateManagedCsr(
            common_name="new.example.test", alt_names="managed.example.test", key_type="ec",
            key_bits=256)))
    assert answer.get_status_code() == 200
    after = answer.get_result()["managed_csr"]
    assert after["common_name"] == "new.example.test" and after["csr"] != before["csr"]
    key = certificates.requested_key(before["csr"])
    assert certificates.requested_key(after["csr"]) == key
    after = manager.update_secret_metadata(requested["id"], {"managed_csr": {
        "common_name": "new.example.test", "rotate_keys": True}}).get_result()["managed_csr"]
    assert certificates.requested_key(after["csr"]) != key
    with refused(400):  # one of the names stays
        manager.update_secret_metadata(
            requested["id"], {"managed_csr": {"common_name": "another.example.test"}})


def test_a_request_needs_a_name_and_a_possible_key(manager, name, imported):
    for wrong in ({}, {"common_name": "a.example.test", "key_type": "dsa"},
                  {"common_name": "a.example.test", "key_bits": 1024},
                  {"common_name": "a.example.test", "ou": "no list"}):
        with refused(400):
            manager.create_secret({"secret_type": "imported_cert", "name": name(), "managed_csr": wrong})
    _, made = imported()
    with refused(400):
        manager.update_secret_metadata(made["id"], {"managed_csr": {"common_name": "a.example.test"}})
