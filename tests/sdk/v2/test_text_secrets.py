"""Secrets that are text: arbitrary, key-value and user credentials."""

import string

import pytest
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused
from shapes import (MANUAL, NO_EXPIRY, NO_POLICY_DATE, NO_REFERENCES, NO_VERSION_METADATA, OLDER,
                    PLAIN, conforms, reads)

LATER = "2040-01-05T10:00:00Z"


def arbitrary(name, **more):
    return v2.ArbitrarySecretPrototype(name=name, secret_type="arbitrary",
                                       **{"payload": "first value"} | more)


def test_an_arbitrary_secret_has_every_field(manager, make, group, name):
    answer = manager.create_secret(arbitrary(
        name(), description="All of it", secret_group_id=group["id"], labels=["dev", "us south"],
        custom_metadata={"owner": {"team": 7}}, version_custom_metadata={"ticket": "OPS-1"},
        expiration_date=LATER))
    assert answer.get_status_code() == 201
    made = reads(v2.ArbitrarySecret, conforms(v2.ArbitrarySecret, answer.get_result(), NO_REFERENCES))
    assert made["payload"] == "first value"
    assert made["expiration_date"] == LATER
    assert (made["state"], made["state_description"]) == (1, "active")
    assert made["labels"] == ["dev", "us south"]
    assert made["custom_metadata"] == {"owner": {"team": 7}}
    assert (made["versions_total"], made["locks_total"]) == (1, 0)
    assert made["downloaded"] is False and made["retrieved_at"].startswith("1970-01-01T00:00:00")
    assert made["crn"].startswith("crn:v1:") and made["crn"].endswith(f":secret:{made['id']}")

    answer = manager.get_secret_metadata(made["id"])
    assert answer.get_status_code() == 200
    metadata = conforms(v2.ArbitrarySecretMetadata, answer.get_result(), NO_REFERENCES)
    assert metadata == {field: value for field, value in made.items() if field != "payload"}

    answer = manager.get_secret(made["id"])
    assert answer.get_status_code() == 200
    assert conforms(v2.ArbitrarySecret, answer.get_result(), NO_REFERENCES)["payload"] == "first value"

    listed = manager.list_secrets(groups=[group["id"]]).get_result()["secrets"]
    assert [one["id"] for one in listed] == [made["id"]]
    conforms(v2.SecretMetadata, listed[0], NO_REFERENCES)

    [version] = manager.list_secret_versions(made["id"]).get_result()["versions"]
    conforms(v2.ArbitrarySecretVersionMetadata, version)
    assert version["version_custom_metadata"] == {"ticket": "OPS-1"}

    answer = manager.delete_secret(made["id"])
    assert (answer.get_status_code(), answer.get_result() or None) == (204, None)
    with refused(404):
        manager.get_secret(made["id"])


def test_a_secret_with_nothing_but_its_value(make, name):
    made = make(arbitrary(name()))
    conforms(v2.ArbitrarySecret, made, *PLAIN, NO_EXPIRY)
    assert made["secret_group_id"] == "default"


def test_reading_a_value_is_noted(manager, make, name):
    made = make(arbitrary(name()))
    manager.get_secret(made["id"])
    metadata = manager.get_secret_metadata(made["id"]).get_result()
    assert metadata["downloaded"] is True
    assert metadata["retrieved_at"] >= made["created_at"]
    version = manager.get_secret_version_metadata(made["id"], "current").get_result()
    assert version["downloaded"] is True


def test_an_arbitrary_secret_is_rotated(manager, make, name):
    made = make(arbitrary(name(), custom_metadata={"kept": True}))
    answer = manager.create_secret_version(made["id"], v2.ArbitrarySecretVersionPrototype(
        payload="second value", version_custom_metadata={"ticket": "OPS-7"}))
    assert answer.get_status_code() == 201
    version = reads(v2.ArbitrarySecretVersion,
                    conforms(v2.ArbitrarySecretVersion, answer.get_result(), NO_EXPIRY))
    assert version["payload"] == "second value"
    assert (version["alias"], version["auto_rotated"], version["downloaded"]) == ("current", False, False)
    assert version["secret_id"] == made["id"] != version["id"]
    assert version["secret_name"] == made["name"]
    assert version["version_custom_metadata"] == {"ticket": "OPS-7"}

    now = manager.get_secret(made["id"]).get_result()
    assert (now["payload"], now["versions_total"]) == ("second value", 2)
    assert now["custom_metadata"] == {"kept": True}
    assert now["updated_at"] >= made["updated_at"]


def test_a_rotation_may_replace_the_metadata(manager, make, name):
    made = make(arbitrary(name(), custom_metadata={"old": 1}))
    manager.create_secret_version(made["id"], v2.ArbitrarySecretVersionPrototype(
        payload="second", custom_metadata={"new": 2}))
    assert manager.get_secret_metadata(made["id"]).get_result()["custom_metadata"] == {"new": 2}


def test_a_key_value_secret_is_replaced_as_a_whole(manager, make, name):
    data = {"host": "db1", "port": 5432, "nested": {"list": [1, None, "x"]}, "ü": "ä"}
    made = make(v2.KVSecretPrototype(name=name("kv"), secret_type="kv", data=data))
    assert conforms(v2.KVSecret, made, *PLAIN)["data"] == data
    conforms(v2.KVSecretMetadata, manager.get_secret_metadata(made["id"]).get_result(), *PLAIN)

    answer = manager.create_secret_version(made["id"], v2.KVSecretVersionPrototype(
        data={"only": "this"}, version_custom_metadata={"by": "test"}))
    assert answer.get_status_code() == 201
    version = conforms(v2.KVSecretVersion, answer.get_result(), NO_EXPIRY)
    assert version["data"] == {"only": "this"}
    assert reads(v2.KVSecret, manager.get_secret(made["id"]).get_result())["data"] == {"only": "this"}
    previous = manager.get_secret_version(made["id"], "previous").get_result()
    assert conforms(v2.KVSecretVersion, previous, NO_EXPIRY, NO_VERSION_METADATA)["data"] == data


def test_user_credentials_with_a_password_that_is_given(manager, make, name):
    made = make(v2.UsernamePasswordSecretPrototype(
        name=name("user"), secret_type="username_password", username="ada+db.ro", password="s3cret!",
        expiration_date=LATER, description="d", labels=["ab"], custom_metadata={"a": 1},
        rotation=v2.CommonRotationPolicy(auto_rotate=True, interval=30, unit="day"),
        password_generation_policy=v2.PasswordGenerationPolicy(length=20, include_symbols=False)))
    conforms(v2.UsernamePasswordSecret, made, NO_REFERENCES)
    assert (made["username"], made["password"]) == ("ada+db.ro", "s3cret!")
    assert made["rotation"] == {"auto_rotate": True, "interval": 30, "unit": "day"}
    assert made["next_rotation_date"] > made["created_at"]
    assert made["password_generation_policy"] == {
        "length": 20, "include_digits": True, "include_symbols": False, "include_uppercase": True}

    answer = manager.create_secret_version(made["id"], v2.UsernamePasswordSecretVersionPrototype())
    version = conforms(v2.UsernamePasswordSecretVersion, answer.get_result(), NO_VERSION_METADATA)
    assert version["username"] == "ada+db.ro"
    assert len(version["password"]) == 20 and version["password"].isalnum()

    version = manager.create_secret_version(made["id"], {"password": "given-one"}).get_result()
    assert version["password"] == "given-one"
    metadata = manager.get_secret_metadata(made["id"]).get_result()
    conforms(v2.UsernamePasswordSecretMetadata, metadata, NO_REFERENCES)
    assert metadata["versions_total"] == 3


def test_user_credentials_with_a_password_that_is_generated(make, name):
    made = make(v2.UsernamePasswordSecretPrototype(
        name=name("user"), secret_type="username_password", username="ada"))
    conforms(v2.UsernamePasswordSecret, made, *PLAIN, NO_EXPIRY, NO_POLICY_DATE, MANUAL)
    assert made["rotation"] == {"auto_rotate": False}
    assert made["password_generation_policy"]["length"] == len(made["password"]) == 32
    for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits):
        assert set(kind) & set(made["password"])
    assert set(made["password"]) - set(string.ascii_letters + string.digits)


def test_a_patch_changes_what_it_names_and_null_removes(manager, make, name):
    made = make(arbitrary(name(), description="d", labels=["one"], custom_metadata={"a": 1},
                          expiration_date=LATER))
    other = name()
    answer = manager.update_secret_metadata(made["id"], v2.ArbitrarySecretMetadataPatch(
        name=other, labels=["two", "three"]))
    assert answer.get_status_code() == 200
    changed = conforms(v2.ArbitrarySecretMetadata, answer.get_result(), NO_REFERENCES)
    assert (changed["name"], changed["labels"]) == (other, ["two", "three"])
    assert (changed["description"], changed["expiration_date"]) == ("d", LATER)

    changed = manager.update_secret_metadata(made["id"], {"expiration_date": None}).get_result()
    conforms(v2.ArbitrarySecretMetadata, changed, NO_REFERENCES, NO_EXPIRY)
    changed = manager.update_secret_metadata(made["id"], {"custom_metadata": {"b": 2}}).get_result()
    assert changed["custom_metadata"]["b"] == 2
    changed = manager.update_secret_metadata(made["id"], {
        "custom_metadata": None, "description": None, "labels": None}).get_result()
    assert not changed.get("custom_metadata")
    assert not changed.get("description") and not changed.get("labels")
    assert changed["name"] == other


def test_a_patch_of_user_credentials_merges_its_policy(manager, make, name):
    made = make(v2.UsernamePasswordSecretPrototype(
        name=name("user"), secret_type="username_password", username="ada"))
    changed = manager.update_secret_metadata(made["id"], v2.UsernamePasswordSecretMetadataPatch(
        rotation=v2.CommonRotationPolicy(auto_rotate=True, interval=2, unit="month"),
        password_generation_policy=v2.PasswordGenerationPolicyPatch(length=40))).get_result()
    conforms(v2.UsernamePasswordSecretMetadata, changed, *PLAIN, NO_EXPIRY)
    assert changed["rotation"] == {"auto_rotate": True, "interval": 2, "unit": "month"}
    assert changed["password_generation_policy"] == {
        "length": 40, "include_digits": True, "include_symbols": True, "include_uppercase": True}
    changed = manager.update_secret_metadata(
        made["id"], {"rotation": {"auto_rotate": False}}).get_result()
    conforms(v2.UsernamePasswordSecretMetadata, changed, *PLAIN, NO_EXPIRY, NO_POLICY_DATE, MANUAL)


def test_a_secret_is_found_by_its_names(manager, make, group, name):
    made = make(arbitrary(name(), secret_group_id=group["id"]))
    answer = manager.get_secret_by_name_type("arbitrary", made["name"], group["name"])
    assert answer.get_status_code() == 200
    found = conforms(v2.ArbitrarySecret, answer.get_result(), *PLAIN, NO_EXPIRY)
    assert (found["id"], found["payload"]) == (made["id"], "first value")
    # The same name belongs to another secret, if the type is another.
    twin = make(v2.KVSecretPrototype(name=made["name"], secret_type="kv", data={"a": 1}))
    found = manager.get_secret_by_name_type("kv", made["name"], "default").get_result()
    assert found["id"] == twin["id"]
    for wrong in [("kv", made["name"], group["name"]), ("arbitrary", made["name"], "default"),
                  ("arbitrary", name(), group["name"]), ("arbitrary", made["name"], name())]:
        with refused(404):
            manager.get_secret_by_name_type(*wrong)
    # The group stands there by its name, not by its id.
    with refused(400, 404):
        manager.get_secret_by_name_type("arbitrary", made["name"], group["id"])


def test_names_are_unique_within_a_type_and_free_again(manager, make, name):
    made = make(arbitrary(name()))
    with refused(409, code="name_taken") as refusal:
        manager.create_secret(arbitrary(made["name"], payload="not to be told"))
    assert "not to be told" not in refusal.text
    other = make(arbitrary(name()))
    with refused(409):
        manager.update_secret_metadata(other["id"], {"name": made["name"]})
    manager.delete_secret(made["id"])
    make(arbitrary(made["name"]))


@pytest.mark.parametrize("field, value", [
    ("name", "x"), ("name", "x" * 257), ("name", "white space"), ("name", None),
    ("description", "x" * 1025), ("labels", ["x"]), ("labels", ["x" * 65]),
    ("labels", [f"label-{number}" for number in range(31)]), ("labels", "no list"),
    ("secret_group_id", "other"), ("custom_metadata", []), ("custom_metadata", {"x": "y" * 10241}),
    ("version_custom_metadata", {"x": "y" * 10241}), ("expiration_date", "2001-01-01T00:00:00Z"),
    ("expiration_date", "soon"), ("payload", 7), ("payload", "x" * 1000001), ("payload", None),
    ("data", {"a": 1}), ("surprise", True),
])
def test_what_breaks_a_rule_is_refused(manager, name, field, value):
    body = {"secret_type": "arbitrary", "name": name(), "payload": "kept-to-itself", field: value}
    body = {key: one for key, one in body.items() if one is not None}
    with refused(400, 413, never=["kept-to-itself"]) as refusal:
        manager.create_secret(body)
    assert refusal.target in (field, None) or refusal.target.startswith(field)


@pytest.mark.parametrize("kind, more", [
    ("kv", {"data": {}}), ("kv", {"data": []}), ("kv", {"payload": {"a": 1}}),
    ("kv", {"data": {"a": "x" * 524288}}), ("username_password", {"password": "secret1"}),
    ("username_password", {"username": "a", "password": "secret1"}),
    ("username_password", {"username": "ada", "password": "short"}),
    ("username_password", {"username": "ada", "password": ""}),
    ("username_password", {"username": "ada", "password": "x" * 257}),
    ("username_password", {"username": "ada", "rotation": {"auto_rotate": True}}),
    ("username_password", {"username": "ada", "rotation": {
        "auto_rotate": True, "interval": 25, "unit": "month"}}),
    ("username_password", {"username": "ada", "password_generation_policy": {"length": 11}}),
    ("username_password", {"username": "ada", "password_generation_policy": {"length": 257}}),
    ("nonsense", {}), (None, {"payload": "x"}),
])
def test_what_breaks_a_rule_of_the_type_is_refused(manager, name, kind, more):
    body = {"name": name()} | ({"secret_type": kind} if kind else {}) | more
    with refused(400, 413):
        manager.create_secret(body)


def test_what_cannot_be_patched_is_refused(manager, make, name):
    made = make(v2.KVSecretPrototype(name=name("kv"), secret_type="kv", data={"a": 1}))
    for wrong in ({"secret_group_id": "default"}, {"data": {}}, {"expiration_date": LATER},
                  {"name": None}, {"rotation": {"auto_rotate": False}}, {"unknown": 1}):
        with refused(400):
            manager.update_secret_metadata(made["id"], wrong)


@pytest.mark.parametrize("body", [
    {"data": {"a": 1}}, {"password": "whatever"}, {}, {"payload": 1}, {"payload": "x", "more": 1},
    {"payload": "x", "version_custom_metadata": []}, [], "text"])
def test_a_rotation_takes_what_the_type_takes(manager, make, name, body):
    made = make(arbitrary(name()))
    with refused(400):
        manager.create_secret_version(made["id"], body)
    assert manager.get_secret_metadata(made["id"]).get_result()["versions_total"] == 1


def test_of_many_versions_only_two_have_names(manager, make, name):
    made = make(arbitrary(name()))
    for number in range(2, 5):
        manager.create_secret_version(made["id"], {"payload": f"value {number}"})
    answer = manager.list_secret_versions(made["id"])
    assert answer.get_status_code() == 200
    listed = answer.get_result()
    assert listed["total_count"] == len(listed["versions"]) == 4
    assert [one.get("alias") for one in listed["versions"]] == [None, None, "previous", "current"]
    for one in listed["versions"]:
        older = () if one.get("alias") else (OLDER,)
        conforms(v2.SecretVersionMetadata, one, NO_EXPIRY, NO_VERSION_METADATA, *older)
    assert listed["versions"][2]["payload_available"] and listed["versions"][3]["payload_available"]
