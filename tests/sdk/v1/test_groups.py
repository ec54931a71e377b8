"""Secret groups."""

from ibm_secrets_manager_sdk import secrets_manager_v1 as v1
from recorded import refused
from shapes import MEDIA, conforms, envelope, resource, resources

UNKNOWN = "00000000-0000-4000-8000-000000000000"
KIND = envelope("secret.group")


def test_a_group_is_made_read_changed_and_deleted(manager, name):
    first, second = name("group"), name("group")
    made = resource(manager.create_secret_group(
        KIND, [v1.SecretGroupResource(name=first, description="d")]), "secret.group")
    conforms(v1.SecretGroupResource, made)
    assert (made["name"], made["description"]) == (first, "d")
    assert made["type"] == f"{MEDIA}secret.group+json"
    assert resource(manager.get_secret_group(made["id"]), "secret.group") == made
    changed = resource(manager.update_secret_group_metadata(
        made["id"], KIND, [v1.SecretGroupMetadataUpdatable(name=second, description="e")]),
        "secret.group")
    conforms(v1.SecretGroupResource, changed)
    assert (changed["name"], changed["description"]) == (second, "e")
    listed = resources(manager.list_secret_groups(), "secret.group")
    for one in listed:
        conforms(v1.SecretGroupResource, one)
    assert made["id"] in [one["id"] for one in listed]
    answer = manager.delete_secret_group(made["id"])
    assert (answer.get_status_code(), answer.get_result() or None) == (204, None)


def test_what_is_refused(manager, reader, group, name):
    with refused(400):
        manager.create_secret_group(KIND, [{"name": "x"}])
    with refused(400):
        manager.create_secret_group(KIND, [])
    for call in (lambda: manager.get_secret_group(UNKNOWN),
                 lambda: manager.delete_secret_group(UNKNOWN),
                 lambda: manager.update_secret_group_metadata(UNKNOWN, KIND, [{"name": name()}])):
        with refused(404):
            call()
    for identifier in (group["id"], UNKNOWN):
        for call in (lambda: reader.delete_secret_group(identifier),
                     lambda: reader.create_secret_group(KIND, [{"name": name("group")}]),
                     lambda: reader.update_secret_group_metadata(identifier, KIND, [{"name": name()}])):
            with refused(403):
                call()
