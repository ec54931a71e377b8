"""What the commands of the manual need: a token, a secret of each type, and a shell."""

import itertools
import json
import os
import subprocess
import time

import program
import pytest
import requests

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def url():
    return os.environ["KEYTURN_URL"]


@pytest.fixture(scope="session")
def apikey():
    return json.loads(os.environ["KEYTURN_KEYS"])["manager"]["apikey"]


@pytest.fixture(scope="session")
def token(url, apikey):
    answer = _session().post(f"{url}/identity/token", data={
        "grant_type": "urn:ibm:params:oauth:grant-type:apikey", "apikey": apikey})
    return answer.json()["access_token"]


@pytest.fixture(scope="session")
def session(token):
    made = _session()
    made.headers["Authorization"] = f"Bearer {token}"
    return made


def _session():
    made = requests.Session()
    made.trust_env = False  # no proxy, no .netrc
    return made


@pytest.fixture
def secret(session, url):
    """Makes a secret of a type and answers with its id; it goes with the test."""
    made = []

    def create(kind, **value):
        answer = session.post(f"{url}/api/v2/secrets", json={
            "secret_type": kind, "name": f"manual-{next(_numbers)}-{time.time_ns() % 100000}"} | value)
        assert answer.status_code == 201, answer.text
        made.append(answer.json()["id"])
        return made[-1]

    yield create
    for identifier in made:
        session.delete(f"{url}/api/v2/secrets/{identifier}")


@pytest.fixture
def shell(tmp_path):
    """Runs a command with bash; answers with its exit status, its output and its errors."""
    def run(command, **environment):
        # A home of its own: no curlrc, and no vault that could answer instead of the server.
        seen = program.environment(tmp_path, HOME=str(tmp_path), **environment)
        done = subprocess.run(["bash", "-c", command], env=seen, text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, cwd=tmp_path, timeout=60)
        return done.returncode, done.stdout, done.stderr
    return run


@pytest.fixture
def versions(session, url):
    """The metadata of a secret's versions, oldest first."""
    def read(identifier):
        return session.get(f"{url}/api/v2/secrets/{identifier}/versions").json()["versions"]
    return read
