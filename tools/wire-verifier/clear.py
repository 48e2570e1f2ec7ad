"""The five clear packets, and the payloads of INIT and RESPONSE."""

import hashlib
from dataclasses import dataclass

from noise import KEY_BYTES, TAG_BYTES
from wire import Reader, require, u

MAGIC = b"SLGP"
VERSION = 1
INIT, RESPONSE, COOKIE, REFUSE, RESET = 1, 2, 3, 4, 5
SIZES = {INIT: (1200,), RESPONSE: (103, 65), COOKIE: (52,), REFUSE: (23,), RESET: (36,)}
HEADER_BYTES = 12
COOKIE_BYTES = 32
NOISE_AT = HEADER_BYTES + COOKIE_BYTES
INIT_PAYLOAD_BYTES = SIZES[INIT][0] - NOISE_AT - KEY_BYTES - TAG_BYTES
ACCEPTED, FULL = 0, 1
WRONG_VERSION, WRONG_KEY = 1, 2
LARGEST_MESSAGE = 16 << 20


def key_id(gateway_public):
    return int.from_bytes(hashlib.sha256(gateway_public).digest()[:4], "big")


@dataclass(frozen=True)
class Header:
    kind: int
    key_id: int
    version: int = VERSION
    reserved: int = 0

    def encode(self):
        return (
            MAGIC + u(1, self.kind) + u(1, self.version) + u(2, self.reserved) + u(4, self.key_id)
        )


def read_header(packet):
    """The header of a clear packet that has the size of its kind."""
    reader = Reader(packet)
    require(reader.bytes(4) == MAGIC, "no magic")
    kind, version, reserved, key = reader.u(1), reader.u(1), reader.u(2), reader.u(4)
    require(kind in SIZES, f"unknown clear packet {kind}")
    require(len(packet) in SIZES[kind], f"{len(packet)} bytes in clear packet {kind}")
    require(kind != INIT or reserved == 0, "INIT with reserved bits")
    return Header(kind, key, version, reserved)


@dataclass(frozen=True)
class InitPayload:
    features: int = 0
    largest_packet: int = 1200
    idle_timeout_ms: int = 30_000
    credit: int = 1 << 20
    largest_message: int = 256 << 10
    lowest_version: int = VERSION
    highest_version: int = VERSION

    def encode(self):
        fields = u(1, self.lowest_version) + u(1, self.highest_version) + u(4, self.features)
        fields += u(2, self.largest_packet) + u(4, self.idle_timeout_ms)
        fields += u(4, self.credit) + u(4, self.largest_message)
        return fields.ljust(INIT_PAYLOAD_BYTES, b"\0")

    @staticmethod
    def decode(payload):
        r = Reader(payload)
        lowest, highest, features = r.u(1), r.u(1), r.u(4)
        packet, idle, credit, message = r.u(2), r.u(4), r.u(4), r.u(4)
        require(lowest <= VERSION <= highest, "versions out of range")
        require(1200 <= packet <= 16384, "largest packet out of range")
        require(1000 <= idle <= 600_000, "idle timeout out of range")
        require(1 <= message <= LARGEST_MESSAGE, "largest message out of range")
        return InitPayload(features, packet, idle, credit, message, lowest, highest)


@dataclass(frozen=True)
class ResponsePayload:
    session_id: int
    reset_token: bytes
    features: int = 0
    largest_packet: int = 1200
    idle_timeout_ms: int = 30_000
    credit: int = 1 << 20
    largest_message: int = 256 << 10

    def encode(self):
        fields = u(1, ACCEPTED) + u(8, self.session_id) + self.reset_token + u(4, self.features)
        fields += u(2, self.largest_packet) + u(4, self.idle_timeout_ms)
        return fields + u(4, self.credit) + u(4, self.largest_message)


@dataclass(frozen=True)
class FullPayload:
    retry_after_ms: int

    def encode(self):
        return u(1, FULL) + u(4, self.retry_after_ms)


def read_response_payload(payload):
    r = Reader(payload)
    status = r.u(1)
    require(status in (ACCEPTED, FULL), f"status {status}")
    if status == FULL:
        answer = FullPayload(r.u(4))
    else:
        answer = ResponsePayload(r.u(8), r.bytes(16), r.u(4), r.u(2), r.u(4), r.u(4), r.u(4))
        require(answer.session_id != 0, "session id 0")
        require(1200 <= answer.largest_packet <= 16384, "largest packet out of range")
        require(1 <= answer.largest_message <= LARGEST_MESSAGE, "largest message out of range")
    require(r.left() == 0, "bytes behind the payload")
    return answer


def init(header, cookie, noise_message):
    return header.encode() + cookie + noise_message


def read_init(packet):
    """Cookie and Noise message 1."""
    return packet[HEADER_BYTES:NOISE_AT], packet[NOISE_AT:]


def cookie(key, value, echo):
    return Header(COOKIE, key).encode() + value + echo


def read_cookie(packet):
    """The cookie, and the first bytes of the INIT's e."""
    r = Reader(packet[HEADER_BYTES:])
    return r.bytes(COOKIE_BYTES), r.bytes(8)


@dataclass(frozen=True)
class Refuse:
    reason: int
    lowest_version: int
    highest_version: int
    echo: bytes

    def encode(self, header):
        fields = u(1, self.reason) + u(1, self.lowest_version) + u(1, self.highest_version)
        return header.encode() + fields + self.echo


def read_refuse(packet):
    r = Reader(packet[HEADER_BYTES:])
    refuse = Refuse(r.u(1), r.u(1), r.u(1), r.bytes(8))
    require(refuse.reason in (WRONG_VERSION, WRONG_KEY), f"reason {refuse.reason}")
    return refuse


def reset(session_id, token):
    return Header(RESET, 0).encode() + u(8, session_id) + token


def read_reset(packet):
    """Session id and token."""
    r = Reader(packet[HEADER_BYTES:])
    return r.u(8), r.bytes(16)
