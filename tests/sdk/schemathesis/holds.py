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
        report = attack(instance, there)
    finally:
        instance.close()
    operations, found = report["operations"], report["test_cases"]["unique_failures"] + report["test_cases"]["errored"]
    failed = max(found, operations["errored"], int(not report["complete"]), int(operations["tested"] == 0))
    print(f"{operations['tested'] - min(failed, operations['tested'])} passed, {failed} failed")
    return int(failed > 0)


def attack(instance: Instance, there: dict) -> dict:
    """What schemathesis reports."""
    environment = {
        **os.environ,
        "KEYTURN_TOKEN": instance.token,
        "KEYTURN_THERE": json.dumps(there),
        "PYTHONPATH": str(HERE),
        "SCHEMATHESIS_HOOKS": "hooks",
    }
    # what it remembers of one run shall not lead the next
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            Path(sys.executable).with_name("schemathesis"),
            "--config-file", HERE / "schemathesis.toml",
            "run", f"{instance.url}/openapi.json",
            "--checks", ",".join(CHECKS),
            "--report", "json", "--report-json-path", report,
            *sys.argv[1:],
        ]
        subprocess.run(command, cwd=folder, env=environment)
        return json.loads(report.read_text())


sys.exit(main())
