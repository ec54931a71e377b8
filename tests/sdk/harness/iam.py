"""The stand-in of IBM Cloud's IAM, as a process, and what tests tell it."""

import contextlib
import json
import pathlib
import subprocess
import sys
import urllib.request

from running import stop

SERVER = pathlib.Path(__file__).resolve().parents[2] / "servers/iam_stand_in.py"
API_KEY = "the-key-of-the-engine"
ACCOUNT = "a" * 32
GROUPS = ["AccessGroupId-11111111-1111-4111-8111-111111111111",
          "AccessGroupId-22222222-2222-4222-8222-222222222222"]
SERVICE_ID = "ServiceId-33333333-3333-4333-8333-333333333333"


class Iam:
    """Where it is."""

    def __init__(self, url):
        self.url = url

    def state(self):
        return self._control("GET", "state")

    def keys(self):
        """Values by ids."""
        return self._control("GET", "keys")

    def fail(self, **how):
        self._control("POST", "fail", how)

    def reset(self):
        self._control("POST", "reset", {})

    def _control(self, method, path, body=None):
        asked = urllib.request.Request(f"{self.url}/control/{path}", method=method,
                                       data=None if body is None else json.dumps(body).encode())
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(asked, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None


@contextlib.contextmanager
def stand_in():
    """It ends with the block."""
    process = subprocess.Popen([sys.executable, str(SERVER)], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    try:
        yield Iam(process.stdout.readline().strip())
    finally:
        stop(process)
