"""The commands of section «Manually rotating secrets with the API» of the manual of 8 December 2022.

They stand here as they are printed there; only the address, the ids and the token are filled in, and
the line continuations that the key-value example lacks are added.
"""

import json

import pytest

ARBITRARY = r'''
curl -X POST "https://{instance_ID}.{region}.secrets-manager.appdomain.cloud/api/v1/secrets/arbitrary/{id}?action=rotate" \
    -H "Authorization: Bearer {IAM_token}" \
    -H "Accept: application/json" \
    -H "Content-Type: application/json" \
    -d '{
        "payload": "new-secret-data",
        "custom_metadata":{
            "custom_key": "custom_value"
        },
        "version_custom_metadata":{
            "version_custom_key": "version_custom_value"
        }
    }'
'''

KEY_VALUE = r'''
curl -X POST "https://{instance_ID}.{region}.secrets-manager.appdomain.cloud/api/v1/secrets/kv/{secret_id}?action=rotate"
   -H "Authorization: Bearer {IAM_token}" 
   -H "Accept: application/json" 
   -H "Content-Type: application/json"
   -d '{
         "payload": {
            "key1": "val2"
         },
        "custom_metadata":{
            "custom_key": "custom_value"
        },
        "version_custom_metadata":{
            "version_custom_key": "version_custom_value"
        }
      }' 
'''

USER_CREDENTIALS = r'''
curl -X POST "https://{instance_ID}.{region}.secrets-manager.appdomain.cloud/api/v1/secrets/username_password/{id}?action=rotate" \
    -H "Authorization: Bearer {IAM_token}" \
    -H "Accept: application/json" \
    -H "Content-Type: application/json" \
    -d '{
        "password": "new-password",
        "custom_metadata":{
            "custom_key": "custom_value"
        },
        "version_custom_metadata":{
            "version_custom_key": "version_custom_value"
        }
    }'
'''


def continued(command):
    """Adds the continuations: to each line that the next option follows, white space taken off."""
    lines = [line.rstrip() for line in command.strip().splitlines()]
    followed = [line + " \\" if after.lstrip().startswith("-") else line
                for line, after in zip(lines, lines[1:])]
    return "\n".join([*followed, lines[-1]])


@pytest.fixture
def run(shell, url, token):
    """Runs a command with the rest filled in; answers with the resource in the envelope."""
    def do(command, identifier):
        address = "https://{instance_ID}.{region}.secrets-manager.appdomain.cloud"
        for printed, meant in ((address, url), ("{IAM_token}", token), ("{id}", identifier),
                               ("{secret_id}", identifier)):
            command = command.replace(printed, meant)
        status, output, errors = shell(command)
        assert status == 0, errors
        answer = json.loads(output)
        assert answer.keys() == {"metadata", "resources"}, output
        assert answer["metadata"] == {
            "collection_type": "application/vnd.ibm.secrets-manager.secret+json",
            "collection_total": 1}
        [resource] = answer["resources"]
        # «A successful response returns the ID value for the secret, along with other metadata.»
        assert resource["id"] == identifier and resource["versions_total"] == 2
        assert resource["state_description"] == "Active"
        assert resource["custom_metadata"] == {"custom_key": "custom_value"}
        assert resource["versions"][-1]["version_custom_metadata"] == {
            "version_custom_key": "version_custom_value"}
        return resource
    return do


def test_rotating_arbitrary_secrets(run, secret):
    rotated = run(ARBITRARY, secret("arbitrary", payload="old"))
    assert rotated["secret_data"] == {"payload": "new-secret-data"}


def test_rotating_key_value_secrets(run, secret):
    rotated = run(continued(KEY_VALUE), secret("kv", data={"key1": "val1"}))
    assert rotated["secret_data"] == {"payload": {"key1": "val2"}}


def test_rotating_user_credentials(run, secret):
    identifier = secret("username_password", username="ada", password="old-password")
    rotated = run(USER_CREDENTIALS, identifier)
    assert rotated["secret_data"] == {"username": "ada", "password": "new-password"}


def test_an_empty_string_generates_a_password(run, secret):
    identifier = secret("username_password", username="ada", password="old-password")
    rotated = run(USER_CREDENTIALS.replace('"password": "new-password"', '"password": ""'), identifier)
    password = rotated["secret_data"]["password"]
    assert len(password) == 32
    for kind in (str.isupper, str.islower, str.isdigit, lambda one: not one.isalnum()):
        assert any(map(kind, password))


def test_a_wrong_token_and_a_wrong_type_are_refused(shell, secret, url, token, versions):
    identifier = secret("arbitrary", payload="old")
    address = "https://{instance_ID}.{region}.secrets-manager.appdomain.cloud"
    good = ARBITRARY.replace(address, url).replace("{id}", identifier)
    for command, code in ((good.replace("{IAM_token}", "garbage"), "unauthorized"),
                          (good.replace("{IAM_token}", token).replace("/arbitrary/", "/kv/"),
                           "not_found")):
        status, output, _ = shell(command)
        answer = json.loads(output)
        assert status == 0 and answer["errors"][0]["code"] == code
        assert "new-secret-data" not in output
    assert len(versions(identifier)) == 1
