"""Locks, and what they hold back."""

import pytest
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused
from shapes import FIRST_PAGE, LAST_PAGE, NEVER_DESCRIBED, conforms

LOCKED = "The requested action can't be completed because the secret version is locked."


@pytest.fixture
def secret(make, name):
    return make(v2.ArbitrarySecretPrototype(name=name(), secret_type="arbitrary", payload="v1"))["id"]


def lock(name, **more):
    return v2.SecretLockPrototype(name=name, **more)


def rotate(manager, secret, value):
    return manager.create_secret_version(secret, {"payload": value}).get_result()


def test_locks_are_made_listed_and_deleted(manager, secret):
    answer = manager.create_secret_locks_bulk(secret, [
        lock("lock-1", description="of the web server", attributes={"pod": "web-1"}), lock("lock-2")])
    assert answer.get_status_code() == 201
    made = conforms(v2.SecretLocks, answer.get_result())
    assert made["secret_id"] == secret and made["secret_type"] == "arbitrary"
    [version] = made["versions"]
    assert (version["version_alias"], sorted(version["locks"])) == ("current", ["lock-1", "lock-2"])

    answer = manager.list_secret_locks(secret, sort="name")
    assert answer.get_status_code() == 200
    listed = answer.get_result()
    conforms(v2.SecretLocksPaginatedCollection, listed | {"locks": []}, FIRST_PAGE, LAST_PAGE)
    assert (listed["limit"], listed["total_count"]) == (25, 2)
    first, second = listed["locks"]
    conforms(v2.SecretLock, first)
    conforms(v2.SecretLock, second, NEVER_DESCRIBED)
    assert (first["description"], first["attributes"]) == ("of the web server", {"pod": "web-1"})
    assert (first["secret_version_alias"], first["secret_id"]) == ("current", secret)
    assert manager.get_secret_metadata(secret).get_result()["locks_total"] == 2

    answer = manager.list_secrets_locks(search="lock-1")
    assert answer.get_status_code() == 200
    everywhere = answer.get_result()
    conforms(v2.SecretsLocksPaginatedCollection, everywhere | {"secrets_locks": []},
             FIRST_PAGE, LAST_PAGE)
    mine = [one for one in everywhere["secrets_locks"] if one["secret_id"] == secret]
    conforms(v2.SecretLocks, mine[0])

    answer = manager.delete_secret_locks_bulk(secret, name=["lock-1"])
    assert answer.get_status_code() == 200
    left = conforms(v2.SecretLocks, answer.get_result())
    assert [one["locks"] for one in left["versions"]] == [["lock-2"]]
    manager.delete_secret_locks_bulk(secret)
    assert manager.get_secret_metadata(secret).get_result()["locks_total"] == 0


def test_a_lock_of_the_same_name_replaces(manager, secret):
    manager.create_secret_locks_bulk(secret, [lock("same", description="old")])
    manager.create_secret_locks_bulk(secret, [lock("same", description="new")])
    [only] = manager.list_secret_locks(secret).get_result()["locks"]
    assert only["description"] == "new"


def test_locks_of_a_version(manager, secret):
    rotate(manager, secret, "v2")
    answer = manager.create_secret_version_locks_bulk(secret, "previous", [lock("held")])
    assert answer.get_status_code() == 201
    conforms(v2.SecretLocks, answer.get_result())
    manager.create_secret_version_locks_bulk(secret, "current", [lock("held"), lock("more")])
    answer = manager.list_secret_version_locks(secret, "previous")
    assert answer.get_status_code() == 200
    listed = answer.get_result()
    conforms(v2.SecretVersionLocksPaginatedCollection, listed | {"locks": []}, FIRST_PAGE, LAST_PAGE)
    conforms(v2.SecretLock, listed["locks"][0], NEVER_DESCRIBED)
    assert [one["name"] for one in listed["locks"]] == ["held"]
    both = manager.list_secret_locks(secret).get_result()
    assert both["total_count"] == 3
    answer = manager.delete_secret_version_locks_bulk(secret, "previous", name=["held"])
    assert answer.get_status_code() == 200
    conforms(v2.SecretLocks, answer.get_result())
    assert manager.list_secret_locks(secret).get_result()["total_count"] == 2


def test_pagers_of_locks(manager, secret):
    names = [f"lock-{number}" for number in range(5)]
    manager.create_secret_locks_bulk(secret, [lock(name) for name in names])
    pager = v2.SecretLocksPager(client=manager, id=secret, limit=2, sort="name")
    assert [one["name"] for one in pager.get_all()] == names
    pager = v2.SecretVersionLocksPager(client=manager, secret_id=secret, id="current", limit=2,
                                       sort="-name", search="lock-")
    assert [one["name"] for one in pager.get_all()] == names[::-1]
    pager = v2.SecretsLocksPager(client=manager, limit=1, search="lock-3", groups=["default"])
    assert secret in [one["secret_id"] for one in pager.get_all()]
    with refused(400, target="limit"):
        manager.list_secret_locks(secret, limit=101)
    with refused(400, target="limit"):
        manager.list_secrets_locks(limit=1001)
    with refused(400, target="sort"):
        manager.list_secret_locks(secret, sort="secret_id")


def test_a_locked_current_version_moves_on_with_its_locks_and_then_holds(manager, secret):
    manager.create_secret_locks_bulk(secret, [lock("held")])
    rotate(manager, secret, "v2")
    [only] = manager.list_secret_locks(secret).get_result()["locks"]
    assert only["secret_version_alias"] == "previous"
    with refused(412) as refusal:
        rotate(manager, secret, "v3")
    assert refusal.message.startswith(LOCKED)
    with refused(412):
        manager.delete_secret(secret)
    assert manager.get_secret(secret).get_result()["payload"] == "v2"
    manager.update_secret_metadata(secret, {"description": "metadata is no data"})
    manager.delete_secret_version_locks_bulk(secret, "previous")
    rotate(manager, secret, "v3")
    assert manager.delete_secret(secret).get_status_code() == 204


def test_a_new_lock_can_take_the_place_of_the_old(manager, secret):
    manager.create_secret_locks_bulk(secret, [lock("pod-1"), lock("pod-2")])
    rotate(manager, secret, "v2")
    manager.create_secret_locks_bulk(secret, [lock("pod-1")], mode="remove_previous")
    held = {one["name"]: one["secret_version_alias"]
            for one in manager.list_secret_locks(secret, search="pod-1").get_result()["locks"]}
    assert held == {"pod-1": "current"}
    with refused(412):
        rotate(manager, secret, "v3")  # pod-2 has not moved yet
    manager.create_secret_version_locks_bulk(
        secret, "current", [lock("pod-2")], mode="remove_previous_and_delete")
    previous = manager.get_secret_version_metadata(secret, "previous").get_result()
    assert previous["payload_available"] is False
    rotate(manager, secret, "v3")


def test_the_data_stays_while_another_lock_is_on_it(manager, secret):
    manager.create_secret_locks_bulk(secret, [lock("one"), lock("two")])
    rotate(manager, secret, "v2")
    manager.create_secret_locks_bulk(secret, [lock("one")], mode="remove_previous_and_delete")
    assert manager.get_secret_version(secret, "previous").get_result()["payload"] == "v1"


@pytest.mark.parametrize("body", [
    [{"name": "1-begins"}], [{"name": "x"}], [{"name": "x" * 65}], [{"name": "a b"}],
    [{"name": "ok-1", "description": "x" * 1025}], [{"name": "ok-1", "attributes": []}],
    [{"description": "no name"}], [{"name": "ok-1", "more": 1}],
    [{"name": f"lock-{number}"} for number in range(1001)]])
def test_locks_keep_to_the_rules(manager, secret, body):
    with refused(400, 409):
        manager.create_secret_locks_bulk(secret, body)
    assert manager.get_secret_metadata(secret).get_result()["locks_total"] == 0


def test_an_unknown_mode_and_an_unknown_secret(manager, secret):
    with refused(400, target="mode"):
        manager.create_secret_locks_bulk(secret, [lock("lock-1")], mode="exclusive")
    unknown = "00000000-0000-4000-8000-000000000000"
    for call in (manager.list_secret_locks, manager.delete_secret_locks_bulk):
        with refused(404):
            call(unknown)
    with refused(404):
        manager.create_secret_locks_bulk(unknown, [lock("lock-1")])
    with refused(404):
        manager.create_secret_version_locks_bulk(secret, unknown, [lock("lock-1")])


def test_a_writer_locks_and_a_manager_unlocks(writer, reader, secret):
    writer.create_secret_locks_bulk(secret, [lock("by-writer")])
    with refused(403):
        writer.delete_secret_locks_bulk(secret)
    with refused(403):
        writer.delete_secret_version_locks_bulk(secret, "current")
    with refused(403):
        reader.create_secret_locks_bulk(secret, [lock("by-reader")])
    with refused(403):
        reader.create_secret_version_locks_bulk(secret, "current", [lock("by-reader")])
    assert reader.list_secret_locks(secret).get_result()["total_count"] == 1
    assert reader.list_secret_version_locks(secret, "current").get_result()["total_count"] == 1
