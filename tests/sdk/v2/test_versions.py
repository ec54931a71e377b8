"""Versions: their aliases, their metadata, and restoring."""

import pytest
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused
from shapes import NO_EXPIRY, NO_VERSION_METADATA, OLDER, conforms

UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def rotated(manager, make, name):
    """A secret with a current and a previous version: «second» and «first»."""
    secret = make(v2.ArbitrarySecretPrototype(name=name(), secret_type="arbitrary", payload="first"))
    manager.create_secret_version(secret["id"], {"payload": "second"})
    return secret["id"]


def test_aliases_stand_for_ids_wherever_a_version_is_named(manager, rotated):
    previous, current = manager.list_secret_versions(rotated).get_result()["versions"]
    for alias, listed, value in (("current", current, "second"), ("previous", previous, "first")):
        for one in (alias, listed["id"]):
            answer = manager.get_secret_version(rotated, one)
            assert answer.get_status_code() == 200
            version = conforms(v2.ArbitrarySecretVersion, answer.get_result(),
                               NO_EXPIRY, NO_VERSION_METADATA)
            assert (version["id"], version["alias"]) == (listed["id"], alias)
            assert (version["payload"], version["payload_available"]) == (value, True)
            answer = manager.get_secret_version_metadata(rotated, one)
            assert answer.get_status_code() == 200
            metadata = conforms(v2.ArbitrarySecretVersionMetadata, answer.get_result(),
                                NO_EXPIRY, NO_VERSION_METADATA)
            assert (metadata["id"], metadata["downloaded"]) == (listed["id"], True)
            locks = manager.list_secret_version_locks(rotated, one).get_result()
            assert locks["locks"] == []


def test_the_metadata_of_a_version_is_changed(manager, rotated):
    for one in ("current", "previous"):
        answer = manager.update_secret_version_metadata(
            rotated, one, v2.SecretVersionMetadataPatch(version_custom_metadata={"noted": one}))
        assert answer.get_status_code() == 200
        changed = conforms(v2.ArbitrarySecretVersionMetadata, answer.get_result(), NO_EXPIRY)
        assert changed["version_custom_metadata"] == {"noted": one}
        read = manager.get_secret_version_metadata(rotated, one).get_result()
        assert read["version_custom_metadata"] == {"noted": one}
    changed = manager.update_secret_version_metadata(
        rotated, "current", {"version_custom_metadata": None}).get_result()
    assert not changed.get("version_custom_metadata")
    for wrong in ({"version_custom_metadata": []}, {"payload": "x"}, {"alias": "previous"},
                  {"version_custom_metadata": {"x": "y" * 10241}}):
        with refused(400):
            manager.update_secret_version_metadata(rotated, "current", wrong)


@pytest.mark.parametrize("by_alias", [True, False])
def test_a_previous_version_is_restored_as_a_new_one(manager, rotated, by_alias):
    listed = manager.list_secret_versions(rotated).get_result()["versions"]
    wanted = "previous" if by_alias else listed[0]["id"]
    # Restoring is for IAM credentials at IBM; here every type can.
    answer = manager.create_secret_version(
        rotated, v2.IAMCredentialsSecretRestoreFromVersionPrototype(
            restore_from_version=wanted, version_custom_metadata={"restored": True}))
    assert answer.get_status_code() == 201
    version = conforms(v2.ArbitrarySecretVersion, answer.get_result(), NO_EXPIRY)
    assert (version["payload"], version["alias"]) == ("first", "current")
    assert version["id"] not in [one["id"] for one in listed]
    assert version["version_custom_metadata"] == {"restored": True}
    now = manager.get_secret(rotated).get_result()
    assert (now["payload"], now["versions_total"]) == ("first", 3)


def test_only_what_is_there_is_restored(manager, rotated):
    for wrong in ("nonsense", 7, ""):
        with refused(400):
            manager.create_secret_version(rotated, {"restore_from_version": wrong})
    with refused(400, 404):
        manager.create_secret_version(rotated, {"restore_from_version": UNKNOWN})
    with refused(400):
        manager.create_secret_version(rotated, {"restore_from_version": "previous", "payload": "x"})


def test_data_of_a_version_is_deleted_for_iam_credentials_only(manager, rotated):
    with refused(400):
        manager.delete_secret_version_data(rotated, "previous")
    assert manager.get_secret_version(rotated, "previous").get_result()["payload"] == "first"


def test_a_new_secret_has_no_previous_version(manager, make, name):
    secret = make(v2.KVSecretPrototype(name=name(), secret_type="kv", data={"a": 1}))
    for call in (manager.get_secret_version, manager.get_secret_version_metadata,
                 manager.list_secret_version_locks):
        with refused(404):
            call(secret["id"], "previous")


def test_versions_that_do_not_exist_are_not_found(manager, rotated):
    for secret, version in ((rotated, UNKNOWN), (UNKNOWN, "current"), (UNKNOWN, UNKNOWN)):
        for call in (manager.get_secret_version, manager.get_secret_version_metadata,
                     manager.list_secret_version_locks, manager.delete_secret_version_locks_bulk):
            with refused(404):
                call(secret, version)
        with refused(404):
            manager.update_secret_version_metadata(secret, version, {"version_custom_metadata": {}})
    with refused(404):
        manager.list_secret_versions(UNKNOWN)
    with refused(404):
        manager.create_secret_version(UNKNOWN, {"payload": "x"})
    with refused(400, 404):
        manager.get_secret_version(rotated, "latest")


def test_an_older_version_says_so(manager, rotated):
    manager.create_secret_version(rotated, {"payload": "third"})
    oldest = manager.list_secret_versions(rotated).get_result()["versions"][0]
    version = manager.get_secret_version(rotated, oldest["id"]).get_result()
    gone = () if version["payload_available"] else ("payload",)
    assert ("payload" in version) == (not gone)
    metadata = manager.get_secret_version_metadata(rotated, oldest["id"]).get_result()
    conforms(v2.ArbitrarySecretVersionMetadata, metadata, NO_EXPIRY, NO_VERSION_METADATA, OLDER)
