"""Secrets that are text: arbitrary, key-value and user credentials."""

import string

import pytest
from ibm_secrets_manager_sdk import secrets_manager_v1 as v1
from recorded import refused
from shapes import (NO_EXPIRY, NO_POLICY_DATE, NO_VALUE, NO_VERSIONS, NOTHING_NOTED, conforms,
                    conforms_secret, conforms_version, conforms_version_info,
                    conforms_version_metadata, envelope, resource, resources)

LATER = "2040-01-05T10:00:00Z"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
SECRET = envelope("secret")


def test_an_arbitrary_secret_has_every_field(manager, make, group, name):
    made = make("arbitrary", v1.ArbitrarySecretResource(
        name=name(), description="d", secret_group_id=group["id"], labels=["dev", "us-south"],
        custom_metadata={"a": 1}, version_custom_metadata={"b": 2}, payload="first",
        expiration_date=v1.string_to_datetime(LATER)))
    conforms_secret(made)
    assert (made["state"], made["state_description"]) == (1, "Active")
    assert made["secret_data"] == {"payload": "first"}
    assert (made["expiration_date"][:19], made["secret_group_id"]) == (LATER[:19], group["id"])

    read = resource(manager.get_secret("arbitrary", made["id"]), "secret")
    assert conforms_secret(read)["secret_data"] == {"payload": "first"}
    [version] = read["versions"]
    assert version["version_custom_metadata"] == {"b": 2}

    metadata = resource(manager.get_secret_metadata("arbitrary", made["id"]), "secret")
    conforms(v1.ArbitrarySecretMetadata, metadata)
    for listed in (manager.list_secrets("arbitrary", limit=200, offset=0),
                   manager.list_all_secrets(groups=[group["id"]], search=made["name"],
                                            sort_by="name", limit=5, offset=0)):
        [mine] = [one for one in resources(listed, "secret") if one["id"] == made["id"]]
        conforms_secret(mine, NO_VALUE, NO_VERSIONS)

    answer = manager.delete_secret("arbitrary", made["id"])
    assert (answer.get_status_code(), answer.get_result() or None) == (204, None)
    with refused(404):
        manager.get_secret("arbitrary", made["id"])


def test_an_arbitrary_secret_is_rotated(manager, make, name):
    made = make("arbitrary", {"name": name(), "payload": "first"})
    conforms_secret(made, NO_EXPIRY, NOTHING_NOTED)
    answer = manager.update_secret("arbitrary", made["id"], "rotate",
                                   secret_action=v1.RotateArbitrarySecretBody(
                                       payload="second", custom_metadata={"c": 3},
                                       version_custom_metadata={"v": 4}))
    rotated = conforms_secret(resource(answer, "secret"), NO_EXPIRY, NOTHING_NOTED)
    assert rotated["id"] == made["id"] and rotated["secret_data"] == {"payload": "second"}
    assert (rotated["versions_total"], rotated["custom_metadata"]) == (2, {"c": 3})
    oldest, newest = rotated["versions"]
    assert oldest["id"] == made["versions"][0]["id"]
    assert newest["version_custom_metadata"] == {"v": 4}


def test_a_key_value_secret_is_rotated(manager, make, name):
    made = make("kv", v1.KvSecretResource(name=name("kv"), payload={"key1": {"deep": [1]}}))
    conforms_secret(made, NO_EXPIRY, NOTHING_NOTED)
    assert made["secret_data"] == {"payload": {"key1": {"deep": [1]}}}
    metadata = resource(manager.get_secret_metadata("kv", made["id"]), "secret")
    conforms(v1.KvSecretMetadata, metadata, NOTHING_NOTED)
    rotated = resource(manager.update_secret("kv", made["id"], "rotate",
                                             secret_action=v1.RotateKvSecretBody(
                                                 payload={"key2": "v"})), "secret")
    assert conforms_secret(rotated, NO_EXPIRY, NOTHING_NOTED)["secret_data"] == {
        "payload": {"key2": "v"}}
    # `data` is the name of v2.
    with refused(400):
        manager.update_secret("kv", made["id"], "rotate", secret_action={"data": {"a": 1}})
    version = resource(manager.get_secret_version("kv", made["id"], "previous"), "secret.version")
    conforms_version("kv", version)
    assert version["secret_data"] == {"payload": {"key1": {"deep": [1]}}}


def test_user_credentials_are_rotated(manager, make, name):
    made = make("username_password", v1.UsernamePasswordSecretResource(
        name=name("user"), username="ada", password="s3cret", description="d", labels=["ab"],
        custom_metadata={}, expiration_date=v1.string_to_datetime(LATER)))
    conforms_secret(made, NO_POLICY_DATE, NOTHING_NOTED)
    assert made["secret_data"] == {"username": "ada", "password": "s3cret"}
    rotated = resource(manager.update_secret("username_password", made["id"], "rotate",
                                             secret_action=v1.RotateUsernamePasswordSecretBody(
                                                 password="given-one")), "secret")
    assert conforms_secret(rotated, NO_POLICY_DATE, NOTHING_NOTED)["secret_data"] == {
        "username": "ada", "password": "given-one"}
    rotated = resource(manager.update_secret("username_password", made["id"], "rotate",
                                             secret_action={"password": ""}), "secret")
    password = rotated["secret_data"]["password"]
    assert len(password) == 32
    for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits):
        assert set(kind) & set(password)
    assert set(password) - set(string.ascii_letters + string.digits)
    with refused(400):
        manager.update_secret("username_password", made["id"], "rotate", secret_action={})
    metadata = resource(manager.get_secret_metadata("username_password", made["id"]), "secret")
    conforms(v1.UsernamePasswordSecretMetadata, metadata, NOTHING_NOTED)


def test_a_password_is_generated_at_creation(make, name):
    made = make("username_password", {"name": name("user"), "username": "ada", "password": ""})
    assert len(made["secret_data"]["password"]) == 32


def test_versions_are_listed_oldest_first_and_read(manager, make, name):
    made = make("arbitrary", {"name": name(), "payload": "first"})
    manager.update_secret("arbitrary", made["id"], "rotate", secret_action={"payload": "second"})
    first, second = resources(manager.list_secret_versions("arbitrary", made["id"]), "secret.version")
    for one in (first, second):
        conforms_version_info("arbitrary", one)
    assert first["creation_date"] <= second["creation_date"] and first["payload_available"]

    for version_id, value in ((first["id"], "first"), (second["id"], "second"), ("previous", "first")):
        version = resource(manager.get_secret_version("arbitrary", made["id"], version_id),
                           "secret.version")
        conforms_version("arbitrary", version)
        assert version["id"] == made["id"] and version["secret_data"] == {"payload": value}
        assert version["version_id"] == (first if value == "first" else second)["id"]
    metadata = resource(manager.get_secret_version_metadata("arbitrary", made["id"], "previous"),
                        "secret.version")
    conforms_version_metadata("arbitrary", metadata)
    assert (metadata["version_id"], metadata["downloaded"]) == (first["id"], True)

    changed = resource(manager.update_secret_version_metadata(
        "arbitrary", made["id"], first["id"], envelope("secret.version"),
        [v1.UpdateSecretVersionMetadata(version_custom_metadata={"noted": 1})]), "secret.version")
    conforms_version_metadata("arbitrary", changed)
    assert changed["version_custom_metadata"] == {"noted": 1}
    # Only «previous» is an alias here.
    for call in (manager.get_secret_version, manager.get_secret_version_metadata):
        with refused(400, 404):
            call("arbitrary", made["id"], "current")
        with refused(404):
            call("arbitrary", made["id"], UNKNOWN)
    with refused(404):
        manager.update_secret_version_metadata(
            "arbitrary", made["id"], UNKNOWN, envelope("secret.version"),
            [{"version_custom_metadata": {}}])
    with refused(400):
        manager.update_secret_version("arbitrary", made["id"], first["id"], "revoke")


def test_metadata_is_replaced_as_a_whole(manager, make, name):
    made = make("arbitrary", {"name": name(), "payload": "x", "description": "d", "labels": ["ab"],
                              "custom_metadata": {"a": 1}, "expiration_date": LATER})
    other = name()
    changed = resource(manager.update_secret_metadata(
        "arbitrary", made["id"], SECRET, [v1.ArbitrarySecretMetadata(
            name=other, description="e", labels=["cd"], custom_metadata={"b": 2},
            expiration_date=v1.string_to_datetime(LATER))]), "secret")
    conforms(v1.ArbitrarySecretMetadata, changed)
    assert (changed["name"], changed["description"], changed["labels"]) == (other, "e", ["cd"])
    assert changed["custom_metadata"] == {"b": 2}
    changed = resource(manager.update_secret_metadata(
        "arbitrary", made["id"], SECRET, [{"name": other}]), "secret")
    assert not changed.get("description") and not changed.get("labels")
    with refused(400):
        manager.update_secret_metadata("arbitrary", made["id"], SECRET, [{"description": "x"}])
    with refused(404):
        manager.update_secret_metadata("arbitrary", UNKNOWN, SECRET, [{"name": name()}])


@pytest.mark.parametrize("action", ["restore", "revoke", "delete_credentials",
                                    "validate_dns_challenge", "nonsense"])
def test_actions_of_other_types_are_refused(manager, make, name, action):
    made = make("arbitrary", {"name": name(), "payload": "x"})
    body = {"version_id": UNKNOWN} if action == "restore" else None
    with refused(400, 404):
        manager.update_secret("arbitrary", made["id"], action, secret_action=body)


def test_an_older_value_is_restored(manager, make, name):
    made = make("arbitrary", {"name": name(), "payload": "first"})
    manager.update_secret("arbitrary", made["id"], "rotate", secret_action={"payload": "second"})
    answer = manager.update_secret(
        "arbitrary", made["id"], "restore", secret_action=v1.RestoreIAMCredentialsSecretBody(
            version_id="previous", version_custom_metadata={"restored": True}))
    restored = conforms_secret(resource(answer, "secret"), NO_EXPIRY, NOTHING_NOTED)
    assert (restored["secret_data"], restored["versions_total"]) == ({"payload": "first"}, 3)


def test_what_is_refused(manager, writer, reader, make, name):
    made = make("arbitrary", {"name": name(), "payload": "x"})
    with refused(409) as refusal:
        manager.create_secret("arbitrary", SECRET, [{"name": made["name"], "payload": "y"}])
    text = f"A secret with the same name already exists: {made['name']}"
    assert refusal.message.startswith(text)
    for kind, body in (("arbitrary", {"name": name()}), ("arbitrary", {"payload": "x"}),
                       ("kv", {"name": name(), "payload": "text"}), ("nonsense", {"name": name()}),
                       ("username_password", {"name": name(), "username": "a", "password": "secret"})):
        with refused(400, 404):
            manager.create_secret(kind, SECRET, [body])
    with refused(400):
        manager.create_secret("arbitrary", SECRET, [])
    # The type in the URL belongs to the secret.
    for call in (manager.get_secret, manager.get_secret_metadata, manager.delete_secret,
                 manager.list_secret_versions, manager.get_locks):
        for kind, identifier in (("kv", made["id"]), ("arbitrary", UNKNOWN)):
            with refused(404):
                call(kind, identifier)
    with refused(404):
        manager.update_secret("kv", made["id"], "rotate", secret_action={"payload": {"a": 1}})
    for parameters in ({"limit": 0}, {"sort_by": "colour"}, {"search": "x"}, {"offset": -1}):
        with refused(400):
            manager.list_all_secrets(**parameters)
    with refused(400, 404):
        manager.list_secrets("nonsense")

    for identifier in (made["id"], UNKNOWN):
        for call in (lambda: reader.get_secret("arbitrary", identifier),
                     lambda: reader.get_secret_version("arbitrary", identifier, "previous"),
                     lambda: reader.update_secret("arbitrary", identifier, "rotate",
                                                  secret_action={"payload": "y"}),
                     lambda: reader.update_secret_metadata("arbitrary", identifier, SECRET, [
                         {"name": name()}]),
                     lambda: writer.delete_secret("arbitrary", identifier)):
            with refused(403):
                call()
    rotated = resource(writer.update_secret("arbitrary", made["id"], "rotate",
                                            secret_action={"payload": "y"}), "secret")
    assert rotated["secret_data"] == {"payload": "y"}


def test_pages(manager, make, group, name):
    for letter in "abc":
        make("arbitrary", {"name": f"{letter}-{name()}", "payload": "x",
                           "secret_group_id": group["id"]})
    answer = manager.list_all_secrets(groups=[group["id"]], limit=2, offset=0, sort_by="name")
    assert [one["name"][0] for one in resources(answer, "secret")] == ["a", "b"]
    assert answer.get_result()["metadata"]["collection_total"] == 3
    answer = manager.list_all_secrets(groups=[group["id"]], limit=2, offset=2, sort_by="name")
    assert [one["name"][0] for one in resources(answer, "secret")] == ["c"]
    for field in ("id", "creation_date", "expiration_date", "secret_type", "name"):
        listed = manager.list_all_secrets(groups=[group["id"]], sort_by=field)
        values = [one.get(field, "") for one in resources(listed, "secret")]
        assert values == sorted(values)
