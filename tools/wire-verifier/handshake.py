"""The handshake of both roles, in packets: the client's INIT and what answers it."""
import hmac
import os

import clear
import frames as f
from noise import DoesNotOpen, Initiator, Responder, public_key
from session import DATAGRAM, STREAM, Limits, Session
from wire import Broken


class Refused(Exception):
    """The outcome of a handshake that gave no session."""


class ClientHandshake:
    """Makes one INIT, and a session of the first RESPONSE that opens."""

    def __init__(self, gateway_public, stream=False, payload=None, ephemeral=None):
        self.key_id, self.stream = clear.key_id(gateway_public), stream
        largest = STREAM if stream else DATAGRAM
        self.payload = payload or clear.InitPayload(largest_packet=largest)
        self.header = clear.Header(clear.INIT, self.key_id)
        self.noise = Initiator(self.header.encode(), gateway_public, ephemeral)
        self.message1 = self.noise.write_message1(self.payload.encode())
        self.cookie, self.cookies = bytes(clear.COOKIE_BYTES), 0
        self.refused, self.unopened = None, 0

    def init(self):
        return clear.init(self.header, self.cookie, self.message1)

    def on_packet(self, packet):
        """A session; None when it is not there yet. A COOKIE counts `cookies` up: send INIT again."""
        try:
            header = clear.read_header(packet)
        except Broken:
            return None
        if (header.key_id, header.version) != (self.key_id, clear.VERSION):
            return None
        if header.kind == clear.COOKIE and self.cookies < 5:
            cookie, echo = clear.read_cookie(packet)
            if echo == self.message1[:8]:
                self.cookie, self.cookies = cookie, self.cookies + 1
        elif header.kind == clear.REFUSE:
            refuse = clear.read_refuse(packet)
            self.refused = refuse if refuse.echo == self.message1[:8] else self.refused
        elif header.kind == clear.RESPONSE:
            return self._on_response(packet[clear.HEADER_BYTES :])
        return None

    def _on_response(self, message2):
        try:
            answer = clear.read_response_payload(self.noise.read_message2(message2))
        except (DoesNotOpen, Broken):
            self.unopened += 1
            return None
        if isinstance(answer, clear.FullPayload):
            raise Refused(f"server full, retry after {answer.retry_after_ms} ms")
        self.answer = answer
        return Session(
            f.CLIENT, answer.session_id, self.noise.split(), limits(self.payload), limits(answer), self.stream)


def limits(payload):
    return Limits(payload.largest_packet, payload.credit, payload.largest_message)


class GatewayHandshake:
    """Answers INITs under one key; keeps the answers for INITs that come again."""

    def __init__(self, private, stream=False, asks_for_cookie=False):
        self.private, self.stream = private, stream
        self.key_id = clear.key_id(public_key(private))
        self.cookie = os.urandom(clear.COOKIE_BYTES) if asks_for_cookie else None
        self.answered, self.sessions, self.tokens = {}, {}, {}

    def on_init(self, packet):
        """The answer, or None."""
        try:
            header = clear.read_header(packet)
        except Broken:
            return None
        if header.kind != clear.INIT:
            return None
        cookie, message1 = clear.read_init(packet)
        if header.version != clear.VERSION or header.key_id != self.key_id:
            reason = 1 if header.version != clear.VERSION else 2
            echo = clear.Header(clear.REFUSE, header.key_id, header.version)
            return clear.Refuse(reason, clear.VERSION, clear.VERSION, message1[:8]).encode(echo)
        if message1 in self.answered:
            return self.answered[message1]
        if self.cookie and not hmac.compare_digest(cookie, self.cookie):
            return clear.cookie(self.key_id, self.cookie, message1[:8])
        return self._answer(header, message1)

    def _answer(self, header, message1):
        noise = Responder(header.encode(), self.private)
        try:
            payload = clear.InitPayload.decode(noise.read_message1(message1))
        except (DoesNotOpen, Broken):
            return None
        session_id = int.from_bytes(os.urandom(7), "big") + 1
        self.tokens[session_id] = os.urandom(16)
        largest = STREAM if self.stream else DATAGRAM
        answer = clear.ResponsePayload(
            session_id, self.tokens[session_id], largest_packet=largest, idle_timeout_ms=payload.idle_timeout_ms)
        message2 = noise.write_message2(answer.encode())
        self.sessions[session_id] = Session(
            f.GATEWAY, session_id, noise.split(), limits(answer), limits(payload), self.stream)
        response = clear.Header(clear.RESPONSE, self.key_id).encode() + message2
        self.answered[message1] = response
        return response
