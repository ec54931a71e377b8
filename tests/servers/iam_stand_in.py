#!/usr/bin/env python3
"""Stands in for IBM Cloud's IAM: tokens, service IDs, API keys and access groups, in memory.

Requests and answers are those of IBM's documents; tests/sdk/iam holds it against IBM's own client.
It prints its address, and ends when its standard input does. Where the documents say nothing, it is
strict: what is locked can be neither removed nor put something under.

Beside IAM's own paths there is `/control`:
    GET  /control/state   what there is, without values, and the calls that came
    GET  /control/keys    values of API keys by their ids
    POST /control/fail    {"method", "path", "times", "status", "code", "message", "after", "drop", "delay",
                          "hold"}:
                          the next calls fail whose path begins so, by an answer with that status or by a
                          connection that is dropped, or only take so many seconds longer, or are held:
                          before they take effect, or after
    POST /control/release lets calls go on that are held, and answers once none is under way
    POST /control/reset   forgets failures and calls
    DELETE /control/service_ids/{id}   removes one behind everybody's back
"""

import argparse
import base64
import datetime
import json
import secrets
import sys
import threading
import time
import urllib.parse
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GRANT = "urn:ibm:params:oauth:grant-type:apikey"
LIFE = 3600


class Refusal(Exception):
    """An error of IAM."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M+0000")


def token_of(iam_id, account):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    issued = int(time.time())
    claims = {"iam_id": iam_id, "account": {"bss": account}, "iat": issued, "exp": issued + LIFE,
              "jti": secrets.token_hex(8)}
    return f"{part({'alg': 'RS256', 'typ': 'JWT'})}.{part(claims)}.{secrets.token_urlsafe(32)}"


class Iam:
    """What there is, and what is done with it. One call at a time."""

    def __init__(self, account, api_key, groups, service_ids):
        self.account = account
        self.groups = {group: set() for group in groups}
        self.service_ids = {one: self._service_id(one, account, "of a person", None) for one in service_ids}
        owner = "IBMid-1100000000"
        self.keys = {"ApiKey-" + str(uuid.uuid4()): {
            "value": api_key, "iam_id": owner, "account_id": account, "name": "engine", "description": None,
            "locked": False, "created_at": now()}}
        self.tokens, self.calls, self.failures = {}, [], []
        self.lock = threading.RLock()
        self.turn = threading.Condition(self.lock)
        self.under_way, self.held = 0, set()

    @staticmethod
    def _service_id(identifier, account, name, description):
        return {"id": identifier, "iam_id": "iam-" + identifier, "account_id": account, "name": name,
                "description": description, "locked": False, "created_at": now()}

    # --- what is answered

    def shown_service_id(self, one):
        shown = {"id": one["id"], "iam_id": one["iam_id"], "entity_tag": "1-" + one["id"][-12:],
                 "crn": f"crn:v1:bluemix:public:iam-identity::a/{one['account_id']}::serviceid:{one['id']}",
                 "locked": one["locked"], "created_at": one["created_at"], "modified_at": one["created_at"],
                 "account_id": one["account_id"], "name": one["name"]}
        return shown | ({"description": one["description"]} if one["description"] else {})

    def shown_key(self, identifier, value=""):
        key = self.keys[identifier]
        shown = {"id": identifier, "entity_tag": "1-" + identifier[-12:],
                 "crn": f"crn:v1:bluemix:public:iam-identity::a/{key['account_id']}::apikey:{identifier}",
                 "locked": key["locked"], "disabled": False, "created_at": key["created_at"],
                 "created_by": "IBMid-1100000000", "modified_at": key["created_at"], "name": key["name"],
                 "iam_id": key["iam_id"], "account_id": key["account_id"], "apikey": value}
        return shown | ({"description": key["description"]} if key["description"] else {})

    # --- calls

    def token(self, form):
        if form.get("grant_type") != GRANT:
            raise Refusal(400, "BXNIM0109E", "Property missing or empty: grant_type.")
        key = next((one for one in self.keys.values() if one["value"] == form.get("apikey")), None)
        if key is None:
            raise Refusal(400, "BXNIM0415E", "Provided API key could not be found.")
        token = token_of(key["iam_id"], key["account_id"])
        self.tokens[token] = key["value"]
        return {"access_token": token, "refresh_token": "not_supported", "token_type": "Bearer",
                "expires_in": LIFE, "expiration": int(time.time()) + LIFE, "scope": "ibm openid"}

    def check_token(self, header):
        known = self.tokens.get((header or "").removeprefix("Bearer "))
        if known is None or all(one["value"] != known for one in self.keys.values()):
            raise Refusal(401, "BXNIM0408E", "Provided token is not valid.")

    def check_account(self, account):
        if account != self.account:
            raise Refusal(403, "BXNIM0513E", f"You are not authorized to use this API in the account {account}.")

    def create_service_id(self, body, headers):
        self.check_account(body.get("account_id"))
        if not body.get("name"):
            raise Refusal(400, "BXNIM0109E", "Property missing or empty: name.")
        identifier = f"ServiceId-{uuid.uuid4()}"
        one = self._service_id(identifier, body["account_id"], body["name"], body.get("description"))
        one["locked"] = headers.get("Entity-Lock") == "true"
        self.service_ids[identifier] = one
        return 201, self.shown_service_id(one)

    def found_service_id(self, identifier):
        if identifier not in self.service_ids:
            raise Refusal(404, "BXNIM0140E", f"Service ID {identifier} not found.")
        return self.service_ids[identifier]

    def list_service_ids(self, query):
        self.check_account(query.get("account_id"))
        found = [one for one in self.service_ids.values()
                 if query.get("name") in (None, one["name"])]
        return 200, paged("serviceids", [self.shown_service_id(one) for one in found], query)

    def delete_service_id(self, identifier):
        one = self.found_service_id(identifier)
        if one["locked"]:
            raise Refusal(409, "BXNIM0118E", f"Service ID {identifier} is locked.")
        under = [key for key, kept in self.keys.items() if kept["iam_id"] == one["iam_id"]]
        if any(self.keys[key]["locked"] for key in under):
            raise Refusal(409, "BXNIM0119E", f"An API key of service ID {identifier} is locked.")
        self.forget_service_id(identifier)
        return 204, None

    def forget_service_id(self, identifier):
        one = self.service_ids.pop(identifier)
        for key in [key for key, kept in self.keys.items() if kept["iam_id"] == one["iam_id"]]:
            del self.keys[key]
        for members in self.groups.values():
            members.discard(one["iam_id"])

    def create_key(self, body, headers):
        iam_id = body.get("iam_id") or ""
        one = self.found_service_id(iam_id.removeprefix("iam-"))
        if body.get("account_id") not in (None, one["account_id"]):
            raise Refusal(400, "BXNIM0120E", "The account does not match that of the service ID.")
        if one["locked"]:
            raise Refusal(409, "BXNIM0118E", f"Service ID {one['id']} is locked.")
        if not body.get("name"):
            raise Refusal(400, "BXNIM0109E", "Property missing or empty: name.")
        identifier, value = f"ApiKey-{uuid.uuid4()}", secrets.token_urlsafe(33)
        self.keys[identifier] = {
            "value": value, "iam_id": iam_id, "account_id": one["account_id"], "name": body["name"],
            "description": body.get("description"), "locked": headers.get("Entity-Lock") == "true",
            "created_at": now()}
        return 201, self.shown_key(identifier, value)

    def found_key(self, identifier):
        if identifier not in self.keys:
            raise Refusal(404, "BXNIM0141E", f"API key {identifier} not found.")
        return self.keys[identifier]

    def key_details(self, value):
        for identifier, key in self.keys.items():
            if key["value"] == value:
                return 200, self.shown_key(identifier)
        raise Refusal(404, "BXNIM0141E", "API key not found.")

    def list_keys(self, query):
        self.check_account(query.get("account_id"))
        found = [key for key, kept in self.keys.items() if kept["iam_id"] == query.get("iam_id")]
        return 200, paged("apikeys", [self.shown_key(key) for key in found], query)

    def delete_key(self, identifier):
        key = self.found_key(identifier)
        if key["locked"]:
            raise Refusal(409, "BXNIM0119E", f"API key {identifier} is locked.")
        del self.keys[identifier]
        return 204, None

    def found_group(self, group):
        if group not in self.groups:
            raise Refusal(404, "group_not_found", f"The access group {group} was not found.")
        return self.groups[group]

    def add_members(self, group, body):
        members, outcomes = self.found_group(group), []
        for one in body.get("members", []):
            known = one["iam_id"].removeprefix("iam-") in self.service_ids
            outcome = {"iam_id": one["iam_id"], "type": one["type"]}
            if known:
                members.add(one["iam_id"])
                outcome |= {"created_at": now(), "created_by_id": "IBMid-1100000000", "status_code": 200}
            else:
                outcome |= {"status_code": 404, "trace": secrets.token_hex(8), "errors": [
                    {"code": "member_not_found", "message": f"The member {one['iam_id']} was not found."}]}
            outcomes.append(outcome)
        return 207, {"members": outcomes}

    def list_members(self, group):
        members = sorted(self.found_group(group))
        return 200, {"limit": 50, "offset": 0, "total_count": len(members),
                     "first": {"href": "https://example.test/first"}, "last": {"href": "https://example.test/last"},
                     "members": [{"iam_id": one, "type": "service", "membership_type": "static",
                                  "created_at": now(), "created_by_id": "IBMid-1100000000"} for one in members]}

    def remove_member(self, group, iam_id):
        members = self.found_group(group)
        if iam_id not in members:
            raise Refusal(404, "member_not_found", f"The member {iam_id} was not found.")
        members.remove(iam_id)
        return 204, None

    def answer(self, method, path, query, headers, body):
        self.check_token(headers.get("Authorization"))
        match (method, path.strip("/").split("/")):
            case "POST", ["v1", "serviceids"]:
                return self.create_service_id(body, headers)
            case "GET", ["v1", "serviceids"]:
                return self.list_service_ids(query)
            case "GET", ["v1", "serviceids", identifier]:
                return 200, self.shown_service_id(self.found_service_id(identifier))
            case "DELETE", ["v1", "serviceids", identifier]:
                return self.delete_service_id(identifier)
            case ("POST" | "DELETE"), ["v1", "serviceids", identifier, "lock"]:
                self.found_service_id(identifier)["locked"] = method == "POST"
                return 200, self.shown_service_id(self.service_ids[identifier])
            case "POST", ["v1", "apikeys"]:
                return self.create_key(body, headers)
            case "GET", ["v1", "apikeys"]:
                return self.list_keys(query)
            case "GET", ["v1", "apikeys", "details"]:
                return self.key_details(headers.get("IAM-ApiKey"))
            case "GET", ["v1", "apikeys", identifier]:
                self.found_key(identifier)
                return 200, self.shown_key(identifier)
            case ("POST" | "DELETE"), ["v1", "apikeys", identifier, "lock"]:
                self.found_key(identifier)["locked"] = method == "POST"
                return 200, self.shown_key(identifier)
            case "DELETE", ["v1", "apikeys", identifier]:
                return self.delete_key(identifier)
            case "GET", ["v2", "groups", group]:
                self.found_group(group)
                return 200, {"id": group, "name": group, "created_at": now()}
            case "PUT", ["v2", "groups", group, "members"]:
                return self.add_members(group, body)
            case "GET", ["v2", "groups", group, "members"]:
                return self.list_members(group)
            case "DELETE", ["v2", "groups", group, "members", iam_id]:
                return self.remove_member(group, iam_id)
        raise Refusal(404, "not_found", "There is no such path.")

    # --- control

    def state(self):
        return {"service_ids": [self.shown_service_id(one) | {"groups": sorted(
                    group for group, members in self.groups.items() if one["iam_id"] in members)}
                    for one in self.service_ids.values()],
                "api_keys": [self.shown_key(key) for key, kept in self.keys.items()
                             if kept["iam_id"].startswith("iam-ServiceId-")],
                "calls": list(self.calls), "held": len(self.held)}

    def hold(self):
        """Until it is released."""
        with self.lock:
            mine = object()
            self.held.add(mine)
            self.turn.wait_for(lambda: mine not in self.held)

    def release(self):
        self.held.clear()
        self.turn.notify_all()
        return self.turn.wait_for(lambda: self.under_way == 0, timeout=30)

    def failure(self, method, path):
        for failure in self.failures:
            if failure.get("method") in (None, method) and path.startswith(failure.get("path", "/")):
                failure["times"] = failure.get("times", 1) - 1
                if failure["times"] <= 0:
                    self.failures.remove(failure)
                return failure
        return None


def paged(name, entries, query):
    size, start = int(query.get("pagesize", 20)), int(query.get("pagetoken", 0))
    page = {"offset": start, "limit": size, "first": "https://iam.cloud.ibm.com/first",
            name: entries[start:start + size]}
    if start + size < len(entries):
        page["next"] = f"https://iam.cloud.ibm.com/next?pagetoken={start + size}"
    return page


class Handler(BaseHTTPRequestHandler):
    """HTTP around it."""

    protocol_version = "HTTP/1.1"
    iam = None

    def log_message(self, *_):
        pass

    def handle_call(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if url.path.startswith("/control/"):
            return self.control(url.path, raw)
        with self.iam.lock:
            self.iam.under_way += 1
            self.iam.calls.append(f"{self.command} {url.path}")
            failure = self.iam.failure(self.command, url.path)
        try:
            return self.carry_out(url.path, query, raw, failure)
        finally:
            with self.iam.lock:
                self.iam.under_way -= 1
                self.iam.turn.notify_all()

    def carry_out(self, path, query, raw, failure):
        fails = failure and (failure.get("drop") or failure.get("status"))
        if failure and not failure.get("after"):
            self.take_time(failure)
            if fails:
                return self.fail(failure)
        with self.iam.lock:
            try:
                status, answer = self.done(path, query, raw)
            except Refusal as refusal:
                status, answer = refusal.status, self.refused(path, refusal)
        if failure and failure.get("after"):
            self.take_time(failure)
            if fails:
                return self.fail(failure)
        return self.send(status, answer)

    def take_time(self, failure):
        time.sleep(failure.get("delay", 0))
        if failure.get("hold"):
            self.iam.hold()

    def done(self, path, query, raw):
        if path == "/identity/token" and self.command == "POST":
            return 200, self.iam.token(dict(urllib.parse.parse_qsl(raw.decode())))
        body = json.loads(raw) if raw else {}
        return self.iam.answer(self.command, path, query, self.headers, body)

    @staticmethod
    def refused(path, refusal):
        if path == "/identity/token":
            return {"errorCode": refusal.code, "errorMessage": refusal.message,
                    "context": {"requestId": secrets.token_hex(8)}}
        return {"trace": secrets.token_hex(8), "status_code": refusal.status, "errors": [
            {"code": refusal.code, "message_code": refusal.code, "message": refusal.message}]}

    def fail(self, failure):
        if failure.get("drop"):
            self.close_connection = True
            self.connection.close()
            return None
        refusal = Refusal(failure.get("status", 500), failure.get("code", "injected"),
                          failure.get("message", "The call was made to fail."))
        return self.send(refusal.status, self.refused(self.path, refusal))

    def control(self, path, raw):
        with self.iam.lock:
            match (self.command, path.split("/")[2:]):
                case "GET", ["state"]:
                    return self.send(200, self.iam.state())
                case "GET", ["keys"]:
                    return self.send(200, {key: kept["value"] for key, kept in self.iam.keys.items()})
                case "POST", ["fail"]:
                    self.iam.failures.append(json.loads(raw))
                case "POST", ["release"]:
                    if not self.iam.release():
                        return self.send(500, {})
                case "POST", ["reset"]:
                    self.iam.failures.clear()
                    self.iam.calls.clear()
                case "DELETE", ["service_ids", identifier]:
                    self.iam.forget_service_id(identifier)
                case _:
                    return self.send(404, {})
        return self.send(204, None)

    def send(self, status, answer):
        body = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = handle_call


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A connection that was made to end is no error."""


def main():
    asked = argparse.ArgumentParser(description="Stands in for IBM Cloud's IAM.")
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--account", default="a" * 32)
    asked.add_argument("--api-key", default="the-key-of-the-engine")
    asked.add_argument("--access-group", action="append", default=[])
    asked.add_argument("--service-id", action="append", default=[])
    asked = asked.parse_args()
    groups = asked.access_group or ["AccessGroupId-11111111-1111-4111-8111-111111111111",
                                    "AccessGroupId-22222222-2222-4222-8222-222222222222"]
    service_ids = asked.service_id or ["ServiceId-33333333-3333-4333-8333-333333333333"]
    Handler.iam = Iam(asked.account, asked.api_key, groups, service_ids)
    server = Server(("127.0.0.1", asked.port), Handler)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
