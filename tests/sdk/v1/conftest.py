"""The clients of the tests of API v1, and secrets that go with the test."""

import itertools
import json
import os
import time

import acme
import pytest
import recorded
from ibm_cloud_sdk_core import ApiException
from ibm_secrets_manager_sdk.secrets_manager_v1 import SecretsManagerV1
from shapes import envelope, resource

_numbers = itertools.count(1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


@pytest.fixture(scope="session")
def url():
    return os.environ["KEYTURN_URL"]


@pytest.fixture(scope="session")
def client(url):
    """Makes a client for one of the API keys: manager, writer, secrets_reader, reader."""
    keys = json.loads(os.environ["KEYTURN_KEYS"])
    return lambda name: recorded.client(SecretsManagerV1, url, keys[name]["apikey"])


@pytest.fixture(scope="session")
def manager(client):
    return client("manager")


@pytest.fixture(scope="session")
def writer(client):
    return client("writer")


@pytest.fixture(scope="session")
def reader(client):
    return client("reader")


@pytest.fixture(scope="session")
def name():
    """A name nobody has yet."""
    return lambda stem="old": f"{stem}-{next(_numbers)}-{time.time_ns() % 100000}"


@pytest.fixture
def make(manager):
    """Creates a secret, which goes with the test: its locks first."""
    made = []

    def create(kind, prototype, status=200):
        answer = manager.create_secret(kind, envelope("secret"), [prototype])
        secret = resource(answer, "secret", status)
        made.append((kind, secret["id"]))
        return secret

    yield create
    for kind, identifier in made:
        delete_secret(manager, kind, identifier)


def delete_secret(manager, kind, identifier):
    try:
        secret = resource(manager.get_secret_metadata(kind, identifier), "secret")
        if secret["locks_total"]:
            manager.unlock_secret(kind, identifier, locks=["*"])
        if secret["versions_total"] > 1 and secret["locks_total"]:
            manager.unlock_secret_version(kind, identifier, "previous", locks=["*"])
        manager.delete_secret(kind, identifier)
    except ApiException as error:
        assert error.http_response.status_code == 404  # the test deleted it itself


@pytest.fixture
def configure(manager):
    """Adds a configuration element, which goes with the test; the last first."""
    made = []

    def create(element, kind, name, config, secret_type="private_cert"):
        answer = manager.create_config_element(secret_type, element, name, kind, config)
        made.append((secret_type, element, name))
        return resource(answer, "config", 201)

    yield create
    for one in reversed(made):
        try:
            manager.delete_config_element(*one)
        except ApiException as error:
            assert error.http_response.status_code == 404


@pytest.fixture
def group(manager, name):
    """A secret group of the test's own."""
    made = resource(manager.create_secret_group(
        envelope("secret.group"), [{"name": name("group"), "description": "Of one test"}]),
        "secret.group")
    yield made
    listed = manager.list_all_secrets(groups=[made["id"]]).get_result()["resources"]
    for secret in listed:
        delete_secret(manager, secret["secret_type"], secret["id"])
    try:
        manager.delete_secret_group(made["id"])
    except ApiException as error:
        assert error.http_response.status_code == 404


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A real ACME server with a DNS server."""
    with acme.authority(tmp_path_factory.mktemp("acme")) as running:
        yield running
