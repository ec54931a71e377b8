"""Writes src-tauri/api/tests/models.json: of each model that IBM's official client knows for an answer
about secrets, versions, locks, groups and configurations one object with every field.

The fields are those of the constructors of the model classes; no value stands twice in an object,
where the type allows that. Run it in the environment of tests/sdk/v2 after the client was updated.
"""

import enum
import inspect
import json
import pathlib
import typing
from datetime import datetime

from ibm_secrets_manager_sdk import secrets_manager_v2 as v2

PLACE = pathlib.Path(__file__).parents[3] / "src-tauri" / "api" / "tests" / "models.json"

# Answers by the classes that a discriminator chooses from, and those that stand alone.
FAMILIES = (v2.Secret, v2.SecretMetadata, v2.SecretVersion, v2.SecretVersionMetadata,
            v2.Configuration, v2.ConfigurationMetadata)
ALONE = (v2.SecretGroup, v2.SecretLock, v2.SecretLocks)

DISCRIMINATORS = ("secret_type", "config_type")

# Fields whose value must be one that exists; the rest is made up.
KNOWN = {
    "crypto_key.allow_generate_key": True,
    "description": "žluťoučký kůň",
    "key_algorithm": "RSA2048",
    "key_bits": 4096,
    "key_type": "rsa",
    "lets_encrypt_environment": "staging",
    "max_path_length": 3,
    "secret_version_alias": "previous",
    "signing_method": "internal",
    "state": 1,
    "state_description": "active",
    "status": "configured",
    "challenges.status": "pending",
    "length": 24,
    "ttl": "1800",
    "unit": "month",
    "version_alias": "current",
    "alias": "current",
}


def subclasses(base):
    """The classes that a discriminator of this one chooses from, by its values."""
    source = inspect.getsource(base._get_class_by_discriminator)
    pairs = (line.split("'") for line in source.splitlines() if "mapping['" in line)
    return {parts[1]: getattr(v2, parts[3]) for parts in pairs}


def concrete(model, owner):
    """The class that an object is of, where a field names a base class."""
    if model is v2.RotationPolicy:
        public = owner.__name__.startswith("PublicCertificate")
        return v2.PublicCertificateRotationPolicy if public else v2.CommonRotationPolicy
    if model is v2.PrivateCertificateCAData:
        signed = owner is v2.PrivateCertificateConfigurationRootCA
        return (v2.PrivateCertificateConfigurationCACertificate if signed
                else v2.PrivateCertificateConfigurationIntermediateCACSR)
    if model is v2.PrivateCertificateCryptoProvider:
        return v2.PrivateCertificateCryptoProviderHPCS
    return model


class Filler:
    """Makes the values of one object."""

    def __init__(self, discriminator):
        self.discriminator = discriminator
        self.number = 0

    def fill(self, model, within=""):
        hints = typing.get_type_hints(model.__init__, vars(v2))
        hints.pop("return", None)
        return {name: self.value(hint, name, within, model) for name, hint in hints.items()
                if name != "kwargs"}

    def value(self, hint, name, within, owner):
        self.number += 1
        if typing.get_origin(hint) is typing.Union:  # Optional
            hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        if typing.get_origin(hint) is list:
            (item,) = typing.get_args(hint)
            return [self.value(item, name, within, owner) for _ in range(2)]
        if name in DISCRIMINATORS and name in self.discriminator:
            return self.discriminator[name]
        known = KNOWN.get(f"{within}.{name}", KNOWN.get(name))
        if known is not None and isinstance(known, hint if isinstance(hint, type) else object):
            return known
        choices = getattr(owner, f"{name.title().replace('_', '')}Enum", None)
        if choices is not None and issubclass(choices, enum.Enum):
            return list(choices)[0].value
        return self.plain(hint, name, owner)

    def plain(self, hint, name, owner):
        number = self.number
        if hint is bool:
            return number % 2 == 0
        if hint is int:
            return 100 + number
        if hint is datetime:
            return f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}T10:{number % 60:02}:00Z"
        if hint is dict:
            return {"of": name, "number": number, "list": [True, None, 1.5, {"deep": "ž"}]}
        if hint is str:
            return f"{name} {number}"
        if not inspect.isclass(hint):
            raise TypeError(f"{owner.__name__}.{name}: {hint}")
        return self.fill(concrete(hint, owner), name)


def objects():
    """All objects by the names of their models. Each is one that its class reads and writes."""
    found = {}
    for base in FAMILIES:
        member = "config_type" if "Configuration" in base.__name__ else "secret_type"
        for value, model in subclasses(base).items():
            discriminator = {member: value}
            if member == "config_type":
                engine = next((kind for kind in ("public_cert", "private_cert", "iam_credentials")
                               if value.startswith(kind)), "custom_credentials")
                discriminator["secret_type"] = engine
            found[model.__name__] = Filler(discriminator).fill(model)
    for model in ALONE:
        found[model.__name__] = Filler({"secret_type": "kv"}).fill(model)
    for name, filled in found.items():
        again = getattr(v2, name).from_dict(filled).to_dict()
        assert again == filled, f"{name} is not what its class writes"
    return found


def text():
    """What the file holds."""
    return json.dumps(objects(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    PLACE.write_text(text(), encoding="utf-8")
