"""An instance of its own: a vault in a folder that is thrown away, its server, and something of each kind in it."""

import json
import os
import re
import subprocess
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

from document import Document

GRANT = "urn:ibm:params:oauth:grant-type:apikey"
CONFIGURATIONS = [
    {"config_type": "private_cert_configuration_root_ca", "name": "root", "common_name": "Tests Root",
     "max_ttl": "87600h", "key_type": "ec"},
    {"config_type": "private_cert_configuration_intermediate_ca", "name": "intermediate",
     "common_name": "Tests Intermediate", "max_ttl": "8760h", "key_type": "ec", "signing_method": "internal",
     "issuer": "root"},
    {"config_type": "private_cert_configuration_template", "name": "template", "allow_any_name": True,
     "certificate_authority": "intermediate", "key_type": "ec", "enforce_hostnames": False},
    # there is one at most, and it asks nobody
    {"config_type": "iam_credentials_configuration", "name": "iam", "api_key": "of-nobody",
     "iam_url": "http://127.0.0.1:9", "disabled": True},
    # nobody answers there, so orders wait
    {"config_type": "public_cert_configuration_ca_acme", "name": "acme", "directory_url": "https://127.0.0.1:9/directory"},
    {"config_type": "public_cert_configuration_ca_lets_encrypt", "name": "lets-encrypt",
     "lets_encrypt_environment": "staging"},
    {"config_type": "public_cert_configuration_dns_rfc2136", "name": "dns", "server": "127.0.0.1:9",
     "tsig_key_name": "key.example.com", "tsig_secret": "c2VjcmV0LXNlY3JldC1zZWNyZXQ="},
]
SIGN = {"action_type": "private_cert_configuration_action_sign_intermediate",
        "intermediate_certificate_authority": "intermediate"}
SECRETS = [
    {"secret_type": "arbitrary", "name": "text", "payload": "one", "labels": ["team a"],
     "custom_metadata": {"ticket": "OPS-7"}, "expiration_date": "2100-01-01T00:00:00Z"},
    {"secret_type": "kv", "name": "pairs", "data": {"port": 5432}},
    {"secret_type": "username_password", "name": "login", "username": "me", "password": "correct horse",
     "rotation": {"auto_rotate": True, "interval": 1, "unit": "month"}},
    {"secret_type": "imported_cert", "name": "requested", "managed_csr": {"common_name": "a.example.com"}},
    {"secret_type": "private_cert", "name": "signed", "certificate_template": "template",
     "common_name": "b.example.com", "ttl": "30d"},
    {"secret_type": "public_cert", "name": "ordered", "ca": "acme", "dns": "manual", "common_name": "c.example.com"},
]
# of API v1: type of secret, element, and one of them
ELEMENTS = [("public_cert", "certificate_authorities", "acme"), ("public_cert", "dns_providers", "dns"),
            ("private_cert", "root_certificate_authorities", "root"),
            ("private_cert", "intermediate_certificate_authorities", "intermediate"),
            ("private_cert", "certificate_templates", "template")]


def once(members):
    """An object in which no member stands twice."""
    read = dict(members)
    assert len(read) == len(members), f"a member stands twice: {[name for name, _ in members]}"
    return read


class Instance:
    """Serves until it is closed."""

    def __init__(self, program: Path):
        self._folder = tempfile.TemporaryDirectory(prefix="keyturn-schemathesis-")
        folder = Path(self._folder.name)
        passphrase = folder / "passphrase"
        passphrase.write_text("correct horse battery staple")
        passphrase.chmod(0o600)
        environment = {**os.environ, "KEYTURN_HOME": str(folder / "home")}

        def keyturn(*words):
            command = [program, *words, "--passphrase-file", passphrase]
            return command, environment

        def ran(*words):
            command, env = keyturn(*words)
            return json.loads(subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE).stdout)

        ran("vault", "create", "--name", "tests", "--output", "json")
        key = ran("api-key", "create", "--name", "tests", "--role", "Manager", "--output", "json")["apikey"]
        command, env = keyturn("serve", "--address", "127.0.0.1:0")
        self._server = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)
        said = self._server.stderr.readline()
        self.url = re.search(r"http://[0-9.:]+", said)[0]
        form = urllib.parse.urlencode({"grant_type": GRANT, "apikey": key}).encode()
        with urllib.request.urlopen(f"{self.url}/identity/token", form) as answer:
            self.token = json.load(answer)["access_token"]
        with urllib.request.urlopen(f"{self.url}/openapi.json") as answer:
            self.document = Document(json.load(answer))

    def call(self, method: str, path: str, body=None):
        """One request, which must succeed and be answered as it is documented."""
        content_type = "application/merge-patch+json" if method == "PATCH" else "application/json"
        request = urllib.request.Request(self.url + path, method=method, headers={
            "Authorization": f"Bearer {self.token}", "Content-Type": content_type})
        if body is not None:
            request.data = json.dumps(body).encode()
        with urllib.request.urlopen(request) as answer:
            said = json.loads(answer.read() or "null", object_pairs_hook=once)
            self.document.check(method, path, answer.status, said)
            return said

    def fill(self) -> dict:
        """One of each kind, with a version before the current one and a lock; what there is then."""
        group = self.call("POST", "/api/v2/secret_groups", {"name": "tests"})["id"]
        for configuration in CONFIGURATIONS:
            self.call("POST", "/api/v2/configurations", configuration)
            if configuration["name"] == "intermediate":
                self.call("POST", "/api/v2/configurations/root/actions", SIGN)
        secrets = {secret["secret_type"]: self.call("POST", "/api/v2/secrets", secret)["id"] for secret in SECRETS}
        for secret_type, body in [("arbitrary", {"payload": "two"}), ("kv", {"data": {"port": 1}}),
                                  ("username_password", {}), ("private_cert", {})]:
            self.call("POST", f"/api/v2/secrets/{secrets[secret_type]}/versions", body)
        self.call("POST", f"/api/v2/secrets/{secrets['kv']}/locks_bulk",
                  {"locks": [{"name": "lock-1", "description": "held", "attributes": {"by": "tests"}}]})
        return {"url": self.url, "token": self.token, "group": group, "secrets": secrets}

    def read(self, secrets: dict) -> None:
        """Reads all that is there, in the words of both versions of the API."""
        for path in ["secret_groups", "secret_groups/default", "secrets", "secrets?limit=2&offset=2", "secrets_locks",
                     "configurations", *(f"configurations/{one['name']}" for one in CONFIGURATIONS)]:
            self.call("GET", f"/api/v2/{path}")
        for path in ["secret_groups", "secret_groups/default", "secrets", "locks", "config/public_cert",
                     "config/private_cert", *(f"config/{kind}/{element}{name}" for kind, element, one in ELEMENTS
                                              for name in ("", f"/{one}"))]:
            self.call("GET", f"/api/v1/{path}")
        for secret in SECRETS:
            secret_type, name = secret["secret_type"], secret["name"]
            identity = secrets[secret_type]
            self.call("GET", f"/api/v2/secret_groups/default/secret_types/{secret_type}/secrets/{name}")
            of_both = ["", "/metadata", "/versions"]
            # before there is a certificate there is no version
            if secret_type not in ("imported_cert", "public_cert"):
                of_both += ["/versions/previous", "/versions/previous/metadata"]
                for part in ["/versions/current", "/versions/current/metadata", "/versions/current/locks"]:
                    self.call("GET", f"/api/v2/secrets/{identity}{part}")
                self.call("GET", f"/api/v1/locks/{secret_type}/{identity}/versions/previous")
            for part in of_both:
                self.call("GET", f"/api/v2/secrets/{identity}{part}")
                self.call("GET", f"/api/v1/secrets/{secret_type}/{identity}{part}")
            self.call("GET", f"/api/v2/secrets/{identity}/locks")
            self.call("GET", f"/api/v1/locks/{secret_type}/{identity}")
            self.call("GET", f"/api/v1/secrets/{secret_type}")
            if secret_type in ("username_password", "public_cert", "private_cert"):
                self.call("GET", f"/api/v1/secrets/{secret_type}/{identity}/policies?policy=rotation")
            self.call("PATCH", f"/api/v2/secrets/{identity}/metadata", {"description": "read"})

    def close(self):
        self._server.terminate()
        try:
            self._server.wait(20)
        except subprocess.TimeoutExpired:
            self._server.kill()
        self._folder.cleanup()
