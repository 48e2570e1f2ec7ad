"""Noise_NK_25519_AESGCM_SHA256 (Noise specification, revision 34), both roles."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NAME = b"Noise_NK_25519_AESGCM_SHA256"
KEY_BYTES = 32
TAG_BYTES = 16


class DoesNotOpen(Exception):
    """Bytes that were not sealed under the key that they were tried with."""


def public_key(private):
    key = X25519PrivateKey.from_private_bytes(private).public_key()
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def new_private_key():
    return os.urandom(KEY_BYTES)


def agree(private, public):
    """X25519; an all-zero result is an error."""
    try:
        key = X25519PrivateKey.from_private_bytes(private)
        return key.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        raise DoesNotOpen("X25519 gave zeros") from None


def hkdf2(chaining_key, material):
    """Noise's HKDF with two outputs."""
    temporary = hmac.digest(chaining_key, material, "sha256")
    first = hmac.digest(temporary, b"\x01", "sha256")
    return first, hmac.digest(temporary, first + b"\x02", "sha256")


class Cipher:
    """AES-256-GCM under one key; the nonce is four zero bytes and the number."""

    def __init__(self, key):
        self._gcm = AESGCM(key)

    def seal(self, number, associated, plain):
        return self._gcm.encrypt(bytes(4) + number.to_bytes(8, "big"), plain, associated)

    def open(self, number, associated, sealed):
        try:
            return self._gcm.decrypt(bytes(4) + number.to_bytes(8, "big"), sealed, associated)
        except InvalidTag:
            raise DoesNotOpen("the tag does not hold") from None


class _Handshake:
    """What both roles share: hash, chaining key and the cipher between two key agreements."""

    def __init__(self, prologue, gateway_public, ephemeral):
        self._hash = self._chaining_key = NAME + bytes(32 - len(NAME))
        self._cipher, self._number = None, 0
        self._ephemeral = ephemeral or new_private_key()
        self._mix_hash(prologue)
        self._mix_hash(gateway_public)

    def _mix_hash(self, data):
        self._hash = hashlib.sha256(self._hash + data).digest()

    def _mix_key(self, shared):
        self._chaining_key, key = hkdf2(self._chaining_key, shared)
        self._cipher, self._number = Cipher(key), 0

    def _write_ephemeral(self):
        public = public_key(self._ephemeral)
        self._mix_hash(public)
        return public

    def _seal(self, payload):
        sealed = self._cipher.seal(self._number, self._hash, payload)
        self._number += 1
        self._mix_hash(sealed)
        return sealed

    def _open(self, sealed):
        payload = self._cipher.open(self._number, self._hash, sealed)
        self._number += 1
        self._mix_hash(sealed)
        return payload

    def split(self):
        """The keys from client to gateway and from gateway to client."""
        return hkdf2(self._chaining_key, b"")

    def hash(self):
        return self._hash


class Initiator(_Handshake):
    """The client's side."""

    def __init__(self, prologue, gateway_public, ephemeral=None):
        super().__init__(prologue, gateway_public, ephemeral)
        self._gateway_public = gateway_public

    def write_message1(self, payload):
        e = self._write_ephemeral()
        self._mix_key(agree(self._ephemeral, self._gateway_public))
        return e + self._seal(payload)

    def read_message2(self, message):
        """The payload; when it does not open, nothing has changed and another may be tried."""
        before = dict(self.__dict__)
        try:
            e, sealed = message[:KEY_BYTES], message[KEY_BYTES:]
            self._mix_hash(e)
            self._mix_key(agree(self._ephemeral, e))
            return self._open(sealed)
        except DoesNotOpen:
            self.__dict__.update(before)
            raise


class Responder(_Handshake):
    """The gateway's side."""

    def __init__(self, prologue, gateway_private, ephemeral=None):
        super().__init__(prologue, public_key(gateway_private), ephemeral)
        self._static = gateway_private
        self._remote = None

    def read_message1(self, message):
        self._remote, sealed = message[:KEY_BYTES], message[KEY_BYTES:]
        self._mix_hash(self._remote)
        self._mix_key(agree(self._static, self._remote))
        return self._open(sealed)

    def write_message2(self, payload):
        e = self._write_ephemeral()
        self._mix_key(agree(self._ephemeral, self._remote))
        return e + self._seal(payload)
