"""A real ACME server, pebble, and a DNS server that says what it is told, pebble-challtestsrv."""

import contextlib
import json
import os
import pathlib
import subprocess
import urllib.request

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

import certificates
from running import accepts, free_ports, stop


class Authority:
    """Where the two servers are."""

    def __init__(self, folder, acme_port, dns_management_port, root):
        self.directory_url = f"https://localhost:{acme_port}/dir"
        self.root_certificate = root
        self._dns = f"http://127.0.0.1:{dns_management_port}"
        self.folder = folder

    def publish(self, challenges):
        """Adds the TXT records that challenges ask for."""
        for one in challenges:
            self._manage("set-txt", host=one["txt_record_name"], value=one["txt_record_value"])

    def withdraw(self, challenges):
        for one in challenges:
            self._manage("clear-txt", host=one["txt_record_name"])

    def _manage(self, action, **body):
        asked = urllib.request.Request(f"{self._dns}/{action}", json.dumps(body).encode())
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=10).close()


@contextlib.contextmanager
def authority(folder):
    """Both servers; they end with the block."""
    folder = pathlib.Path(folder)
    root = _tls(folder)
    with contextlib.ExitStack() as ends:
        dns, dns_management = _started(ends, folder, "dns.log", lambda ports: [
            "pebble-challtestsrv", "-http01", "", "-https01", "", "-tlsalpn01", "",
            "-dns01", f"127.0.0.1:{ports[0]}", "-management", f"127.0.0.1:{ports[1]}"])
        acme, _ = _started(ends, folder, "pebble.log", lambda ports: [
            "pebble", "-config", _configuration(folder, ports), "-dnsserver", f"127.0.0.1:{dns}"])
        yield Authority(folder, acme, dns_management, root)


def _started(ends, folder, log, command):
    environment = os.environ | {"PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "10",
                                "PEBBLE_AUTHZREUSE": "0"}
    for _ in range(5):  # another program may be faster to take a port
        ports = free_ports(2)
        with (folder / log).open("wb") as output:
            process = subprocess.Popen(command(ports), cwd=folder, env=environment,
                                       stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        if accepts(process, ports):
            ends.callback(stop, process)
            return ports
    raise AssertionError((folder / log).read_text())


def _configuration(folder, ports):
    path = folder / "pebble.json"
    path.write_text(json.dumps({"pebble": {
        "listenAddress": f"127.0.0.1:{ports[0]}", "managementListenAddress": f"127.0.0.1:{ports[1]}",
        "certificate": str(folder / "tls.pem"), "privateKey": str(folder / "tls.key"),
        "httpPort": 5002, "tlsPort": 5001, "ocspResponderURL": "",
        "externalAccountBindingRequired": False}}))
    return str(path)


def _tls(folder):
    """Writes what pebble shows to its clients, and answers with the root they shall trust."""
    root, key = certificates.root(), ec.generate_private_key(ec.SECP256R1())
    made = certificates.issue("localhost", key, root, alt_names=["localhost"])
    (folder / "tls.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "tls.key").write_text(certificates.Made(made, key).key_pem)
    return root.pem
