"""IAM credentials: their configuration, made, read, rotated, restored and removed."""

import iam
import pytest
from conforms import absence
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused
from shapes import MANUAL, NO_POLICY_DATE, NO_VERSION_METADATA, PLAIN, conforms, reads

CONFIG = "iam_credentials_configuration"
OWN_ACCOUNT = absence("account_id", "none was given (4.2)")
OF_SERVICE_ID = absence("access_groups", "it is of a service ID that exists (4.3)")
LENT = absence("api_key api_key_id rotation expiration_date", "each reader gets a key of its own (8)")
NO_SERVICE_ID = absence("service_id", "each reader gets a service ID of its own (8)")
NOT_REUSED = "Rotating IAM credentials is not supported when reuse credentials is off."


@pytest.fixture(scope="module")
def server():
    with iam.stand_in() as running:
        yield running


@pytest.fixture
def engine(configure, name, server):
    """The configuration; asked for before `make`, for it stays as long as there are secrets."""
    return configure({"config_type": CONFIG, "name": name("engine"), "api_key": iam.API_KEY,
                      "iam_url": server.url})


@pytest.fixture
def credentials(engine, make, name):
    """Makes IAM credentials that live for 30 days."""
    def made(**more):
        return make(v2.IAMCredentialsSecretPrototype(**{
            "name": name("iam"), "secret_type": "iam_credentials", "ttl": "30d",
            "reuse_api_key": True} | more))

    return made


def values(server):
    return set(server.keys().values())


def test_the_configuration(manager, engine, name, server):
    made = reads(v2.IAMCredentialsConfiguration, conforms(v2.IAMCredentialsConfiguration, engine))
    assert (made["api_key"], made["disabled"], made["secret_type"]) == ("", False, "iam_credentials")
    named = {"x_sm_accept_configuration_type": CONFIG}
    read = manager.get_configuration(made["name"], **named).get_result()
    assert read == made
    [listed] = manager.list_configurations(secret_types=["iam_credentials"]).get_result()["configurations"]
    conforms(v2.IAMCredentialsConfigurationMetadata, listed)
    changed = manager.update_configuration(made["name"], v2.IAMCredentialsConfigurationPatch(
        api_key="another-key", disabled=True).to_dict(), **named).get_result()
    assert (changed["api_key"], changed["disabled"]) == ("", True)
    with refused(409, never=["kept-to-itself"]) as refusal:
        manager.create_configuration(v2.IAMCredentialsConfigurationPrototype(
            config_type=CONFIG, name=name("second"), api_key="kept-to-itself"))
    assert "reached the maximum" in refusal.message
    for wrong in ({"api_key": "abc"}, {"iam_url": "http://iam.example.test"}, {"account_id": "short"}):
        with refused(400, target=[*wrong][0], never=["abc"]):
            manager.update_configuration(made["name"], wrong, **named)


def test_of_access_groups(manager, credentials, server):
    made = credentials(access_groups=iam.GROUPS)
    reads(v2.IAMCredentialsSecret, conforms(
        v2.IAMCredentialsSecret, made, *PLAIN, MANUAL, NO_POLICY_DATE, OWN_ACCOUNT))
    assert made["api_key"] in values(server) and not made["service_id_is_static"]
    assert (made["ttl"], made["state"]) == ("30d", 1)
    metadata = manager.get_secret_metadata(made["id"]).get_result()
    conforms(v2.IAMCredentialsSecretMetadata, metadata, *PLAIN, MANUAL, NO_POLICY_DATE, OWN_ACCOUNT)
    assert "api_key" not in metadata

    answer = manager.create_secret_version(made["id"], v2.IAMCredentialsSecretVersionPrototype())
    assert answer.get_status_code() == 201
    rotated = reads(v2.IAMCredentialsSecretVersion, conforms(
        v2.IAMCredentialsSecretVersion, answer.get_result(), NO_VERSION_METADATA))
    for one in ("api_key", "api_key_id", "service_id"):
        assert rotated[one] != made[one], one
    assert {made["api_key"], rotated["api_key"]} <= values(server), "the one before lives on"
    assert manager.get_secret(made["id"]).get_result()["api_key"] == rotated["api_key"]
    previous = manager.get_secret_version(made["id"], "previous").get_result()
    assert previous["api_key"] == made["api_key"]

    restored = manager.create_secret_version(
        made["id"], v2.IAMCredentialsSecretRestoreFromVersionPrototype(
            restore_from_version="previous")).get_result()
    assert restored["api_key"] == made["api_key"] and restored["id"] != previous["id"]

    with refused(400):
        manager.delete_secret_version_data(made["id"], "previous")
    assert manager.delete_secret_version_data(made["id"], "current").get_status_code() == 204
    assert made["api_key"] not in values(server)
    assert "api_key" not in manager.get_secret(made["id"]).get_result()
    manager.delete_secret(made["id"])
    assert rotated["api_key"] not in values(server)


def test_of_a_service_id(manager, credentials, server):
    policy = v2.CommonRotationPolicy(auto_rotate=True, interval=10, unit="day")
    made = credentials(service_id=iam.SERVICE_ID, rotation=policy, account_id=iam.ACCOUNT)
    conforms(v2.IAMCredentialsSecret, made, *PLAIN, OF_SERVICE_ID)
    assert made["service_id_is_static"] and made["service_id"] == iam.SERVICE_ID
    rotated = manager.create_secret_version(made["id"], {}).get_result()
    assert rotated["service_id"] == iam.SERVICE_ID and rotated["api_key"] != made["api_key"]
    patch = v2.IAMCredentialsSecretMetadataPatch(ttl="20d", rotation={"auto_rotate": False})
    changed = manager.update_secret_metadata(made["id"], patch.to_dict()).get_result()
    assert changed["ttl"] == "20d" and "next_rotation_date" not in changed
    for wrong in ({"ttl": "91d"}, {"ttl": "59s"}, {"ttl": None},
                  {"rotation": {"auto_rotate": True, "interval": 21, "unit": "day"}}):
        with refused(400, target=[*wrong][0]):
            manager.update_secret_metadata(made["id"], wrong)


def test_without_reuse_each_reader_gets_a_key(manager, credentials, server):
    made = credentials(access_groups=iam.GROUPS[:1], reuse_api_key=False, ttl="30m")
    conforms(v2.IAMCredentialsSecret, made, *PLAIN, LENT, NO_SERVICE_ID, NO_POLICY_DATE, OWN_ACCOUNT)
    first, second = (manager.get_secret(made["id"]).get_result() for _ in range(2))
    assert first["api_key"] != second["api_key"]
    assert {first["api_key"], second["api_key"]} <= values(server)
    assert first["api_key_id"] != second["api_key_id"] and first["service_id"]
    for body in ({}, {"restore_from_version": "current"}):
        with refused(400) as refusal:
            manager.create_secret_version(made["id"], body)
        assert refusal.message == NOT_REUSED
    manager.create_secret_locks_bulk(made["id"], locks=[v2.SecretLockPrototype(name="held")])
    with refused(412):
        manager.get_secret(made["id"])
    manager.delete_secret_locks_bulk(made["id"])
    manager.delete_secret(made["id"])
    assert not {first["api_key"], second["api_key"]} & values(server)


@pytest.mark.parametrize("change, field", [
    ({"ttl": "59s"}, "ttl"), ({"access_groups": []}, "access_groups"),
    ({"access_groups": ["AccessGroupId-unknown"]}, "access_groups"),
    ({"service_id": iam.SERVICE_ID}, "service_id"), ({"access_groups": None}, "access_groups"),
    ({"account_id": "short"}, "account_id"),
    ({"ttl": "30m", "rotation": {"auto_rotate": True, "interval": 1, "unit": "day"}}, "rotation")])
def test_what_is_refused_makes_nothing(manager, engine, name, server, change, field):
    before = values(server)
    body = {"name": name("iam"), "secret_type": "iam_credentials", "ttl": "30d",
            "reuse_api_key": True, "access_groups": iam.GROUPS} | change
    with refused(400, target=field):
        manager.create_secret({key: value for key, value in body.items() if value is not None})
    assert values(server) == before


def test_iam_that_does_not_answer_as_it_should(manager, credentials, name, server):
    made = credentials(access_groups=iam.GROUPS)
    server.fail(method="POST", path="/v1/apikeys", status=403, code="BXNIM0513E", message="Not you.")
    with refused(400) as refusal:
        manager.create_secret_version(made["id"], {})
    assert "BXNIM0513E: Not you" in refusal.message
    server.fail(method="POST", path="/v1/apikeys", status=429)
    with refused(429):
        manager.create_secret_version(made["id"], {})
    assert manager.get_secret(made["id"]).get_result()["api_key"] == made["api_key"]
    assert len(values(server)) == 2


def test_the_configuration_stays_while_there_are_secrets(manager, engine, credentials):
    made = credentials(service_id=iam.SERVICE_ID)
    with refused(409):
        manager.delete_configuration(engine["name"])
    manager.delete_secret(made["id"])
    assert manager.delete_configuration(engine["name"]).get_status_code() == 204
    with refused(400) as refusal:
        manager.create_secret({"name": "nobody", "secret_type": "iam_credentials", "ttl": "1h",
                               "reuse_api_key": True, "service_id": iam.SERVICE_ID})
    assert "no configuration" in refusal.message
