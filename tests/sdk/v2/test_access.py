"""Who may come in, and what each role may do."""

import base64
import json
import os
import time

import pytest
import requests
from ibm_cloud_sdk_core import ApiException
from ibm_cloud_sdk_core.authenticators import BearerTokenAuthenticator, IAMAuthenticator
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import check_container, refused

UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def session():
    made = requests.Session()
    made.trust_env = False  # no proxy, no .netrc
    return made


def exchange(session, url, **form):
    form = {"grant_type": "urn:ibm:params:oauth:grant-type:apikey", "response_type": "cloud_iam"} | form
    return session.post(f"{url}/identity/token", data=form, headers={"Accept": "application/json"})


def test_a_key_is_exchanged_for_a_token_as_at_ibm(session, url, keys):
    answer = exchange(session, url, apikey=keys["manager"])
    assert answer.status_code == 200
    token = answer.json()
    assert token["token_type"] == "Bearer" and token["expires_in"] == 3600
    assert abs(token["expiration"] - time.time() - 3600) < 60
    assert isinstance(token["refresh_token"], str)
    head, claims, _ = token["access_token"].split(".")
    claims = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    assert claims["exp"] - claims["iat"] == 3600 and claims["exp"] == token["expiration"]
    assert claims.keys() >= {"iss", "iam_id", "id", "sub"}
    assert keys["manager"] not in answer.text
    # The examples of the documentation leave out what the SDK sends besides.
    short = session.post(f"{url}/identity/token", data={
        "grant_type": "urn:ibm:params:oauth:grant-type:apikey", "apikey": keys["reader"]})
    assert short.status_code == 200


def test_a_client_is_set_up_by_its_environment(monkeypatch, url, keys):
    for variable, value in (("URL", url), ("AUTH_URL", url), ("AUTH_TYPE", "iam"),
                            ("APIKEY", keys["reader"])):
        monkeypatch.setenv(f"SECRETS_MANAGER_{variable}", value)
    assert v2.SecretsManagerV2.new_instance().list_secrets().get_status_code() == 200


def test_what_a_client_may_send_with_its_key_does_no_harm(url, keys):
    made = v2.SecretsManagerV2(authenticator=IAMAuthenticator(
        keys["reader"], url=url, client_id="some", client_secret="client", scope="some scope"))
    made.set_service_url(url)
    assert made.list_secrets().get_status_code() == 200


@pytest.mark.parametrize("form", [
    {"apikey": "ktk_" + "A" * 43}, {"apikey": ""}, {"apikey": "garbage"},
    {"grant_type": "password", "apikey": "x"}, {}])
def test_what_is_no_key_gets_no_token(session, url, form):
    answer = exchange(session, url, **form)
    assert 400 <= answer.status_code < 500
    assert answer.json()["errorMessage"]
    assert form.get("apikey") in (None, "", "x") or form["apikey"] not in answer.text


def test_a_revoked_and_an_expired_key_get_no_token(client, keys, new_key):
    import program

    home = os.environ["KEYTURN_HOME"]
    made = new_key("to-be-revoked", "Reader")
    before = client(made["apikey"])
    before.list_secrets()
    program.delete_key(home, made["id"])
    with pytest.raises(ApiException) as refusal:
        client(made["apikey"]).list_secrets()
    assert 400 <= refusal.value.status_code < 500
    with refused(401):
        before.list_secrets()  # its token is worth nothing any more

    time.sleep(max(0, float(os.environ["KEYTURN_EXPIRED_AT"]) - time.time() + 0.1))
    with pytest.raises(ApiException) as refusal:
        client(keys["expired"]).list_secrets()
    assert 400 <= refusal.value.status_code < 500


@pytest.mark.parametrize("header", [
    None, "", "Bearer", "Bearer ", "Bearer garbage", "Bearer a.b.c", "Basic dXNlcjpwYXNz",
    "Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjQxMDI0NDQ4MDB9."])
def test_without_a_token_nothing_is_told(session, url, header):
    for path in ("/api/v2/secrets", f"/api/v2/secrets/{UNKNOWN}", "/api/v1/secrets"):
        answer = session.get(url + path, headers={"Authorization": header} if header is not None else {})
        assert answer.status_code == 401, header
        check_container(answer.json(), answer)
        assert answer.json()["errors"][0]["code"] == "unauthorized"


def test_a_key_is_no_token_and_a_changed_token_none_either(url, keys, manager):
    token = manager.authenticator.token_manager.get_token()
    head, claims, signature = token.split(".")
    more = json.loads(base64.urlsafe_b64decode(claims + "==")) | {"exp": 4102444800}
    forged = base64.urlsafe_b64encode(json.dumps(more).encode()).decode().rstrip("=")
    for wrong in (keys["manager"], f"{head}.{forged}.{signature}", f"{head}.{claims}."):
        made = v2.SecretsManagerV2(authenticator=BearerTokenAuthenticator(wrong))
        made.set_service_url(url)
        with refused(401):
            made.list_secrets()
    made = v2.SecretsManagerV2(authenticator=BearerTokenAuthenticator(token))
    made.set_service_url(url)
    assert made.list_secrets().get_status_code() == 200


@pytest.fixture
def secret(make, name):
    return make(v2.ArbitrarySecretPrototype(name=name(), secret_type="arbitrary", payload="value"))


def test_a_reader_sees_no_values(reader, secret):
    assert reader.get_secret_metadata(secret["id"]).get_result()["id"] == secret["id"]
    assert reader.list_secret_versions(secret["id"]).get_result()["total_count"] == 1
    assert reader.get_secret_version_metadata(secret["id"], "current").get_status_code() == 200
    assert reader.list_secrets().get_status_code() == 200
    assert reader.list_secrets_locks().get_status_code() == 200
    assert reader.list_configurations().get_status_code() == 200
    # Known and unknown are refused alike, before anything is looked up.
    for identifier in (secret["id"], UNKNOWN):
        for call in (lambda: reader.get_secret(identifier),
                     lambda: reader.get_secret_version(identifier, "current"),
                     lambda: reader.create_secret_version(identifier, {"payload": "x"}),
                     lambda: reader.update_secret_metadata(identifier, {"description": "x"}),
                     lambda: reader.update_secret_version_metadata(
                         identifier, "current", {"version_custom_metadata": {}}),
                     lambda: reader.delete_secret(identifier)):
            with refused(403, code="forbidden"):
                call()
    with refused(403):
        reader.get_secret_by_name_type("arbitrary", secret["name"], "default")
    with refused(403):
        reader.create_secret({"secret_type": "arbitrary", "name": "nope", "payload": "x"})


def test_a_refusal_leaves_the_connection_usable(session, url, reader):
    token = reader.authenticator.token_manager.get_token()
    for number in range(200):
        # Refused before the body is looked at, which must not end the connection unannounced.
        answer = session.post(f"{url}/api/v2/secrets", json={"name": f"refused-{number}"},
                              headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 403


def test_a_secrets_reader_sees_values_and_no_configurations(secrets_reader, secret):
    assert secrets_reader.get_secret(secret["id"]).get_result()["payload"] == "value"
    found = secrets_reader.get_secret_by_name_type("arbitrary", secret["name"], "default")
    assert found.get_result()["id"] == secret["id"]
    assert secrets_reader.get_secret_version(secret["id"], "current").get_status_code() == 200
    for call in (lambda: secrets_reader.list_configurations(),
                 lambda: secrets_reader.create_secret_version(secret["id"], {"payload": "x"}),
                 lambda: secrets_reader.delete_secret(secret["id"])):
        with refused(403):
            call()


def test_a_writer_rotates_and_does_not_delete(manager, writer, name):
    made = writer.create_secret(v2.ArbitrarySecretPrototype(
        name=name(), secret_type="arbitrary", payload="x")).get_result()
    assert writer.create_secret_version(made["id"], {"payload": "y"}).get_status_code() == 201
    writer.update_secret_metadata(made["id"], {"description": "by a writer"})
    assert writer.list_configurations().get_status_code() == 200
    for call in (lambda: writer.delete_secret(made["id"]),
                 lambda: writer.delete_secret(UNKNOWN),
                 lambda: writer.delete_secret_version_data(made["id"], "current"),
                 lambda: writer.get_configuration("nothing"),
                 lambda: writer.delete_configuration("nothing"),
                 lambda: writer.update_configuration("nothing", {"max_ttl": "1h"}),
                 lambda: writer.create_configuration_action("nothing", {
                     "action_type": "private_cert_configuration_action_rotate_crl"}),
                 lambda: writer.create_configuration({"config_type": "x", "name": "nothing"})):
        with refused(403):
            call()
    manager.delete_secret(made["id"])


def test_who_made_it_stands_there(manager, writer, name):
    made = writer.create_secret(v2.ArbitrarySecretPrototype(
        name=name(), secret_type="arbitrary", payload="x")).get_result()
    assert made["created_by"] == "apikey:writer"
    version = manager.create_secret_version(made["id"], {"payload": "y"}).get_result()
    assert version["created_by"] == "apikey:manager"
    manager.delete_secret(made["id"])


def test_a_key_of_a_group_sees_no_other_secret(manager, client, new_key, make, group, secret, name):
    inside = make(v2.ArbitrarySecretPrototype(
        name=name(), secret_type="arbitrary", payload="inside", secret_group_id=group["id"]))
    limited = client(new_key("of-a-group", "Manager", [group["id"]])["apikey"])
    assert [one["id"] for one in limited.list_secrets().get_result()["secrets"]] == [inside["id"]]
    assert limited.get_secret(inside["id"]).get_result()["payload"] == "inside"
    assert limited.create_secret_version(inside["id"], {"payload": "y"}).get_status_code() == 201
    manager.create_secret_locks_bulk(secret["id"], [{"name": "outside"}])
    assert limited.list_secrets_locks().get_result()["total_count"] == 0

    # What is outside is not there at all.
    for call in (lambda one: limited.get_secret(one), lambda one: limited.get_secret_metadata(one),
                 lambda one: limited.list_secret_versions(one),
                 lambda one: limited.create_secret_version(one, {"payload": "x"}),
                 lambda one: limited.delete_secret(one), lambda one: limited.list_secret_locks(one)):
        texts = set()
        for identifier in (secret["id"], UNKNOWN):
            with refused(404, code="not_found") as refusal:
                call(identifier)
            texts.add(refusal.message)
        assert len(texts) == 1
    with refused(404):
        limited.get_secret_by_name_type("arbitrary", secret["name"], "default")
    # Another group than its own is refused like one that does not exist.
    texts = set()
    for other in ("default", UNKNOWN):
        with refused(400, 403, 404) as refusal:
            limited.create_secret({"secret_type": "arbitrary", "name": name(), "payload": "x",
                                   "secret_group_id": other})
        texts.add(refusal.message)
    assert len(texts) == 1
    with refused(403):
        limited.create_secret_group(name("group"))
    with refused(403):
        limited.create_configuration({"config_type": "x", "name": name()})


def test_bodies_have_one_type(session, url, manager, secret):
    token = manager.authenticator.token_manager.get_token()
    address = f"{url}/api/v2/secrets/{secret['id']}"
    bearer = {"Authorization": f"Bearer {token}"}
    for method, path, kind in (("POST", "/versions", "text/plain"), ("POST", "/versions", "text/xml"),
                               ("PATCH", "/metadata", "text/plain"), ("POST", "/versions", None)):
        answer = session.request(method, address + path, data=b'{"payload":"x"}',
                                 headers=bearer | {"Content-Type": kind} if kind else bearer)
        assert answer.status_code in (400, 415)
        check_container(answer.json(), answer)
    for body in (b"", b"{", b'{"payload":"x"}x', b'{"payload":"a","payload":"b"}', b"\xff", b"nul"):
        answer = session.post(address + "/versions", data=body,
                              headers=bearer | {"Content-Type": "application/json"})
        assert answer.status_code == 400, body
        check_container(answer.json(), answer)
    assert manager.get_secret_metadata(secret["id"]).get_result()["versions_total"] == 1
