"""Requests of the generator reach something: names in their paths become those of what is there.

Which of several is taken depends on the request alone, so that a run can be repeated.
"""

import itertools
import json
import os
import urllib.error
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
ACTED_ON = {"private_cert_action_revoke_certificate": "private_cert",
            "public_cert_action_validate_dns_challenge": "public_cert"}
# which configuration a body of a change is for
CHANGED_BY = {"lets_encrypt_environment": "lets-encrypt", "tsig_secret": "dns", "server": "dns", "zone": "dns",
              "tsig_key_name": "dns", "crl_expiry": "root", "crl_disable": "intermediate", "preferred_chain": "acme",
              "external_account_key_id": "acme", "require_cn": "template", "allowed_domains": "template"}
HEADER = "X-Sm-Accept-Configuration-Type"
number = itertools.count()


def made(path, body, otherwise):
    """The id, or the name, of something to be deleted; `otherwise` where there is no more room."""
    body = {**body, "name": f"gone-{next(number)}"}
    request = urllib.request.Request(THERE["url"] + path, json.dumps(body).encode(), {
        "Authorization": f"Bearer {THERE['token']}", "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer).get("id", body["name"])
    except urllib.error.HTTPError:
        return otherwise


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
    secret_type = ACTED_ON.get(str(body.get("action_type")), secret_type)
    secret = SECRETS[secret_type]
    deletes = case.operation.method.upper() == "DELETE" and path.count("{") <= 3 and "locks" not in path
    if "secret_groups" in path and "secret_types" not in path:
        parts["id"] = THERE["group"] if chosen(case, range(2)) else "default"
        if deletes and chosen(case, range(2)):
            parts["id"] = made("/api/v2/secret_groups", {}, parts["id"])
    elif "secret_types" in path:
        parts.update(id="default", secret_type=secret_type, name=NAMES[secret_type])
    elif "config_element" in parts:
        parts["secret_type"], parts["config_element"], name = chosen(case, instance.ELEMENTS)
        if "config_name" in parts and not deletes:
            parts["config_name"] = name
    elif "/configurations/" in path:
        if case.headers and not case.meta.is_negative_at(ParameterLocation.HEADER) and chosen(case, range(4)):
            case.headers.pop(HEADER, None)
        if not deletes:
            name = chosen(case, instance.CONFIGURATIONS)["name"]
            parts["name"] = next((name for member, name in CHANGED_BY.items() if member in body), name)
        elif chosen(case, range(2)):
            parts["name"] = made("/api/v2/configurations", instance.CONFIGURATIONS[-1], parts["name"])
    elif "certificate_authorities/" in path:
        parts["name"] = chosen(case, ["root", "intermediate"])
    elif "/config/" in path:
        parts["secret_type"] = chosen(case, ["public_cert", "private_cert"])
    elif "id" in parts:
        if deletes and path.endswith("{id}"):
            secret_type = "arbitrary"
            secret = made("/api/v2/secrets", {"secret_type": secret_type, "payload": "x"}, parts["id"])
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
