"""Writes format-1.txt: format 1 of a vault, by a second implementation.

Nothing of it is ours but the layout: pycryptodome, argon2-cffi, cbor2 and Python's hashlib do the
work (`pip install pycryptodome argon2-cffi cbor2`). Keys and nonces are fixed, so the output is
always the same; it was written once and is never written again.
"""
import base64
import hashlib
import hmac
from struct import pack

import cbor2
from argon2.low_level import Type, hash_secret_raw
from Crypto.Cipher import ChaCha20_Poly1305

VAULT, VMK = bytes(range(0xA0, 0xB0)), bytes(range(0x20, 0x40))
DEKS = {1: bytes(range(0x40, 0x60)), 2: bytes(range(0x60, 0x80))}
KEYRING, RECOVERY = bytes(range(0x80, 0xA0)), bytes(range(0xC0, 0xE0))
PASSPHRASE = "correct horse ☃".encode()
OBJECT = bytes(range(0xF0, 0x100))


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def hkdf(ikm, salt, info, length):
    prk, out, block = mac(salt or bytes(32), ikm), b"", b""
    for i in range(1, length // 32 + 1):
        block = mac(prk, block + info + bytes([i]))
        out += block
    return out


def aad(kind, object_, field, version, epoch):
    fields = (b"keyturn1", b"\1", pack(">H", 1), VAULT, bytes([kind]), object_,
              pack(">H", field), pack(">Q", version), pack(">I", epoch))
    return b"".join(bytes([len(f)]) + f for f in fields)


def seal(key, nonce, associated, epoch, plaintext):
    nonce = bytes([nonce]) * 24
    cipher = ChaCha20_Poly1305.new(key=key, nonce=nonce)
    cipher.update(associated)
    padded = plaintext.ljust(60, b"\0") + pack(">I", len(plaintext))
    sealed, tag = cipher.encrypt_and_digest(padded)
    return b"K\1" + pack(">I", epoch) + nonce + sealed + tag


def subkey(label):
    return hkdf(VMK, b"", b"keyturn1/" + label + VAULT, 32)


def slot(number, kind, keys, salt, confirmed):
    id_ = bytes([0xE0 + number]) * 16
    wrapped = seal(keys[:32], number, aad(8, id_, kind[0], 0, 0), 0, VMK)
    return {0: id_, 1: kind, 2: 1_700_000_000 + number, 3: confirmed, 4: salt, 5: keys[32:],
            6: wrapped}


def of_random(secret, label, salt):
    return hkdf(secret, salt, b"keyturn1/slot/" + label + VAULT, 64)


def times(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a, b = a << 1, b >> 1
        if a >> 20:
            a ^= 1 << 20 | 1 << 3 | 1
    return product


def power(a, n):
    result = 1
    for bit in bin(n)[2:]:
        result = times(result, result)
        if bit == "1":
            result = times(result, a)
    return result


def code(secret):
    bits = int.from_bytes(secret, "big") << 4
    groups = [bits >> 20 * (12 - i) & 0xFFFFF for i in range(13)]
    plain = weighted = 0
    for i, group in enumerate(groups):
        plain ^= group
        weighted ^= times(group, power(2, i))
    last = times(weighted ^ times(plain, power(2, 13)),
                 power(power(2, 13) ^ power(2, 14), (1 << 20) - 2))
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "-".join("".join(letters[group >> at & 31] for at in (15, 10, 5, 0))
                    for group in groups + [plain ^ last, last])


def parts(*items):
    return b"".join(pack(">Q", len(item)) + item for item in items)


salts = [bytes([16 * i + 1]) * 16 for i in range(1, 4)]
stretched = hash_secret_raw(PASSPHRASE, salts[1], 3, 65536, 1, 64, Type.ID, 19)
header = b"keyturn" + pack(">HH", 1, 1) + cbor2.dumps({
    0: 1, 1: VAULT, 2: 1_700_000_000, 3: 2, 4: [
        slot(1, [1, []], of_random(KEYRING, b"keyring", salts[0]), salts[0], True),
        slot(2, [2, [{0: 65536, 1: 3, 2: 1}]], stretched, salts[1], True),
        slot(3, [3, []], of_random(RECOVERY, b"recovery", salts[2]), salts[2], False),
    ]})
values = {"header": header}
for e, dek in DEKS.items():
    values[f"dek_{e}"] = seal(subkey(b"wrap"), 0x10 + e, aad(7, VAULT, 0, e, e), e, dek)
    values[f"record_{e}"] = seal(dek, 0x20 + e, aad(2, OBJECT, 1, 7 * e, e), e,
                                 b"value of epoch %d" % e)
values["header_mac"] = mac(subkey(b"hdr"), parts(header, pack(">Q", 41), bytes([9]) * 32))
values["audit_mac"] = mac(subkey(b"aud"), bytes([5]) * 32 + b"entry")
values["token_mac"] = mac(subkey(b"tok"), b"token")
values["token_signature"] = mac(subkey(b"jwt"), b"header.claims")
values["index_mac"] = mac(subkey(b"idx"), parts(b"row", b""))
values["export_mac"] = mac(subkey(b"exp"), parts(b"row", b""))

print("recovery_code", code(RECOVERY))
print("keyring_entry", base64.b64encode(KEYRING).decode())
for name, value in values.items():
    print(name, value.hex())
