"""Certificate authorities of the instance, their templates and certificates."""

import certificates
import pytest
from ibm_secrets_manager_sdk import secrets_manager_v1 as v1
from recorded import refused
from shapes import (MANUAL, NO_OTHER_NAMES, NOT_REVOKED, NOTHING_NOTED, conforms, conforms_secret,
                    conforms_version, conforms_version_info, conforms_version_metadata, resource,
                    resources)

ROOTS = "root_certificate_authorities"
INTERMEDIATES = "intermediate_certificate_authorities"
TEMPLATES = "certificate_templates"


def root(**more):
    return v1.RootCertificateAuthorityConfig(**{
        "max_ttl": "43800h", "common_name": "root.example.test", "key_type": "ec", "key_bits": 256,
        "alt_names": "a.example.test,b.example.test", "ttl": "87600h", "crl_expiry": "48h",
        "crl_disable": False, "crl_distribution_points_encoded": False,
        "issuing_certificates_urls_encoded": False} | more)


def intermediate(issuer=None):
    """With an issuer it is signed here, at once; without one elsewhere."""
    return v1.IntermediateCertificateAuthorityConfig(
        max_ttl="26300h", common_name="intermediate.example.test", key_type="ec", key_bits=256,
        signing_method="internal" if issuer else "external", issuer=issuer)


def template(authority, **more):
    return v1.CertificateTemplateConfig(**{
        "certificate_authority": authority, "allowed_domains": ["example.test"],
        "allow_subdomains": True, "key_type": "ec", "key_bits": 256, "ttl": "720h",
        "max_ttl": "2160h"} | more)


@pytest.fixture
def above(configure, name):
    return configure(ROOTS, "root_certificate_authority", name("root"), root())["name"]


@pytest.fixture
def below(configure, name, above):
    return configure(INTERMEDIATES, "intermediate_certificate_authority", name("intermediate"),
                     intermediate(above))["name"]


@pytest.fixture
def issuer(configure, name, below):
    return configure(TEMPLATES, "certificate_template", name("template"), template(below))["name"]


@pytest.fixture
def issue(make, name, issuer):
    return lambda **more: make("private_cert", v1.PrivateCertificateSecretResource(**{
        "name": name("private"), "certificate_template": issuer,
        "common_name": "www.example.test"} | more))


def element(manager, kind, name):
    made = resource(manager.get_config_element("private_cert", kind, name), "config")
    assert made.keys() == {"name", "type", "config"}
    return made


def test_authorities_and_templates_are_elements(manager, configure, above, below, issuer, name):
    made = element(manager, ROOTS, above)
    assert (made["name"], made["type"]) == (above, "root_certificate_authority")
    conforms(v1.RootCertificateAuthorityConfig, made["config"], NO_OTHER_NAMES)
    config = made["config"]
    assert (config["max_ttl"], config["ttl"], config["crl_expiry"]) == (
        43800 * 3600, 87600 * 3600, 48 * 3600)
    assert config["alt_names"] == "a.example.test,b.example.test"
    assert config["status"] == "configured" and "BEGIN CERTIFICATE" in config["data"]["certificate"]
    made = element(manager, INTERMEDIATES, below)
    conforms(v1.IntermediateCertificateAuthorityConfig, made["config"], NO_OTHER_NAMES)
    assert (made["config"]["issuer"], made["config"]["status"]) == (above, "configured")
    made = element(manager, TEMPLATES, issuer)
    conforms(v1.CertificateTemplateConfig, made["config"], NO_OTHER_NAMES)
    assert (made["config"]["ttl"], made["config"]["not_before_duration"]) == (720 * 3600, 30)

    for kind, one in ((ROOTS, above), (INTERMEDIATES, below), (TEMPLATES, issuer)):
        [listed] = resources(manager.get_config_elements("private_cert", kind), "config")
        [mine] = [found for found in listed[kind] if found["name"] == one]
        conforms(v1.ConfigElementMetadata, mine, supersets=frozenset({"config"}))
    [engine] = resources(manager.get_config("private_cert"), "config")
    assert engine.keys() == {ROOTS, INTERMEDIATES, TEMPLATES}
    assert above in [one["name"] for one in engine[ROOTS]]


def test_an_element_is_replaced(manager, above, issuer, below):
    config = root(max_ttl="8760h", crl_disable=True).to_dict()
    changed = resource(manager.update_config_element(
        "private_cert", ROOTS, above, "root_certificate_authority", config), "config")
    assert changed["config"]["max_ttl"] == 8760 * 3600 and changed["config"]["crl_disable"] is True
    config = template(below, ttl="24h").to_dict()
    changed = resource(manager.update_config_element(
        "private_cert", TEMPLATES, issuer, "certificate_template", config), "config")
    assert changed["config"]["ttl"] == 86400
    with refused(404):
        manager.update_config_element(
            "private_cert", TEMPLATES, "nobody", "certificate_template", config)
    with refused(400):
        manager.update_config_element("private_cert", ROOTS, above, "certificate_template", config)


def test_an_authority_is_signed_elsewhere(manager, configure, above, name):
    made = configure(INTERMEDIATES, "intermediate_certificate_authority", name("external"),
                     intermediate())
    assert made["config"]["status"] == "signed_certificate_required"
    csr = made["config"]["data"]["csr"]
    signed = resource(manager.action_on_config_element(
        "private_cert", ROOTS, above, "sign_csr",
        config=v1.SignCsrAction(csr=csr, use_csr_values=True, ttl="17520h")), "config")
    assert (signed["name"], signed["type"]) == (above, "root_certificate_authority")
    conforms(v1.SignCsrActionResult, signed["config"], NO_OTHER_NAMES)
    conforms(v1.SignActionResultData, signed["config"]["data"])
    done = resource(manager.action_on_config_element(
        "private_cert", INTERMEDIATES, made["name"], "set_signed",
        config=v1.SetSignedAction(certificate=signed["config"]["data"]["certificate"])), "config")
    assert done["name"] == made["name"]
    status = element(manager, INTERMEDIATES, made["name"])["config"]["status"]
    assert status == "certificate_template_required"


def test_an_authority_is_signed_here_once_more_and_revoked(manager, above, below):
    signed = resource(manager.action_on_config_element(
        "private_cert", ROOTS, above, "sign_intermediate",
        config=v1.SignIntermediateAction(intermediate_certificate_authority=below)), "config")
    conforms(v1.SignIntermediateActionResult, signed["config"], NO_OTHER_NAMES)
    for kind, one in ((ROOTS, above), (INTERMEDIATES, below)):
        done = resource(manager.action_on_config_element("private_cert", kind, one, "rotate_crl"),
                        "config")
        assert done["name"] == one
    data = element(manager, INTERMEDIATES, below)["config"]["data"]
    serial = certificates.Made(certificates.read(data["certificate"]), None).serial
    done = resource(manager.action_on_config_element(
        "private_cert", INTERMEDIATES, below, "revoke",
        config=v1.RevokeAction(serial_number=serial)), "config")
    conforms(v1.RevokeActionResult, done["config"])
    assert element(manager, INTERMEDIATES, below)["config"]["status"] == "revoked"


def test_a_certificate_is_issued_rotated_and_revoked(manager, issue, below, issuer):
    made = issue(alt_names="alt.example.test,other.example.test", description="d", labels=["ab"],
                 custom_metadata={"a": 1}, ttl="240h",
                 rotation=v1.Rotation(auto_rotate=True, interval=2, unit="day"))
    conforms_secret(made, NOT_REVOKED, MANUAL)
    assert (made["certificate_authority"], made["certificate_template"]) == (below, issuer)
    assert {"alt.example.test", "other.example.test"} <= set(made["alt_names"])
    assert certificates.fits(made["secret_data"]["private_key"], made["secret_data"]["certificate"])
    metadata = resource(manager.get_secret_metadata("private_cert", made["id"]), "secret")
    conforms(v1.PrivateCertificateSecretMetadata, metadata, NOT_REVOKED, MANUAL)

    bodies = (None, {}, v1.RotatePrivateCertBody(custom_metadata={"b": 2}),
              v1.RotatePrivateCertBodyWithVersionCustomMetadata(version_custom_metadata={"c": 3}))
    for body in bodies:
        rotated = resource(manager.update_secret("private_cert", made["id"], "rotate",
                                                 secret_action=body), "secret")
        conforms_secret(rotated, NOT_REVOKED, MANUAL)
    assert rotated["versions_total"] == 5 and rotated["custom_metadata"] == {"b": 2}
    listed = resources(manager.list_secret_versions("private_cert", made["id"]), "secret.version")
    for one in listed:
        conforms_version_info("private_cert", one)
        assert (one["state"], one["state_description"]) == (1, "Active")
    version = resource(manager.get_secret_version("private_cert", made["id"], "previous"),
                       "secret.version")
    conforms_version("private_cert", version)

    answer = manager.update_secret_version("private_cert", made["id"], "previous", "revoke")
    resource(answer, "secret")
    metadata = resource(manager.get_secret_version_metadata("private_cert", made["id"], "previous"),
                        "secret.version")
    conforms_version_metadata("private_cert", metadata)
    assert metadata["revocation_time"] > 1_600_000_000
    revoked = resource(manager.update_secret("private_cert", made["id"], "revoke"), "secret")
    assert revoked["revocation_time"] > 1_600_000_000
    metadata = resource(manager.get_secret_metadata("private_cert", made["id"]), "secret")
    conforms(v1.PrivateCertificateSecretMetadata, metadata, MANUAL)


def test_a_certificate_for_a_request_has_no_key(manager, issue):
    request, key = certificates.request()
    made = issue(csr=request)
    members = {"certificate", "issuing_ca", "ca_chain"}
    conforms_secret(made, NOT_REVOKED, MANUAL, NOTHING_NOTED, members=members)
    other, key = certificates.request()
    rotated = resource(manager.update_secret(
        "private_cert", made["id"], "rotate",
        secret_action=v1.RotatePrivateCertBodyWithCsr(csr=other)), "secret")
    conforms_secret(rotated, NOT_REVOKED, MANUAL, NOTHING_NOTED, members=members)
    key_pem = certificates.Made(None, key).key_pem
    assert certificates.fits(key_pem, rotated["secret_data"]["certificate"])


def test_what_is_refused(manager, writer, configure, above, below, name):
    for wrong in (("private_cert", "dns_providers", name(), "cis", {}),
                  ("arbitrary", ROOTS, name(), "root_certificate_authority", root().to_dict()),
                  ("private_cert", ROOTS, name(), "letsencrypt", root().to_dict()),
                  ("private_cert", ROOTS, name(), "root_certificate_authority", {"max_ttl": "1h"}),
                  ("private_cert", ROOTS, "x", "root_certificate_authority", root().to_dict())):
        with refused(400, 404):
            manager.create_config_element(*wrong)
    with refused(409) as refusal:
        manager.create_config_element("private_cert", ROOTS, above, "root_certificate_authority", root())
    assert "already exists" in refusal.message
    for call in (lambda: manager.get_config_element("private_cert", ROOTS, "nobody"),
                 lambda: manager.delete_config_element("private_cert", ROOTS, "nobody"),
                 lambda: manager.get_config_element("private_cert", ROOTS, below),
                 lambda: manager.action_on_config_element("private_cert", ROOTS, "nobody", "rotate_crl")):
        with refused(404):
            call()
    for action in ("nonsense", "revoke", "set_signed"):
        with refused(400):
            manager.action_on_config_element("private_cert", ROOTS, above, action)
    with refused(400, 404):
        manager.get_config_elements("private_cert", "nonsense")
    for call in (lambda: writer.get_config("private_cert"),
                 lambda: writer.get_config_elements("private_cert", ROOTS),
                 lambda: writer.get_config_element("private_cert", ROOTS, above),
                 lambda: writer.delete_config_element("private_cert", ROOTS, above)):
        with refused(403):
            call()
