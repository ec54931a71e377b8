"""Clients as IBM ships them, with a note of which operation was answered with which status."""

import collections
import contextlib
import functools
import re

from conforms import operations
from ibm_cloud_sdk_core import ApiException
from ibm_cloud_sdk_core.authenticators import IAMAuthenticator

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# operation → the statuses it was answered with
answered = collections.defaultdict(set)
# The last call, for a failure to name it.
_last = None


def client(client_class, url, apikey):
    """A client that fetches its tokens from the server itself, as it does from IBM's IAM."""
    made = client_class(authenticator=IAMAuthenticator(apikey, url=url))
    made.set_service_url(url)
    for name in operations(client_class):
        setattr(made, name, _recorded(name, getattr(made, name)))
    return made


def _recorded(name, call):
    @functools.wraps(call)
    def called(*given, **named):
        global _last
        _last = f"{name}{given} {named}"
        try:
            response = call(*given, **named)
        except ApiException as error:
            answered[name].add(error.http_response.status_code)
            raise
        answered[name].add(response.get_status_code())
        return response
    return called


class Refusal:
    """What a refused request was answered with; filled in when the block of `refused` ends."""

    status = code = message = target = text = None


@contextlib.contextmanager
def refused(*statuses, code=None, target=None, never=()):
    """The block is answered with one of the statuses, in IBM's container for errors.

    `never` are values that were sent and may not come back.
    """
    refusal = Refusal()
    try:
        yield refusal
    except ApiException as error:
        # The older core calls the status `code`, the newer one `status_code`.
        refusal.status, refusal.text = error.http_response.status_code, error.http_response.text
        assert refusal.status in statuses, f"{refusal.status}: {refusal.text}\n{_last:.600}"
        body = error.http_response.json()
        check_container(body, error.http_response)
        first = body["errors"][0]
        refusal.code, refusal.message = first["code"], first["message"]
        refusal.target = first.get("target", {}).get("name")
        assert error.message == refusal.message
        assert code in (None, refusal.code), f"{refusal.code}: {refusal.message}"
        assert target in (None, refusal.target), f"{refusal.target}: {refusal.message}"
        for value in never:
            assert value not in refusal.text, "a value that was sent came back"
    else:
        raise AssertionError(f"this was answered with success, not {statuses}:\n{_last:.600}")


def check_container(body, response):
    """The members of IBM's error container that clients read (api-v2.md 1.2)."""
    assert response.headers["Content-Type"].startswith("application/json")
    assert body["status_code"] == response.status_code
    assert UUID.fullmatch(body["trace"]), body
    assert body["errors"], body
    for one in body["errors"]:
        assert one["code"] and one["message"], one
        assert one.keys() <= {"code", "message", "more_info", "target"}, one
        if target := one.get("target"):
            assert target["type"] in ("field", "parameter", "header") and target["name"], one
