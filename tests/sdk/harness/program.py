"""The program's own command line, as the tests call it: every option of it stands here."""

import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("KEYTURN") or str(ROOT / "target/debug/keyturn")
PASSPHRASE = "correct horse battery staple of the sdk tests"
# What the clients read their address and key from; a test that wants one sets it itself.
OF_CLIENTS = ("SECRETS_MANAGER_URL", "SECRETS_MANAGER_APIKEY", "SECRETS_MANAGER_AUTH_URL",
              "SECRETS_MANAGER_AUTH_TYPE", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")


def environment(home, **more):
    """What the program sees: its data folder, and nothing that leads to another instance."""
    seen = {name: value for name, value in os.environ.items() if name not in OF_CLIENTS}
    return seen | {"KEYTURN_HOME": str(home), "NO_COLOR": "1"} | more


def passphrase_file(home):
    path = pathlib.Path(home) / "passphrase"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(PASSPHRASE)
    return str(path)


def run(home, *arguments, **more):
    """What a command printed; it fails loudly, for no test can go on without it."""
    done = subprocess.run([PROGRAM, *arguments], env=environment(home, **more), text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    assert done.returncode == 0, f"keyturn {arguments[:2]}: {done.returncode}\n{done.stderr}"
    return done.stdout


def create_vault(home):
    printed = run(home, "vault", "create", "--name", "SDK tests",
                  "--passphrase-file", passphrase_file(home))
    return json.loads(printed)["id"]


def create_key(home, name, role, groups=(), expires_at=None):
    """The answer of the command: `apikey` is the key itself, `id` names it."""
    options = [part for group in groups for part in ("--group", group)]
    options += ["--expires-at", expires_at] if expires_at else []
    return json.loads(run(home, "api-key", "create", "--name", name, "--role", role, *options,
                          "--passphrase-file", passphrase_file(home)))


def list_keys(home):
    return json.loads(run(home, "api-key", "list", "--output", "json",
                          "--passphrase-file", passphrase_file(home)))


def delete_key(home, identifier):
    run(home, "api-key", "delete", "--id", identifier, "--passphrase-file", passphrase_file(home))


def serve(home, port, log):
    """Begins to serve the vault of this home; the caller stops the process."""
    return subprocess.Popen(
        [PROGRAM, "serve", "--address", f"127.0.0.1:{port}",
         "--passphrase-file", passphrase_file(home)],
        env=environment(home), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
