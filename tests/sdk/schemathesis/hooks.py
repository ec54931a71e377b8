"""Requests of the generator reach something: names in their paths become those of what is there.

Which of several is taken depends on the request alone, so that a run can be repeated.
"""

import itertools
import json
import os
import urllib.request
import zlib

import instance
import schemathesis
from schemathesis.core.parameters import ParameterLocation

THERE = json.loads(os.environ["KEYTURN_THERE"])
SECRETS = THERE["secrets"]
NAMES = {secret["secret_type"]: secret["name"] for secret in instance.SECRETS}
# which type a body of a rotation is for
TOLD_BY = {"payload": "arbitrary", "data": "kv", "password": "username_password", "certificate": "imported_cert",
           "csr": "private_cert", "rotation": "public_cert"}
number = itertools.count()


def made(path, body):
    request = urllib.request.Request(THERE["url"] + path, json.dumps(body).encode(), {
        "Authorization": f"Bearer {THERE['token']}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def chosen(case, things):
    """One of them, by what the request says."""
    said = repr((case.query, case.body, case.path_parameters)).encode()
    return things[zlib.crc32(said) % len(things)]


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None or case.meta.is_negative_at(ParameterLocation.PATH) or case.meta.phase.name == "stateful":
        return
    path, parts = case.operation.path, dict(case.path_parameters or {})
    # some requests name what is not there
    if not parts or chosen(case, range(8)) == 0:
        return
    body = case.body if isinstance(case.body, dict) else {}
    secret_type = next((kind for name, kind in TOLD_BY.items() if name in body), chosen(case, sorted(SECRETS)))
    secret = SECRETS[secret_type]
    deletes = case.operation.method.upper() == "DELETE" and path.count("{") <= 3 and "locks" not in path
    if "secret_groups" in path and "secret_types" not in path:
        parts["id"] = THERE["group"] if chosen(case, range(2)) else "default"
        if deletes and chosen(case, range(2)):
            parts["id"] = made("/api/v2/secret_groups", {"name": f"gone-{next(number)}"})["id"]
    elif "secret_types" in path:
        parts.update(id="default", secret_type=secret_type, name=NAMES[secret_type])
    elif "config_element" in parts:
        parts["secret_type"], parts["config_element"], name = chosen(case, instance.ELEMENTS)
        if "config_name" in parts and not deletes:
            parts["config_name"] = name
    elif "/configurations/" in path or "certificate_authorities/" in path:
        if not deletes:
            parts["name"] = chosen(case, instance.CONFIGURATIONS)["name"]
    elif "/config/" in path:
        parts["secret_type"] = chosen(case, ["public_cert", "private_cert"])
    elif "id" in parts:
        if deletes and path.endswith("{id}"):
            secret_type = "arbitrary"
            secret = made("/api/v2/secrets", {"secret_type": secret_type, "name": f"gone-{next(number)}", "payload": "x"})["id"]
        parts["id"] = secret
        if "secret_type" in parts:
            parts["secret_type"] = secret_type
    elif "secret_type" in parts:
        parts["secret_type"] = secret_type
    if "version" in parts:
        parts["version"] = chosen(case, ["current", "previous"])
    if "version_id" in parts:
        parts["version_id"] = "previous"
    case.path_parameters = parts
