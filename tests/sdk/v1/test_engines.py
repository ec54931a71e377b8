"""Policies, the engines of public certificates and IAM credentials, and notifications."""

import functools

import certificates
import iam
import pytest
import requests
from ibm_secrets_manager_sdk import secrets_manager_v1 as v1
from recorded import refused
from shapes import MEDIA, conforms, envelope, resource, resources

POLICY = envelope("secret.policy")
TYPE = f"{MEDIA}secret.policy+json"
CAS, DNS = "certificate_authorities", "dns_providers"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
CRN = "crn:v1:bluemix:public:event-notifications:us-south:a/" + "1" * 32 + f":{UNKNOWN}::"


def policy(rotation):
    return v1.SecretPolicyRotation(type=TYPE, rotation=rotation)


def test_a_policy_is_set_read_and_removed(manager, writer, make, name):
    kind = "username_password"
    secret = make(kind, {"name": name("user"), "username": "ada", "password": "s3cret"})["id"]
    assert resources(manager.get_policy(kind, secret, policy="rotation"), "secret.policy") == []
    rotation = v1.SecretPolicyRotationRotationPolicyRotation(interval=20, unit="day")
    made = resource(manager.put_policy(kind, secret, POLICY, [policy(rotation)], policy="rotation"),
                    "secret.policy")
    assert made["type"] == TYPE and made["rotation"] == {"interval": 20, "unit": "day"}
    assert made.keys() >= {"id", "crn", "creation_date", "created_by", "last_update_date", "type"}
    read = resource(manager.get_policy(kind, secret), "secret.policy")
    assert read["rotation"] == made["rotation"]
    secret_now = resource(manager.get_secret(kind, secret), "secret")
    assert secret_now["next_rotation_date"] > secret_now["creation_date"]
    with refused(403):  # a Writer may not in v1
        writer.put_policy(kind, secret, POLICY, [])
    with refused(403):
        writer.get_policy(kind, secret)
    assert resources(manager.put_policy(kind, secret, POLICY, []), "secret.policy") == []
    for wrong in ({"interval": 0, "unit": "day"}, {"interval": 1, "unit": "hour"}, {"interval": 1}, {}):
        with refused(400):
            manager.put_policy(kind, secret, POLICY, [{"type": TYPE, "rotation": wrong}])
    with refused(404):
        manager.get_policy(kind, UNKNOWN)
    with refused(404):
        manager.put_policy(kind, UNKNOWN, POLICY, [policy(rotation)])


def test_types_without_a_policy(manager, make, name):
    secret = make("arbitrary", {"name": name(), "payload": "x"})["id"]
    with refused(400, 404):
        manager.get_policy("arbitrary", secret)


def test_lets_encrypt_is_an_element(manager, configure, name):
    key = certificates.leaf().key_pem
    made = configure(CAS, "letsencrypt-stage", name("ca"),
                     v1.ConfigElementDefConfigLetsEncryptConfig(private_key=key), "public_cert")
    assert made["type"] == "letsencrypt-stage"
    conforms(v1.ConfigElementDefConfigLetsEncryptConfig, made["config"])
    read = resource(manager.get_config_element("public_cert", CAS, made["name"]), "config")
    assert (read["name"], read["type"]) == (made["name"], made["type"])
    other = certificates.leaf().key_pem
    changed = resource(manager.update_config_element(
        "public_cert", CAS, made["name"], "letsencrypt", {"private_key": other}), "config")
    assert changed["type"] == "letsencrypt"
    [listed] = resources(manager.get_config_elements("public_cert", CAS), "config")
    [mine] = [one for one in listed[CAS] if one["name"] == made["name"]]
    conforms(v1.ConfigElementMetadata, mine)
    [engine] = resources(manager.get_config("public_cert"), "config")
    assert engine.keys() == {CAS, DNS}
    answer = manager.delete_config_element("public_cert", CAS, made["name"])
    assert (answer.get_status_code(), answer.get_result() or None) == (204, None)
    with refused(404):
        manager.get_config_element("public_cert", CAS, made["name"])
    with refused(400):
        manager.create_config_element("public_cert", CAS, name("ca"), "letsencrypt",
                                      {"private_key": "no key " * 10})


@pytest.mark.parametrize("kind, config", [
    ("cis", v1.ConfigElementDefConfigCloudInternetServicesConfig(cis_crn=CRN, cis_apikey="to itself")),
    ("classic_infrastructure", v1.ConfigElementDefConfigClassicInfrastructureConfig(
        classic_infrastructure_username="somebody", classic_infrastructure_password="to itself"))])
def test_dns_of_a_cloud(manager, name, kind, config):
    with refused(400, code="not_supported", never=["to itself"]):
        manager.create_config_element("public_cert", DNS, name(), kind, config)
    [listed] = resources(manager.get_config_elements("public_cert", DNS), "config")
    assert listed[DNS] == []


@pytest.fixture(scope="module")
def server():
    with iam.stand_in() as running:
        yield running


@pytest.fixture
def iam_engine(manager, url, server):
    """Configured by API v2, for v1 has no word for where IAM is."""
    token = manager.authenticator.token_manager.get_token()
    call = functools.partial(requests.request, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    body = {"config_type": "iam_credentials_configuration", "name": "iam", "api_key": "replaced",
            "iam_url": server.url}
    assert call("POST", f"{url}/api/v2/configurations", json=body).status_code == 201
    yield
    assert call("DELETE", f"{url}/api/v2/configurations/iam").status_code == 204


def test_iam_credentials(manager, iam_engine, make, name, server):
    kind = "iam_credentials"
    answer = manager.put_config(kind, v1.CreateIAMCredentialsSecretEngineRootConfig(api_key=iam.API_KEY))
    assert (answer.get_status_code(), answer.get_result() or None) == (204, None)
    assert resource(manager.get_config(kind), "config") == {"api_key": ""}
    made = make(kind, v1.IAMCredentialsSecretResource(
        name=name(), ttl=3600, reuse_api_key=True, access_groups=iam.GROUPS))
    assert made["api_key"] in server.keys().values() and not made["service_id_is_static"]
    assert made["api_key_id"] in server.keys() and made["service_id"].startswith("ServiceId-")
    assert (made["ttl"], made["reuse_api_key"], made["state"]) == ("3600", True, 1)
    rotated = resource(manager.update_secret(kind, made["id"], "rotate"), "secret")
    assert rotated["api_key"] != made["api_key"] and rotated["versions_total"] == 2
    previous = rotated["versions"][0]["id"]
    version = resource(manager.get_secret_version(kind, made["id"], previous), "secret.version")
    assert version["secret_data"] == {key: made[key] for key in ("api_key", "api_key_id", "service_id")}
    restored = resource(manager.update_secret(
        kind, made["id"], "restore",
        secret_action=v1.RestoreIAMCredentialsSecretBody(version_id="previous")), "secret")
    assert restored["api_key"] == made["api_key"]
    manager.update_secret(kind, made["id"], "delete_credentials",
                          secret_action=v1.DeleteCredentialsForIAMCredentialsSecret(
                              api_key_id=made["api_key_id"]))
    assert made["api_key"] not in server.keys().values()
    with refused(400):
        manager.create_secret(kind, envelope("secret"), [v1.IAMCredentialsSecretResource(
            name=name(), ttl=30, reuse_api_key=True, access_groups=iam.GROUPS)])
    with refused(400):
        manager.put_config("public_cert", {"api_key": "x"})


def test_a_client_is_set_up_by_its_environment(monkeypatch, url, client):
    key = client("reader").authenticator.token_manager.apikey
    for variable, value in (("URL", url), ("AUTH_URL", url), ("AUTH_TYPE", "iam"), ("APIKEY", key)):
        monkeypatch.setenv(f"SECRETS_MANAGER_{variable}", value)
    assert v1.SecretsManagerV1.new_instance().list_all_secrets().get_status_code() == 200


def test_notifications(manager):
    for call in (lambda: manager.create_notifications_registration(CRN, "source name"),
                 manager.get_notifications_registration, manager.send_test_notification,
                 manager.delete_notifications_registration):
        with refused(400, code="not_supported"):
            call()
