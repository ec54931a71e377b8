"""Certificate authorities of the instance, their templates, and all their actions."""

import certificates
import pytest
import requests
from authorities import PREFIX, intermediate, root, sign, template
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused
from shapes import (A_ROOT, KEY_STAYS, NO_CRYPTO_KEY, NO_OTHER_NAMES, NO_SIGNER_HERE, NO_SUCH_RULE,
                    NOT_SIGNED, absence, conforms, reads)


@pytest.fixture
def above(configure, name):
    return configure(root(name("root")))["name"]


@pytest.fixture
def below(configure, name, above):
    """An intermediate authority that the root has signed."""
    return configure(intermediate(name("intermediate"), above))["name"]


def test_a_root_has_every_field(manager, configure, name):
    answer = manager.create_configuration(root(
        name("root"), crl_expiry="48h", crl_disable=False, crl_distribution_points_encoded=False,
        issuing_certificates_urls_encoded=False, alt_names=["a.example.test"], ip_sans="127.0.0.1",
        uri_sans="https://example.test", other_sans=["1.3.6.1.4.1.99999.1;UTF8:text"], format="pem",
        private_key_format="pkcs8", max_path_length=3, exclude_cn_from_sans=True,
        permitted_dns_domains=["example.test"], ou=["Unit"], organization=["Example"],
        country=["DE"], locality=["Berlin"], province=["BE"], street_address=["Street 1"],
        postal_code=["10115"]))
    assert answer.get_status_code() == 201
    made = answer.get_result()
    listed = manager.list_configurations(search=made["name"]).get_result()["configurations"]
    full = manager.get_configuration(made["name"]).get_result()
    manager.delete_configuration(made["name"])
    for one in (made, full):
        conforms(v2.PrivateCertificateConfigurationRootCA, one, NO_CRYPTO_KEY, A_ROOT, KEY_STAYS,
                 absence("serial_number", "the certificate has another, and this is deprecated (7.1)",
                         certain=False))
    assert (made["status"], made["secret_type"]) == ("configured", "private_cert")
    assert (made["max_ttl_seconds"], made["crl_expiry_seconds"]) == (43800 * 3600, 48 * 3600)
    assert made["ttl_seconds"] == 87600 * 3600 and made["max_path_length"] == 3
    assert made["organization"] == ["Example"] and made["ip_sans"] == "127.0.0.1"
    certificate = certificates.read(made["data"]["certificate"])
    assert abs(certificate.not_valid_after_utc.timestamp() - made["data"]["expiration"]) < 2
    conforms(v2.ConfigurationMetadata, listed[0], NO_CRYPTO_KEY)
    assert "data" not in listed[0]


def test_a_root_is_changed(manager, above):
    answer = manager.update_configuration(above, v2.PrivateCertificateConfigurationRootCAPatch(
        max_ttl="8760h", crl_expiry="24h", crl_disable=True, crl_distribution_points_encoded=False,
        issuing_certificates_urls_encoded=False))
    assert answer.get_status_code() == 200
    changed = answer.get_result()
    conforms(v2.PrivateCertificateConfigurationRootCA, changed, NO_CRYPTO_KEY, A_ROOT, KEY_STAYS,
             NO_OTHER_NAMES)
    assert changed["max_ttl_seconds"] == 8760 * 3600 and changed["crl_disable"] is True
    assert changed["crl_expiry_seconds"] == 24 * 3600
    for wrong in ({"max_ttl": "0h"}, {"max_ttl": "900000h"}, {"common_name": "x.example.test"},
                  {"crl_disable": "yes"}, {"name": "other-name"}):
        with refused(400):
            manager.update_configuration(above, wrong)


def test_an_intermediate_is_signed_here(manager, configure, name, above):
    made = configure(intermediate(name("intermediate"), above))
    conforms(v2.PrivateCertificateConfigurationIntermediateCA, made, NO_CRYPTO_KEY, NO_OTHER_NAMES)
    assert (made["status"], made["issuer"]) == ("certificate_template_required", above)

    # Once more, in another way.
    answer = manager.create_configuration_action(above, sign(
        made["name"], common_name="signed.example.test", ttl="17520h", max_path_length=0,
        permitted_dns_domains=["example.test"], organization=["Example"]))
    assert answer.get_status_code() == 201
    outcome = conforms(v2.PrivateCertificateConfigurationActionSignIntermediate,
                       answer.get_result(), NO_OTHER_NAMES)
    assert outcome["action_type"] == PREFIX + "sign_intermediate"
    assert outcome["intermediate_certificate_authority"] == made["name"]
    assert (outcome["common_name"], outcome["organization"]) == ("signed.example.test", ["Example"])

    signed = manager.get_configuration(made["name"]).get_result()
    reads(v2.Configuration, conforms(
        v2.PrivateCertificateConfigurationIntermediateCA, signed, NO_CRYPTO_KEY, NO_OTHER_NAMES))
    assert (signed["status"], signed["issuer"]) == ("certificate_template_required", above)
    assert signed["data"]["certificate"] != made["data"]["certificate"]
    certificate = certificates.read(signed["data"]["certificate"])
    parent = manager.get_configuration(above).get_result()["data"]["certificate"]
    certificate.verify_directly_issued_by(certificates.read(parent))
    assert certificates.read(signed["data"]["issuing_ca"]) == certificates.read(parent)
    [listed] = manager.list_configurations(search=made["name"]).get_result()["configurations"]
    conforms(v2.ConfigurationMetadata, listed, NO_CRYPTO_KEY)

    changed = manager.update_configuration(made["name"], {"max_ttl": "8760h"}).get_result()
    assert changed["max_ttl_seconds"] == 8760 * 3600
    configure(template(name("template"), made["name"]))
    assert manager.get_configuration(made["name"]).get_result()["status"] == "configured"


def test_an_intermediate_is_signed_elsewhere(manager, configure, name, above):
    made = configure(intermediate(name("external")))
    conforms(v2.PrivateCertificateConfigurationIntermediateCA, made, NO_CRYPTO_KEY, NOT_SIGNED,
             NO_OTHER_NAMES, KEY_STAYS)
    assert made["status"] == "signed_certificate_required"
    csr = made["data"]["csr"]
    # «Elsewhere» is the root here: it signs a request without knowing whose it is.
    answer = manager.create_configuration_action(
        above, v2.PrivateCertificateConfigurationActionSignCSRPrototype(
            action_type=PREFIX + "sign_csr", csr=csr, use_csr_values=True, ttl="17520h"))
    assert answer.get_status_code() == 201
    outcome = conforms(v2.PrivateCertificateConfigurationActionSignCSR, answer.get_result(),
                       absence("common_name", "it was not sent (7.3)", certain=False), NO_OTHER_NAMES)
    assert outcome["csr"].strip() == csr.strip() and outcome["use_csr_values"] is True
    conforms(v2.PrivateCertificateConfigurationCACertificate, outcome["data"])

    answer = manager.create_configuration_action(
        made["name"], v2.PrivateCertificateConfigurationActionSetSignedPrototype(
            action_type=PREFIX + "set_signed", certificate=outcome["data"]["certificate"]))
    assert answer.get_status_code() == 201
    done = conforms(v2.PrivateCertificateConfigurationActionSetSigned, answer.get_result())
    assert certificates.read(done["certificate"]) == certificates.read(outcome["data"]["certificate"])
    signed = manager.get_configuration(made["name"]).get_result()
    conforms(v2.PrivateCertificateConfigurationIntermediateCA, signed, NO_CRYPTO_KEY, NO_OTHER_NAMES,
             NO_SIGNER_HERE, absence("data.issuing_ca data.ca_chain", "optional (7.1)", certain=False))
    assert signed["status"] == "certificate_template_required"
    # What another asked for is no certificate of this one, and elsewhere is not here.
    other, _ = certificates.request("other.example.test")
    wrong = certificates.sign_request(other, authority=True, issuer=certificates.root())
    with refused(400):
        manager.create_configuration_action(made["name"], {
            "action_type": PREFIX + "set_signed", "certificate": wrong})
    with refused(400):
        manager.create_configuration_action(above, sign(made["name"]))


def test_a_revocation_list_is_made_anew_and_open_to_all(manager, above, below, url):
    session = requests.Session()
    session.trust_env = False
    for authority in (above, below):
        answer = manager.create_configuration_action(
            authority, v2.PrivateCertificateConfigurationActionRotateCRLPrototype(
                action_type=PREFIX + "rotate_crl"))
        assert answer.get_status_code() == 201
        done = conforms(v2.PrivateCertificateConfigurationActionRotateCRL, answer.get_result())
        assert done == {"action_type": PREFIX + "rotate_crl", "success": True}
        address = f"{url}/v1/ibmcloud/private_cert/config/certificate_authorities/{authority}"
        for what, armour in (("crl", "X509 CRL"), ("ca", "CERTIFICATE")):
            assert session.get(f"{address}/{what}").content[:1] == b"\x30"
            assert session.get(f"{address}/{what}/pem").text.startswith(f"-----BEGIN {armour}-----")
        assert session.get(f"{address}/ca_chain").status_code == 200
    assert session.get(address + "x/crl").status_code == 404


def test_an_intermediate_is_rotated_and_revoked(manager, configure, name, above, below):
    configure(template(name("template"), below))
    before = manager.get_configuration(below).get_result()["data"]["certificate"]
    answer = manager.create_configuration_action(
        below, v2.PrivateCertificateConfigurationActionRotatePrototype(
            action_type=PREFIX + "rotate_intermediate"))
    assert answer.get_status_code() == 201
    done = conforms(
        v2.PrivateCertificateConfigurationActionRotate, answer.get_result(),
        absence(" ".join(f"config.{field}" for field in (
            "common_name alt_names ip_sans uri_sans other_sans ttl format max_path_length csr data"
            " exclude_cn_from_sans permitted_dns_domains use_csr_values ou organization country"
            " locality province street_address postal_code serial_number").split()),
            "all signing options are optional (7.3)", certain=False))
    assert done["name"] == below
    after = manager.get_configuration(below).get_result()["data"]["certificate"]
    assert certificates.read(after) != certificates.read(before)

    answer = manager.create_configuration_action(
        below, v2.PrivateCertificateConfigurationActionRevokePrototype(
            action_type=PREFIX + "revoke_ca_certificate"))
    assert answer.get_status_code() == 201
    conforms(v2.PrivateCertificateConfigurationActionRevoke, answer.get_result())
    assert manager.get_configuration(below).get_result()["status"] == "revoked"


def test_what_an_authority_cannot_do(manager, configure, name, above):
    external = configure(intermediate(name("external")))["name"]
    for authority, action in ((above, "revoke_ca_certificate"), (above, "rotate_intermediate"),
                              (external, "rotate_crl"), (external, "rotate_intermediate"),
                              (external, "revoke_ca_certificate"), (above, "nonsense")):
        with refused(400):
            manager.create_configuration_action(authority, {"action_type": PREFIX + action})
    for body in ({}, {"action_type": PREFIX + "sign_csr"}, sign("nobody").to_dict(),
                 {"action_type": PREFIX + "sign_csr", "csr": "no request " * 10},
                 {"action_type": PREFIX + "set_signed", "certificate": certificates.root().pem}):
        with refused(400, 404):
            manager.create_configuration_action(above, body)
    with refused(404):
        manager.create_configuration_action("nobody", {"action_type": PREFIX + "rotate_crl"})


def test_a_template_has_every_field(manager, configure, name, below, group):
    made = configure(template(
        name("template"), below, allowed_secret_groups=group["id"], allow_localhost=False,
        allow_bare_domains=True, allow_glob_domains=True, allow_any_name=False,
        enforce_hostnames=True, allow_ip_sans=False, allowed_uri_sans=["https://example.test/*"],
        allowed_other_sans=["1.3.6.1.4.1.99999.1;UTF8:*"], server_flag=True, client_flag=False,
        code_signing_flag=True, email_protection_flag=True, key_usage=["DigitalSignature"],
        ext_key_usage=["ServerAuth"], ext_key_usage_oids=["1.3.6.1.5.5.7.3.17"],
        use_csr_common_name=False, use_csr_sans=False, ou=["Unit"], organization=["Example"],
        country=["DE"], locality=["Berlin"], province=["BE"], street_address=["Street 1"],
        postal_code=["10115"], require_cn=False, policy_identifiers=["1.3.6.1.4.1.99999.2"],
        basic_constraints_valid_for_non_ca=True, not_before_duration="60s"))
    number = absence("serial_number", "deprecated (7.2)", certain=False)
    reads(v2.Configuration, conforms(v2.PrivateCertificateConfigurationTemplate, made, number))
    assert (made["ttl_seconds"], made["max_ttl_seconds"]) == (720 * 3600, 2160 * 3600)
    assert made["not_before_duration_seconds"] == 60
    full = manager.get_configuration(made["name"]).get_result()
    conforms(v2.PrivateCertificateConfigurationTemplate, full, number)
    [listed] = manager.list_configurations(search=made["name"]).get_result()["configurations"]
    conforms(v2.PrivateCertificateConfigurationTemplateMetadata, listed)

    changed = manager.update_configuration(
        made["name"], v2.PrivateCertificateConfigurationTemplatePatch(
            ttl="24h", allow_localhost=True, allowed_domains=["other.test"])).get_result()
    conforms(v2.PrivateCertificateConfigurationTemplate, changed, number)
    assert (changed["ttl_seconds"], changed["allowed_domains"]) == (86400, ["other.test"])
    assert changed["allow_bare_domains"] is True
    for wrong in ({"certificate_authority": below}, {"ttl": "9000h"}, {"key_type": "dsa"},
                  {"allow_localhost": "no"}):
        with refused(400):
            manager.update_configuration(made["name"], wrong)


def test_a_template_has_the_defaults_of_the_reference(configure, name, below):
    made = configure(v2.PrivateCertificateConfigurationTemplatePrototype(
        config_type="private_cert_configuration_template", name=name("template"),
        certificate_authority=below))
    conforms(v2.PrivateCertificateConfigurationTemplate, made, NO_SUCH_RULE)
    for field in ("allow_bare_domains", "allow_glob_domains", "allow_subdomains"):
        assert made[field] is False
    for field in ("allow_ip_sans", "allow_localhost", "client_flag", "server_flag", "require_cn",
                  "use_csr_common_name", "use_csr_sans"):
        assert made[field] is True
    assert (made["key_type"], made.get("key_bits", 2048)) == ("rsa", 2048)
    assert made["key_usage"] == ["DigitalSignature", "KeyAgreement", "KeyEncipherment"]
    assert (made["ttl_seconds"], made["not_before_duration_seconds"]) == (43200, 30)


def test_authorities_keep_to_the_rules(manager, name):
    for wrong in (root(name("root"), max_ttl="900000h"), root(name("root"), max_ttl="soon"),
                  root(name("root"), key_type="dsa"), root(name("root"), key_bits=1),
                  root(name("root"), common_name="abc"), root("x"), root("a b"),
                  root(name("root"), max_path_length=11), root(name("root"), ip_sans="no address"),
                  intermediate(name("below"), signing_method="magic"),
                  template(name("template"), "nobody")):
        with refused(400, 404):
            manager.create_configuration(wrong)
    body = root(name("root")).to_dict()
    for field in ("max_ttl", "common_name", "name"):
        with refused(400):
            manager.create_configuration({key: one for key, one in body.items() if key != field})
