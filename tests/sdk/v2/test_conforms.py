"""The check that the other tests lean on: it can fail. Needs no server."""

import certificates
import pytest
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from shapes import MANUAL, NO_EXPIRY, NO_POLICY_DATE, NO_REFERENCES, conforms

SECRET = {
    "created_by": "local:ada", "created_at": "2026-01-05T10:00:00Z", "crn": "crn:v1:…", "id": "…",
    "retrieved_at": "1970-01-01T00:00:00Z", "updated_at": "2026-01-05T10:00:00.123Z",
    "secret_group_id": "default", "secret_type": "username_password", "versions_total": 1,
    "custom_metadata": {}, "description": "", "downloaded": False, "labels": ["one"],
    "locks_total": 0, "name": "name", "state": 1, "state_description": "active",
    "rotation": {"auto_rotate": False}, "username": "ada", "password": "s3cret",
    "password_generation_policy": {"length": 32, "include_digits": True, "include_symbols": True,
                                   "include_uppercase": True}}
SITUATION = (NO_EXPIRY, NO_POLICY_DATE, MANUAL, NO_REFERENCES)


def test_an_answer_as_it_should_be():
    assert conforms(v2.UsernamePasswordSecret, SECRET, *SITUATION) is SECRET
    assert conforms(v2.Secret, SECRET, *SITUATION) is SECRET


@pytest.mark.parametrize("change, complaint", [
    ({"id": ...}, "id is absent"), ({"id": None}, "id is null"), ({"locks_total": ...}, "locks_total"),
    ({"state": True}, "state is bool"), ({"downloaded": 0}, "downloaded is int"),
    ({"created_at": "2026-01-05 10:00"}, "created_at is no date"), ({"labels": [1]}, "labels is int"),
    ({"labels": "one"}, "labels is no list"), ({"state_description": "Active"}, "does not know"),
    ({"rotation": {}}, "rotation.auto_rotate is absent"), ({"rotation": []}, "no object"),
    ({"rotation": {"auto_rotate": False, "unit": "day"}}, "rotation.unit is there"),
    ({"expiration_date": "2026-01-05T10:00:00Z"}, "expiration_date is there"),
    ({"payload": "x"}, "payload is no field"),
    ({"password_generation_policy": {"length": "32"}}, "password_generation_policy.length is str"),
])
def test_an_answer_with_a_fault(change, complaint):
    json = {key: value for key, value in (SECRET | change).items() if value is not ...}
    with pytest.raises(AssertionError, match=complaint):
        conforms(v2.UsernamePasswordSecret, json, *SITUATION)


def test_certificates_are_what_the_tests_take_them_for():
    leaf = certificates.leaf()
    leaf.certificate.verify_directly_issued_by(certificates.intermediate().certificate)
    assert certificates.fits(leaf.key_pem, leaf.pem)
    assert not certificates.fits(leaf.key_pem, certificates.leaf().pem)
    request, key = certificates.request("other.example.test")
    signed = certificates.sign_request(request, alt_names=["other.example.test"])
    assert certificates.fits(certificates.Made(None, key).key_pem, signed)
    assert int(leaf.serial.replace(":", ""), 16) == leaf.certificate.serial_number


def test_the_acme_server_starts_and_ends(authority):
    import ssl
    import urllib.request

    trusting = ssl.create_default_context(cadata=authority.root_certificate)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                         urllib.request.HTTPSHandler(context=trusting))
    assert b"newOrder" in opener.open(authority.directory_url, timeout=10).read()
    authority.publish([{"txt_record_name": "_acme-challenge.example.test.", "txt_record_value": "x"}])
    authority.withdraw([{"txt_record_name": "_acme-challenge.example.test."}])
