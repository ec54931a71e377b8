"""Locks."""

import pytest
from ibm_secrets_manager_sdk import secrets_manager_v1 as v1
from recorded import refused
from shapes import NEVER_DESCRIBED, conforms, resource, resources

LOCKED = "The requested action can't be completed because the secret version is locked."
UNKNOWN = "00000000-0000-4000-8000-000000000000"
# The classes for these answers take further members besides (3.3).
INSTANCE_WIDE = frozenset({"secret_name", "secret_type"})


@pytest.fixture
def secret(make, name):
    return make("arbitrary", {"name": name(), "payload": "v1"})["id"]


def rotate(manager, secret, value):
    return manager.update_secret("arbitrary", secret, "rotate", secret_action={"payload": value})


def lock(name, **more):
    return v1.LockSecretBodyLocksItem(name=name, **more)


def test_locks_are_made_listed_and_deleted(manager, secret):
    answer = manager.lock_secret("arbitrary", secret, locks=[
        lock("lock-1", description="d", attributes={"pod": 1}), lock("lock-2")])
    made = resource(answer, "secret.lock")
    conforms(v1.SecretsLocks, made, supersets=INSTANCE_WIDE)
    [version] = made["versions"]
    assert (version["alias"], sorted(version["locks"])) == ("current", ["lock-1", "lock-2"])

    listed = resources(manager.get_locks("arbitrary", secret, limit=25, offset=0), "secret.lock")
    first, second = sorted(listed, key=lambda one: one["name"])
    conforms(v1.SecretLockData, first)
    conforms(v1.SecretLockData, second, NEVER_DESCRIBED)
    found = resources(manager.get_locks("arbitrary", secret, search="lock-2"), "secret.lock")
    assert [one["name"] for one in found] == ["lock-2"]
    everywhere = resources(manager.list_instance_secrets_locks(
        limit=25, offset=0, search="lock-1", groups=["default"]), "secret.lock")
    [mine] = [one for one in everywhere if one["secret_id"] == secret]
    conforms(v1.InstanceSecretsLocks, mine, supersets=INSTANCE_WIDE)

    answer = manager.unlock_secret("arbitrary", secret, locks=["lock-1"])
    left = conforms(v1.SecretsLocks, resource(answer, "secret.lock"), supersets=INSTANCE_WIDE)
    assert left["versions"][0]["locks"] == ["lock-2"]
    manager.unlock_secret("arbitrary", secret, locks=["*"])
    assert resources(manager.get_locks("arbitrary", secret), "secret.lock") == []


def test_the_second_rotation_of_a_locked_secret_fails(manager, secret):
    manager.lock_secret("arbitrary", secret, locks=[lock("held")])
    assert rotate(manager, secret, "v2").get_status_code() == 200
    with refused(412) as refusal:
        rotate(manager, secret, "v3")
    assert refusal.message.startswith(LOCKED)
    with refused(412):
        manager.delete_secret("arbitrary", secret)
    [only] = resources(manager.get_secret_version_locks("arbitrary", secret, "previous"), "secret.lock")
    assert conforms(v1.SecretLockData, only, NEVER_DESCRIBED)["secret_version_alias"] == "previous"
    answer = manager.unlock_secret_version("arbitrary", secret, "previous", locks=["held"])
    conforms(v1.SecretsLocks, resource(answer, "secret.lock"), supersets=INSTANCE_WIDE)
    assert manager.delete_secret("arbitrary", secret).get_status_code() == 204


def test_modes(manager, secret):
    manager.lock_secret("arbitrary", secret, locks=[lock("pod")])
    rotate(manager, secret, "v2")
    manager.lock_secret("arbitrary", secret, locks=[lock("pod")], mode="exclusive")
    [only] = resources(manager.get_locks("arbitrary", secret), "secret.lock")
    assert only["secret_version_alias"] == "current"
    rotate(manager, secret, "v3")
    manager.lock_secret("arbitrary", secret, locks=[lock("pod")], mode="exclusive_delete")
    metadata = manager.get_secret_version_metadata("arbitrary", secret, "previous")
    assert resource(metadata, "secret.version")["payload_available"] is False


def test_locks_of_a_version(manager, secret):
    rotate(manager, secret, "v2")
    first, second = resources(manager.list_secret_versions("arbitrary", secret), "secret.version")
    for version in ("previous", first["id"], second["id"]):
        answer = manager.lock_secret_version("arbitrary", secret, version, locks=[lock("one")],
                                             mode="exclusive")
        conforms(v1.SecretsLocks, resource(answer, "secret.lock"), supersets=INSTANCE_WIDE)
    # The last one moved the lock from previous to current.
    aliases = [one["secret_version_alias"]
               for one in resources(manager.get_locks("arbitrary", secret), "secret.lock")]
    assert aliases == ["current"]
    found = manager.get_secret_version_locks("arbitrary", secret, second["id"], limit=1, search="one")
    assert len(resources(found, "secret.lock")) == 1


def test_what_is_refused(manager, writer, reader, secret):
    for call in (lambda **more: manager.lock_secret("arbitrary", secret, **more),
                 lambda **more: manager.lock_secret_version("arbitrary", secret, "previous", **more)):
        with refused(400, 404):
            call(locks=[{"name": "1-wrong"}])
    with refused(400):
        manager.lock_secret("arbitrary", secret, locks=[lock("lock-1")], mode="remove_previous")
    for call in (lambda: manager.lock_secret("arbitrary", UNKNOWN, locks=[lock("lock-1")]),
                 lambda: manager.unlock_secret("arbitrary", UNKNOWN, locks=["*"]),
                 lambda: manager.get_secret_version_locks("arbitrary", secret, UNKNOWN),
                 lambda: manager.lock_secret_version("arbitrary", secret, UNKNOWN, locks=[lock("ab")]),
                 lambda: manager.unlock_secret_version("arbitrary", secret, UNKNOWN, locks=["*"])):
        with refused(404):
            call()
    with refused(400):
        manager.list_instance_secrets_locks(limit=0)
    writer.lock_secret("arbitrary", secret, locks=[lock("by-writer")])
    with refused(403):
        writer.unlock_secret("arbitrary", secret, locks=["*"])
    with refused(403):
        reader.lock_secret("arbitrary", secret, locks=[lock("by-reader")])
