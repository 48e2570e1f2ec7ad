"""The handshake of both roles, in packets: the client's INIT and what answers it."""

import hmac
import os

import clear
import frames as f
from noise import DoesNotOpen, Initiator, Responder, public_key
from packets import Dropped
from session import DATAGRAM, STREAM, Limits, Session
from wire import Broken, require

MAX_COOKIES = 5


class Refused(Exception):
    """The outcome of a handshake that gave no session."""


def limits(payload):
    return Limits(payload.largest_packet, payload.credit, payload.largest_message)


class ClientHandshake:
    """Makes one INIT, and a session of the first RESPONSE that opens."""

    def __init__(self, gateway_public, stream=False, payload=None, ephemeral=None):
        self.key_id, self.stream = clear.key_id(gateway_public), stream
        self.payload = payload or clear.InitPayload(largest_packet=STREAM if stream else DATAGRAM)
        self.header = clear.Header(clear.INIT, self.key_id)
        self.noise = Initiator(self.header.encode(), gateway_public, ephemeral)
        self.message1 = self.noise.write_message1(self.payload.encode())
        self.cookie, self.cookies = bytes(clear.COOKIE_BYTES), 0
        self.answer = self.refused = None

    def init(self):
        return clear.init(self.header, self.cookie, self.message1)

    def on_packet(self, packet):
        """The session; None while there is none. When `cookies` grew, INIT is to be sent again."""
        try:
            return self.read(packet)
        except (Dropped, DoesNotOpen):
            return None

    def read(self, packet):
        """As `on_packet`, and raises Dropped or DoesNotOpen for what changes nothing."""
        try:
            header = clear.read_header(packet)
            require(
                (header.key_id, header.version) == (self.key_id, clear.VERSION),
                "another key or version",
            )
            if header.kind == clear.COOKIE:
                return self._on_cookie(packet)
            if header.kind == clear.REFUSE:
                return self._on_refuse(clear.read_refuse(packet))
            require(header.kind == clear.RESPONSE, f"clear packet {header.kind}")
        except Broken as broken:
            raise Dropped(f"{broken}") from None
        return self._on_response(packet[clear.HEADER_BYTES :])

    def _on_cookie(self, packet):
        cookie, echo = clear.read_cookie(packet)
        require(echo == self.message1[:8], "another echo")
        require(self.cookies < MAX_COOKIES, "too many cookies")
        self.cookie, self.cookies = cookie, self.cookies + 1

    def _on_refuse(self, refuse):
        require(refuse.echo == self.message1[:8], "another echo")
        self.refused = refuse

    def _on_response(self, message2):
        try:
            answer = clear.read_response_payload(self.noise.read_message2(message2))
        except Broken as broken:
            raise DoesNotOpen(f"{broken}") from None
        if isinstance(answer, clear.FullPayload):
            raise Refused(f"server full, retry after {answer.retry_after_ms} ms")
        self.answer = answer
        keys, theirs = self.noise.split(), limits(answer)
        return Session(f.CLIENT, answer.session_id, keys, limits(self.payload), theirs, self.stream)


class GatewayHandshake:
    """Answers INITs under its keys; keeps the answers for INITs that come again."""

    def __init__(self, *privates, stream=False, asks_for_cookie=False):
        self.privates = {clear.key_id(public_key(private)): private for private in privates}
        self.stream = stream
        self.cookie = os.urandom(clear.COOKIE_BYTES) if asks_for_cookie else None
        self.answered, self.sessions = {}, {}

    def on_init(self, packet):
        """The answer, or None."""
        try:
            return self.read(packet)
        except (Dropped, DoesNotOpen):
            return None

    def read(self, packet):
        """As `on_init`, and raises Dropped or DoesNotOpen for what has no answer."""
        try:
            header = clear.read_header(packet)
            require(header.kind == clear.INIT, f"clear packet {header.kind}")
        except Broken as broken:
            raise Dropped(f"{broken}") from None
        cookie, message1 = clear.read_init(packet)
        if header.version != clear.VERSION:
            return self._refuse(clear.WRONG_VERSION, header, message1)
        if header.key_id not in self.privates:
            return self._refuse(clear.WRONG_KEY, header, message1)
        if message1 in self.answered:
            return self.answered[message1]
        if self.cookie and not hmac.compare_digest(cookie, self.cookie):
            return clear.cookie(header.key_id, self.cookie, message1[:8])
        return self._accept(header, message1)

    def _refuse(self, reason, header, message1):
        refuse = clear.Refuse(reason, clear.VERSION, clear.VERSION, message1[:8])
        return refuse.encode(clear.Header(clear.REFUSE, header.key_id, header.version))

    def _accept(self, header, message1):
        noise, payload = self.open(header, message1)
        session_id, token = int.from_bytes(os.urandom(7), "big") + 1, os.urandom(16)
        largest = STREAM if self.stream else DATAGRAM
        answer = clear.ResponsePayload(session_id, token, 0, largest, payload.idle_timeout_ms)
        response = respond(noise, header, answer)
        mine, theirs = limits(answer), limits(payload)
        session = Session(f.GATEWAY, session_id, noise.split(), mine, theirs, self.stream)
        self.sessions[session_id], self.answered[message1] = session, response
        return response

    def open(self, header, message1, ephemeral=None):
        """The Noise state and the payload of an INIT."""
        noise = Responder(header.encode(), self.privates[header.key_id], ephemeral)
        try:
            return noise, clear.InitPayload.decode(noise.read_message1(message1))
        except Broken as broken:
            raise DoesNotOpen(f"{broken}") from None


def respond(noise, header, answer):
    return clear.Header(clear.RESPONSE, header.key_id).encode() + noise.write_message2(
        answer.encode()
    )
