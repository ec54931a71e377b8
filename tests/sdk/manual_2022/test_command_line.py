"""The commands of section «Manually rotating secrets from the CLI» of the manual of 8 December 2022.

They stand here as they are printed there; only the program's name, the address and the id are
exchanged. The plug-in's name may stay, be short, or be left out.
"""

import json

import program
import pytest

ARBITRARY = """
ibmcloud secrets-manager secret-update --action rotate --id SECRET_ID --secret-type arbitrary --body '{"payload": "new-secret-data"}' --output json --service-url https://<instance_id>.<region>.secrets-manager.appdomain.cloud
"""
USER_CREDENTIALS = """
ibmcloud secrets-manager secret-update --action rotate --id SECRET_ID --secret-type username_password --body '{"password": "new-password"}' --output json --service-url https://<instance_id>.<region>.secrets-manager.appdomain.cloud
"""
NAMES = ["secrets-manager", "sm", ""]


@pytest.fixture(params=NAMES, ids=["secrets-manager", "sm", "alone"])
def run(request, shell, url, apikey):
    """Runs a command with the rest exchanged; answers with the resource in the envelope."""
    def do(command, identifier, key=apikey):
        named = f"{program.PROGRAM} {request.param}".rstrip()
        address = "https://<instance_id>.<region>.secrets-manager.appdomain.cloud"
        for printed, meant in (("ibmcloud secrets-manager", named), ("SECRET_ID", identifier),
                               (address, url)):
            assert printed in command
            command = command.replace(printed, meant)
        return shell(command, SECRETS_MANAGER_APIKEY=key, SECRETS_MANAGER_AUTH_URL=url)
    return do


def resource(status, output, errors):
    assert status == 0, errors
    answer = json.loads(output)
    assert answer["metadata"]["collection_type"] == "application/vnd.ibm.secrets-manager.secret+json"
    [one] = answer["resources"]
    assert one["versions_total"] == 2 and one["state_description"] == "Active"
    return one


def test_rotating_arbitrary_secrets(run, secret):
    identifier = secret("arbitrary", payload="old")
    rotated = resource(*run(ARBITRARY, identifier))
    # «The command outputs the value of the secret, along with other metadata.»
    assert rotated["id"] == identifier
    assert rotated["secret_data"] == {"payload": "new-secret-data"}


def test_rotating_user_credentials(run, secret):
    identifier = secret("username_password", username="ada", password="old-password")
    rotated = resource(*run(USER_CREDENTIALS, identifier))
    assert rotated["secret_data"] == {"username": "ada", "password": "new-password"}


def test_an_empty_string_generates_a_password(run, secret):
    identifier = secret("username_password", username="ada", password="old-password")
    # As the manual prints it in its tip.
    rotated = resource(*run(
        USER_CREDENTIALS.replace('{"password": "new-password"}', '{ "password": ""}'), identifier))
    password = rotated["secret_data"]["password"]
    assert len(password) == 32
    for kind in (str.isupper, str.islower, str.isdigit, lambda one: not one.isalnum()):
        assert any(map(kind, password))


def test_a_refusal_has_a_status_and_tells_no_value(run, secret, versions):
    identifier = secret("arbitrary", payload="old")
    for wrong, key in ((ARBITRARY.replace("--secret-type arbitrary", "--secret-type kv"), None),
                       (ARBITRARY.replace('"payload"', '"paylod"'), None),
                       (ARBITRARY, "ktk_" + "A" * 43)):
        status, output, errors = run(wrong, identifier, *([key] if key else []))
        assert status != 0 and errors
        assert "new-secret-data" not in output + errors and "ktk_" not in output + errors
    assert len(versions(identifier)) == 1
