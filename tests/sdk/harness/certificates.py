"""Certificates and keys for the tests, made with the library cryptography."""

import dataclasses
import datetime
import functools

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)


@dataclasses.dataclass
class Made:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def key_pem(self):
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption()).decode()

    @property
    def serial(self):
        """As the wire has it: pairs of lower-case hexadecimal digits with colons."""
        text = f"{self.certificate.serial_number:x}"
        text = text.zfill(len(text) + len(text) % 2)
        return ":".join(text[at:at + 2] for at in range(0, len(text), 2))


def named(common_name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def issue(common_name, key, issuer=None, authority=False, days=90, alt_names=(), began=1):
    """Signs a certificate for a public key; without an issuer it signs itself."""
    public = key.public_key() if hasattr(key, "public_key") else key
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    builder = (x509.CertificateBuilder()
               .subject_name(named(common_name))
               .issuer_name(issuer.certificate.subject if issuer else named(common_name))
               .public_key(public)
               .serial_number(x509.random_serial_number())
               .not_valid_before(now - began * DAY).not_valid_after(now + days * DAY)
               .add_extension(x509.BasicConstraints(authority, None), critical=True)
               .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False))
    if alt_names:
        names = x509.SubjectAlternativeName([x509.DNSName(name) for name in alt_names])
        builder = builder.add_extension(names, critical=False)
    if issuer:
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
        builder = builder.add_extension(identifier, critical=False)
    if authority:
        usage = x509.KeyUsage(key_cert_sign=True, crl_sign=True, digital_signature=True,
                              content_commitment=False, key_encipherment=False,
                              data_encipherment=False, key_agreement=False,
                              encipher_only=False, decipher_only=False)
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())


@functools.cache
def root():
    key = ec.generate_private_key(ec.SECP256R1())
    return Made(issue("SDK tests root", key, authority=True, days=3650), key)


@functools.cache
def intermediate():
    key = ec.generate_private_key(ec.SECP256R1())
    return Made(issue("SDK tests intermediate", key, root(), authority=True, days=1800), key)


def leaf(common_name="www.example.test", alt_names=None, **options):
    key = ec.generate_private_key(ec.SECP256R1())
    names = [common_name] if alt_names is None else alt_names
    return Made(issue(common_name, key, intermediate(), alt_names=names, **options), key)


def request(common_name="www.example.test", key=None):
    """A signing request, PEM, and its key."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    made = x509.CertificateSigningRequestBuilder().subject_name(named(common_name)).sign(
        key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM).decode(), key


def sign_request(pem, **options):
    """Signs what somebody else asks for, as a certificate authority elsewhere would."""
    asked = x509.load_pem_x509_csr(pem.encode())
    assert asked.is_signature_valid
    name = asked.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    issuer = options.pop("issuer", None) or intermediate()
    made = issue(name, asked.public_key(), issuer, **options)
    return made.public_bytes(serialization.Encoding.PEM).decode()


def requested_key(pem):
    """The public key of a signing request."""
    return x509.load_pem_x509_csr(pem.encode()).public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def read(pem):
    return x509.load_pem_x509_certificate(pem.encode())


def read_chain(pem):
    return x509.load_pem_x509_certificates(pem.encode())


def fits(key_pem, certificate_pem):
    """Whether a private key belongs to a certificate."""
    key = serialization.load_pem_private_key(key_pem.encode(), None)
    spki = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return (key.public_key().public_bytes(*spki)
            == read(certificate_pem).public_key().public_bytes(*spki))
