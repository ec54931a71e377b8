"""The clients of the tests of API v2, and secrets that go with the test."""

import itertools
import json
import os
import time

import acme
import program
import pytest
import recorded
from ibm_cloud_sdk_core import ApiException
from ibm_secrets_manager_sdk.secrets_manager_v2 import SecretsManagerV2

_numbers = itertools.count(1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


@pytest.fixture(scope="session")
def url():
    return os.environ["KEYTURN_URL"]


@pytest.fixture(scope="session")
def keys():
    """The API keys by name: manager, writer, secrets_reader, reader, revoked, expired."""
    return {name: one["apikey"] for name, one in json.loads(os.environ["KEYTURN_KEYS"]).items()}


@pytest.fixture(scope="session")
def client(url):
    """Makes a client for an API key."""
    return lambda apikey: recorded.client(SecretsManagerV2, url, apikey)


@pytest.fixture(scope="session")
def manager(client, keys):
    return client(keys["manager"])


@pytest.fixture(scope="session")
def writer(client, keys):
    return client(keys["writer"])


@pytest.fixture(scope="session")
def reader(client, keys):
    return client(keys["reader"])


@pytest.fixture(scope="session")
def secrets_reader(client, keys):
    return client(keys["secrets_reader"])


@pytest.fixture(scope="session")
def new_key():
    """Makes another API key by the command line: `apikey` and `id`."""
    return lambda name, role, groups=(): program.create_key(
        os.environ["KEYTURN_HOME"], name, role, groups)


@pytest.fixture(scope="session")
def name():
    """A name nobody has yet."""
    return lambda stem="secret": f"{stem}-{next(_numbers)}-{time.time_ns() % 100000}"


@pytest.fixture
def make(manager, name):
    """Creates a secret, which goes with the test: its locks first."""
    made = []

    def create(prototype):
        secret = manager.create_secret(prototype).get_result()
        made.append(secret["id"])
        return secret

    yield create
    for identifier in made:
        delete_secret(manager, identifier)


def delete_secret(manager, identifier):
    try:
        metadata = manager.get_secret_metadata(identifier).get_result()
        if metadata["locks_total"]:
            for version in manager.list_secret_versions(identifier).get_result()["versions"]:
                if version.get("alias"):
                    manager.delete_secret_version_locks_bulk(identifier, version["id"])
        manager.delete_secret(identifier)
    except ApiException as error:
        assert error.status_code == 404  # the test deleted it itself


@pytest.fixture
def configure(manager):
    """Creates a configuration, which goes with the test; the last first, for they build on others."""
    made = []

    def create(prototype):
        answer = manager.create_configuration(prototype).get_result()
        made.append((answer["name"], answer["config_type"]))
        return answer

    yield create
    for one, config_type in reversed(made):
        try:
            manager.delete_configuration(one, x_sm_accept_configuration_type=config_type)
        except ApiException as error:
            assert error.status_code == 404


@pytest.fixture
def group(manager, name):
    """A secret group of the test's own. The secrets in it go first, so `make` is asked for later."""
    made = manager.create_secret_group(name("group"), description="Of one test").get_result()
    yield made
    for secret in manager.list_secrets(groups=[made["id"]]).get_result()["secrets"]:
        delete_secret(manager, secret["id"])
    try:
        manager.delete_secret_group(made["id"])
    except ApiException as error:
        assert error.status_code == 404


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A real ACME server with a DNS server."""
    with acme.authority(tmp_path_factory.mktemp("acme")) as running:
        yield running
