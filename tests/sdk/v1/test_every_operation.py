"""Looks at what the other tests called: every operation of the SDK, and how it was answered."""

import pathlib

import pytest
from conforms import operations
from ibm_secrets_manager_sdk.secrets_manager_v1 import SecretsManagerV1
from recorded import answered

# Refused because only a cloud has it, so its success is never seen.
ONLY_IN_A_CLOUD = {"create_notifications_registration", "get_notifications_registration",
                   "delete_notifications_registration", "send_test_notification"}
# The statuses of success where it is not 200 alone (1.1).
SUCCESS = {"create_secret": {200, 202}, "create_config_element": {201}, "delete_secret": {204},
           "delete_secret_group": {204}, "delete_config_element": {204}, "put_config": {204}}
# A list of everything without a parameter has no way to be wrong.
NEVER_WRONG = {"list_secret_groups"}


@pytest.fixture(autouse=True)
def all_ran(request):
    """With a selection of the tests there is nothing to be said."""
    here = pathlib.Path(__file__).parent
    ran = {item.path for item in request.session.items}
    if ran != set(here.glob("test_*.py")) or request.config.option.keyword:
        pytest.skip("only some of the tests were run")


@pytest.mark.last
def test_every_operation_was_called():
    every = operations(SecretsManagerV1)
    assert len(every) == 39
    assert every - answered.keys() == set()


@pytest.mark.last
def test_every_operation_succeeded_and_was_refused():
    for name in sorted(operations(SecretsManagerV1)):
        if name in ONLY_IN_A_CLOUD:
            assert answered[name] == {400}, name
        else:
            success = {status for status in answered[name] if status < 300}
            assert success == SUCCESS.get(name, {200}), name
            refusals = {status for status in answered[name] if status >= 400}
            assert refusals or name in NEVER_WRONG, name
