"""Says what the library cryptography reads in each of its own test vectors: one JSON line per file.

Usage: describe_certificates.py FOLDER, the folder of the package cryptography_vectors.
"""

import json
import pathlib
import sys
import warnings

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

# Serial numbers that are negative and the like are read, with a warning.
warnings.simplefilter("ignore")

# The passwords of the vectors; they are tried in this order, and so does the other side.
PASSWORDS = [
    None, "cryptography", "password", "changeit", "foobar", "baz", "123456", "hunter42", "hunter2",
    "PolarSSLTest", "asdf", "test1234",
]

CERTIFICATES = ["x509/*.pem", "x509/*.der", "x509/custom/**/*.pem", "x509/custom/*.der",
                "x509/PKITS_data/certs/*.crt", "x509/ed25519/*.pem", "x509/ed448/*.pem",
                "x509/ocsp/*.pem", "pkcs12/ca/ca.pem"]
KEYS = ["asymmetric/PKCS8/*.pem", "asymmetric/PKCS8/*.der", "asymmetric/PEM_Serialization/*.pem",
        "asymmetric/DER_Serialization/*.der", "asymmetric/Traditional_OpenSSL_Serialization/*.pem",
        "x509/custom/ca/*.pem"]
STORES = ["pkcs12/*.p12", "x509/PKITS_data/pkcs12/*.p12"]


def described(certificate):
    serial = certificate.serial_number
    return {
        "der": certificate.public_bytes(serialization.Encoding.DER).hex(),
        "subject": certificate.subject.public_bytes().hex(),
        "serial": serial.to_bytes(serial.bit_length() // 8 + 1, "big", signed=True).hex(),
        "validity": [int(certificate.not_valid_before_utc.timestamp()),
                     int(certificate.not_valid_after_utc.timestamp())],
        "names": alternative_names(certificate),
    }


def alternative_names(certificate):
    """None without them, and no word if the extensions cannot be read."""
    try:
        return certificate.extensions.get_extension_for_class(
            x509.SubjectAlternativeName).value.public_bytes().hex()
    except x509.ExtensionNotFound:
        return None
    except Exception:  # whatever is wrong with an extension, the certificate was read
        return "unreadable"


def public_key(key):
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo).hex()


def certificates(data):
    if data.lstrip().startswith(b"0") and b"-----BEGIN" not in data:
        return {"certificates": [described(x509.load_der_x509_certificate(data))]}
    return {"certificates": [described(one) for one in x509.load_pem_x509_certificates(data)]}


def key(data, password):
    load = (serialization.load_pem_private_key if b"-----BEGIN" in data
            else serialization.load_der_private_key)
    return {"key": public_key(load(data, password))}


def store(data, password):
    found, certificate, others = pkcs12.load_key_and_certificates(data, password)
    read = ([certificate] if certificate else []) + others
    return {"key": public_key(found) if found else None,
            "certificates": [described(one) for one in read]}


def with_passwords(read, data):
    for password in PASSWORDS:
        try:
            return read(data, password and password.encode())
        except Exception as error:
            refused = error
    raise refused


def main():
    folder = pathlib.Path(sys.argv[1])
    for kind, patterns, read in [
        ("certificate", CERTIFICATES, certificates),
        ("key", KEYS, lambda data: with_passwords(key, data)),
        ("store", STORES, lambda data: with_passwords(store, data)),
    ]:
        for path in sorted({path for pattern in patterns for path in folder.glob(pattern)}):
            line = {"file": str(path.relative_to(folder)), "kind": kind}
            try:
                line.update(read(path.read_bytes()))
            except Exception as error:
                line["refused"] = f"{type(error).__name__}: {error}"
            print(json.dumps(line))


main()
