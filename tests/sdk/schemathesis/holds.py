"""Whether an instance of its own holds what its document promises; see `run`."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from instance import Instance

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "ignored_auth",
]


def main() -> int:
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    instance = Instance(Path(os.environ.get("KEYTURN", target / "debug/keyturn")))
    try:
        there = instance.fill()
        instance.read(there["secrets"])
        print(f"{len(instance.document.checked)} operations answer as documented, with each type", flush=True)
        environment = {
            **os.environ,
            "KEYTURN_TOKEN": instance.token,
            "KEYTURN_THERE": json.dumps(there),
            "PYTHONPATH": str(HERE),
            "SCHEMATHESIS_HOOKS": "hooks",
        }
        command = [
            Path(sys.executable).with_name("schemathesis"),
            "--config-file", HERE / "schemathesis.toml",
            "run", f"{instance.url}/openapi.json",
            "--checks", ",".join(CHECKS),
            *sys.argv[1:],
        ]
        # what it remembers of one run shall not lead the next
        with tempfile.TemporaryDirectory() as folder:
            return subprocess.run(command, cwd=folder, env=environment).returncode
    finally:
        instance.close()


sys.exit(main())
