"""Looks at what the other tests called: every operation of the SDK, and how it was answered."""

import pathlib

import pytest
from conforms import operations
from ibm_secrets_manager_sdk.secrets_manager_v2 import SecretsManagerV2
from recorded import answered

# Refused because only a cloud has it, so its success is never seen.
ONLY_IN_A_CLOUD = {
    "create_notifications_registration", "get_notifications_registration",
    "delete_notifications_registration", "get_notifications_registration_test",
    "list_secret_tasks", "get_secret_task", "replace_secret_task", "delete_secret_task",
}
# The status of success where it is not 200 (1.1).
SUCCESS = {name: 201 for name in (
    "create_secret_group", "create_secret", "create_secret_action", "create_secret_version",
    "create_secret_version_action", "create_secret_locks_bulk", "create_secret_version_locks_bulk",
    "create_configuration", "create_configuration_action")} | {name: 204 for name in (
        "delete_secret_group", "delete_secret", "delete_configuration",
        "delete_secret_version_data")}


@pytest.fixture(autouse=True)
def all_ran(request):
    """With a selection of the tests there is nothing to be said."""
    here = pathlib.Path(__file__).parent
    ran = {item.path for item in request.session.items}
    if ran != set(here.glob("test_*.py")) or request.config.option.keyword:
        pytest.skip("only some of the tests were run")


@pytest.mark.last
def test_every_operation_was_called():
    every = operations(SecretsManagerV2)
    assert len(every) == 41
    assert every - answered.keys() == set()


@pytest.mark.last
def test_every_operation_succeeded_and_was_refused():
    for name in sorted(operations(SecretsManagerV2)):
        if name in ONLY_IN_A_CLOUD:
            assert answered[name] <= {400, 403}, name
        else:
            success = {status for status in answered[name] if status < 300}
            assert success == {SUCCESS.get(name, 200)}, name
            # A list of everything without a parameter has no way to be wrong.
            assert any(status >= 400 for status in answered[name]) or name == "list_secret_groups", name
