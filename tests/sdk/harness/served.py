"""Runs a command against a fresh vault that `keyturn serve` answers for.

Usage: served.py COMMAND… The command finds in its environment where the server is (KEYTURN_URL),
the vault's folder (KEYTURN_HOME) and the keys (KEYTURN_KEYS, JSON: name → {apikey, id}). The exit
status is the command's; afterwards neither a process nor a file is left.
"""

import datetime
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

import program
from running import accepts, free_ports, stop

ROLES = {"manager": "Manager", "writer": "Writer", "secrets_reader": "SecretsReader",
         "reader": "Reader", "revoked": "Manager"}
# The key that has expired when the tests come to it.
SHORT_LIVED = datetime.timedelta(seconds=4)


def main(command):
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(prefix="keyturn-sdk-") as home:
        os.chmod(home, 0o700)
        program.create_vault(home)
        keys = {name: program.create_key(home, name, role) for name, role in ROLES.items()}
        log = pathlib.Path(home) / "serve.log"
        with log.open("wb") as output:
            server, url = started(home, output)
        try:
            ends = datetime.datetime.now(datetime.timezone.utc) + SHORT_LIVED
            keys["expired"] = program.create_key(home, "expired", "Manager",
                                                 expires_at=ends.strftime("%Y-%m-%dT%H:%M:%SZ"))
            status = subprocess.run(command, env=os.environ | {
                "KEYTURN_URL": url, "KEYTURN_HOME": home, "KEYTURN_KEYS": json.dumps(keys),
                "KEYTURN_EXPIRED_AT": str(ends.timestamp())}).returncode
        finally:
            alive = server.poll() is None
            graceful = stop(server)
        if not (alive and graceful):
            print("the server ended by itself, or not when it was asked to:", file=sys.stderr)
            print(log.read_text(errors="replace"), file=sys.stderr)
            status = status or 1
        return status


def started(home, log):
    for _ in range(5):  # another program may be faster to take the port
        [port] = free_ports(1)
        server = program.serve(home, port, log)
        if accepts(server, [port]):
            return server, f"http://127.0.0.1:{port}"
    sys.exit("keyturn serve does not start:\n" + pathlib.Path(log.name).read_text())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
