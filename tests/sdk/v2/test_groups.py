"""Secret groups."""

import pytest
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused
from shapes import conforms, reads


def test_a_group_is_made_read_changed_and_deleted(manager, name):
    first, second = name("group"), name("group")
    answer = manager.create_secret_group(first, description="For the tests")
    assert answer.get_status_code() == 201
    made = reads(v2.SecretGroup, conforms(v2.SecretGroup, answer.get_result()))
    assert (made["name"], made["description"]) == (first, "For the tests")

    answer = manager.get_secret_group(made["id"])
    assert (answer.get_status_code(), answer.get_result()) == (200, made)

    patch = v2.SecretGroupPatch(name=second, description="Renamed")
    answer = manager.update_secret_group(made["id"], patch)
    changed = conforms(v2.SecretGroup, answer.get_result())
    assert (answer.get_status_code(), changed["name"]) == (200, second)
    assert changed["created_at"] == made["created_at"] <= changed["updated_at"]

    answer = manager.delete_secret_group(made["id"])
    assert answer.get_status_code() == 204
    assert not answer.get_result()
    with refused(404):
        manager.get_secret_group(made["id"])


def test_the_list_has_no_pages_and_the_default_group_in_it(manager, group):
    answer = manager.list_secret_groups()
    assert answer.get_status_code() == 200
    listed = conforms(v2.SecretGroupCollection, answer.get_result())
    assert listed["total_count"] == len(listed["secret_groups"])
    ids = [one["id"] for one in listed["secret_groups"]]
    assert "default" in ids and group["id"] in ids


def test_a_patch_leaves_what_it_does_not_name(manager, group):
    changed = manager.update_secret_group(group["id"], {"description": ""}).get_result()
    assert (changed["name"], changed["description"]) == (group["name"], "")


def test_a_group_needs_no_description(manager, name):
    made = manager.create_secret_group(name("group")).get_result()
    conforms(v2.SecretGroup, made)
    assert made["description"] == ""
    manager.delete_secret_group(made["id"])


def test_names_are_unique(manager, group, name):
    with refused(409, code="name_taken"):
        manager.create_secret_group(group["name"])
    other = manager.create_secret_group(name("group")).get_result()
    with refused(409):
        manager.update_secret_group(other["id"], {"name": group["name"]})
    manager.delete_secret_group(other["id"])


@pytest.mark.parametrize("wrong", ["a", "x" * 65, "-begins", "ends-", "a b", "ü-x"])
def test_names_keep_to_the_rules(manager, wrong):
    with refused(400, target="name", never=[wrong] if len(wrong) > 2 else []):
        manager.create_secret_group(wrong)


def test_a_description_has_an_end(manager, name):
    with refused(400, target="description"):
        manager.create_secret_group(name("group"), description="x" * 1025)


def test_only_an_empty_group_is_deleted(manager, group):
    secret = manager.create_secret(v2.ArbitrarySecretPrototype(
        name="in-the-group", secret_type="arbitrary", secret_group_id=group["id"],
        payload="value")).get_result()
    # The status is not documented (section 5).
    with refused(400, 409):
        manager.delete_secret_group(group["id"])
    manager.delete_secret(secret["id"])


def test_the_default_group_stays(manager):
    with refused(400, 403, 409):
        manager.delete_secret_group("default")
    assert manager.get_secret_group("default").get_result()["id"] == "default"


@pytest.mark.parametrize("call", ["get_secret_group", "delete_secret_group"])
def test_what_is_unknown_is_not_found(manager, call):
    with refused(404):
        getattr(manager, call)("00000000-0000-4000-8000-000000000000")
    with refused(400, 404):
        getattr(manager, call)("no-uuid")


def test_only_a_manager_changes_groups(writer, reader, group, name):
    for client in (writer, reader):
        with refused(403):
            client.create_secret_group(name("group"))
        for identifier in (group["id"], "00000000-0000-4000-8000-000000000000"):
            with refused(403):
                client.update_secret_group(identifier, {"description": "x"})
            with refused(403):
                client.delete_secret_group(identifier)
        assert client.get_secret_group(group["id"]).get_result()["name"] == group["name"]
        assert client.list_secret_groups().get_result()["total_count"] >= 2
