"""Lists: pages, order, search and filters."""

import pytest
import requests
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused
from shapes import (FIRST_PAGE, LAST_PAGE, MANUAL, NO_EXPIRY, NO_POLICY_DATE, PLAIN, conforms)


@pytest.fixture
def five(manager, make, group, name):
    """Five secrets in a group of their own, a to e; c is a key-value secret."""
    made = []
    for letter in "abcde":
        common = {"name": f"{letter}-{name()}", "secret_group_id": group["id"],
                  "description": f"of five {letter}"}
        if letter == "c":
            prototype = v2.KVSecretPrototype(secret_type="kv", data={"x": 1}, **common)
        else:
            prototype = v2.ArbitrarySecretPrototype(
                secret_type="arbitrary", payload="hidden", **common,
                labels=["letters", "vowel"] if letter in "ae" else ["letters"])
        made.append(make(prototype))
    return made


def names(secrets):
    return "".join(one["name"][0] for one in secrets)


def test_pages_follow_each_other(manager, five, group, url, keys):
    answer = manager.list_secrets(groups=[group["id"]], limit=2, sort="name")
    assert answer.get_status_code() == 200
    page = answer.get_result()
    kinds = (*PLAIN, NO_EXPIRY, NO_POLICY_DATE, MANUAL)
    for one in page["secrets"]:
        conforms(v2.SecretMetadata, one, *kinds)
    conforms(v2.SecretMetadataPaginatedCollection, page | {"secrets": []}, FIRST_PAGE)
    assert (page["total_count"], page["limit"], page["offset"]) == (5, 2, 0)
    assert names(page["secrets"]) == "ab"
    assert all("payload" not in one and "data" not in one for one in page["secrets"])
    for link, offset in (("first", None), ("next", 2), ("last", 4)):
        href = page[link]["href"]
        assert href.startswith(url + "/api/v2/secrets?") and "limit=2" in href
        assert (f"offset={offset}" in href) == (offset is not None)
        assert ("offset" in href) == (offset is not None)

    middle = manager.list_secrets(groups=[group["id"]], limit=2, offset=2, sort="name").get_result()
    conforms(v2.SecretMetadataPaginatedCollection, middle | {"secrets": []})
    last = manager.list_secrets(groups=[group["id"]], limit=2, offset=4, sort="name").get_result()
    conforms(v2.SecretMetadataPaginatedCollection, last | {"secrets": []}, LAST_PAGE)
    assert names(middle["secrets"] + last["secrets"]) == "cde"
    beyond = manager.list_secrets(groups=[group["id"]], limit=2, offset=9).get_result()
    assert beyond["secrets"] == [] and beyond["total_count"] == 5 and "next" not in beyond


def test_a_link_keeps_what_was_asked_for(manager, five, group, url):
    page = manager.list_secrets(groups=[group["id"]], limit=2, sort="-name", search="of five").get_result()
    token = manager.authenticator.token_manager.get_token()
    session = requests.Session()
    session.trust_env = False
    followed = session.get(page["next"]["href"], headers={"Authorization": f"Bearer {token}"})
    assert followed.status_code == 200
    assert names(page["secrets"] + followed.json()["secrets"]) == "edcb"


def test_the_pager_reads_all_pages(manager, five, group):
    pager = v2.SecretsPager(client=manager, limit=2, sort="name", groups=[group["id"]])
    assert names(pager.get_all()) == "abcde"
    pager = v2.SecretsPager(client=manager, limit=3, groups=[group["id"]], search="of five",
                            secret_types=["arbitrary"], match_all_labels=["letters"])
    assert sorted(names(pager.get_all())) == list("abde")
    pager = v2.SecretsPager(client=manager, limit=1, search="nobody has this")
    assert pager.get_all() == []


@pytest.mark.parametrize("field", ["id", "created_at", "updated_at", "retrieved_at",
                                   "expiration_date", "secret_type", "name"])
def test_every_order_has_an_opposite(manager, five, group, field):
    up = manager.list_secrets(groups=[group["id"]], sort=field).get_result()["secrets"]
    down = manager.list_secrets(groups=[group["id"]], sort=f"-{field}").get_result()["secrets"]
    assert len(up) == len(down) == 5
    values = [one.get(field, "") for one in up]
    assert values == sorted(values)
    assert [one.get(field, "") for one in down] == values[::-1]


def test_filters_are_joined_by_and_and_their_values_by_or(manager, five, group):
    def found(**filters):
        listed = manager.list_secrets(sort="name", **{"groups": [group["id"]]} | filters)
        return names(listed.get_result()["secrets"])

    assert found(secret_types=["kv"]) == "c"
    assert found(secret_types=["kv", "arbitrary"]) == "abcde"
    assert found(secret_types=["public_cert"]) == ""
    assert found(match_all_labels=["letters", "vowel"]) == "ae"
    assert found(match_all_labels=["letters", "nothing"]) == ""
    assert found(match_all_labels=["vowel"], secret_types=["kv"]) == ""
    assert found(search="of five d") == "d"
    assert found(search="VOWEL") == "ae"
    assert found(search=five[1]["id"]) == "b"
    assert found(search="hidden") == ""
    listed = manager.list_secrets(groups=[group["id"], "default"], limit=1000).get_result()
    assert {one["id"] for one in five} <= {one["id"] for one in listed["secrets"]}
    elsewhere = manager.list_secrets(groups=["default"], limit=1000).get_result()["secrets"]
    assert not {one["id"] for one in five} & {one["id"] for one in elsewhere}


@pytest.mark.parametrize("parameter, value", [
    ("limit", 0), ("limit", 1001), ("limit", "many"), ("offset", -1), ("offset", 10000001),
    ("sort", "colour"), ("sort", "--name"), ("search", "x"), ("search", "x" * 129),
    ("groups", ["nonsense"]), ("secret_types", ["nonsense"]),
    ("match_all_labels", [f"l{number}" for number in range(31)])])
def test_parameters_keep_to_the_rules(manager, parameter, value):
    with refused(400, target=parameter):
        manager.list_secrets(**{parameter: value})


def test_the_defaults_are_those_of_the_reference(manager):
    listed = manager.list_secrets().get_result()
    assert (listed["limit"], listed["offset"]) == (200, 0)
    assert manager.list_configurations().get_result()["limit"] == 200
    assert manager.list_secrets_locks().get_result()["limit"] == 200


def test_configurations_are_listed_like_secrets(manager, configure, name):
    stem = name("page")
    for number in range(3):
        configure(v2.PrivateCertificateConfigurationRootCAPrototype(
            config_type="private_cert_configuration_root_ca", name=f"{stem}-{number}",
            max_ttl="8760h", common_name="pages.example.test", key_type="ec", key_bits=256))
    answer = manager.list_configurations(search=stem, limit=2, sort="name")
    assert answer.get_status_code() == 200
    page = answer.get_result()
    conforms(v2.ConfigurationMetadataPaginatedCollection, page | {"configurations": []}, FIRST_PAGE)
    assert [one["name"] for one in page["configurations"]] == [f"{stem}-0", f"{stem}-1"]
    pager = v2.ConfigurationsPager(client=manager, limit=1, sort="-name", search=stem,
                                   secret_types=["private_cert"])
    assert [one["name"][-1] for one in pager.get_all()] == ["2", "1", "0"]
    for field in ("config_type", "secret_type", "name"):
        up = manager.list_configurations(sort=field).get_result()["configurations"]
        values = [one[field] for one in up]
        assert values == sorted(values)
    others = manager.list_configurations(search=stem, secret_types=["public_cert"]).get_result()
    assert others["total_count"] == 0
    for parameter, value in (("limit", 0), ("limit", 1001), ("sort", "created_at"), ("search", "x"),
                             ("secret_types", ["kv"]), ("offset", -1)):
        with refused(400, target=parameter):
            manager.list_configurations(**{parameter: value})
