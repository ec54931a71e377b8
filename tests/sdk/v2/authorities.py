"""Requests for authorities and templates with what the tests do not care about filled in."""

from ibm_secrets_manager_sdk import secrets_manager_v2 as v2

PREFIX = "private_cert_configuration_action_"


def root(name, **more):
    return v2.PrivateCertificateConfigurationRootCAPrototype(
        **{"config_type": "private_cert_configuration_root_ca", "name": name, "max_ttl": "43800h",
           "common_name": "root.example.test", "key_type": "ec", "key_bits": 256,
           "ttl": "87600h"} | more)


def intermediate(name, issuer=None, **more):
    """With an issuer it is signed here, at once; without one elsewhere."""
    how = {"signing_method": "internal", "issuer": issuer} if issuer else {
        "signing_method": "external"}
    return v2.PrivateCertificateConfigurationIntermediateCAPrototype(
        **{"config_type": "private_cert_configuration_intermediate_ca", "name": name,
           "max_ttl": "26300h", "common_name": "intermediate.example.test", "key_type": "ec",
           "key_bits": 256} | how | more)


def template(name, authority, **more):
    return v2.PrivateCertificateConfigurationTemplatePrototype(
        **{"config_type": "private_cert_configuration_template", "name": name,
           "certificate_authority": authority, "allowed_domains": ["example.test"],
           "allow_subdomains": True, "key_type": "ec", "key_bits": 256, "ttl": "720h",
           "max_ttl": "2160h"} | more)


def sign(name, **more):
    return v2.PrivateCertificateConfigurationActionSignIntermediatePrototype(
        action_type=PREFIX + "sign_intermediate", intermediate_certificate_authority=name, **more)
