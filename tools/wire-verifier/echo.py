"""A client over UDP or TCP that sends messages to a gateway whose app echoes them."""

import base64
import hmac
import os
import pathlib
import select
import socket
import time

import clear
import frames as f
from handshake import ClientHandshake, Refused
from packets import Dropped
from wire import Broken, u

FIRST_RETRY_S, LAST_RETRY_S, REFUSE_BELIEVED_AFTER_S = 0.25, 2.0, 0.5
CLOSE_AGAIN = 3
DONE = 1
BROKE_THE_PROTOCOL = 12


def public_key_of(text):
    """A key as base64url without padding, or the name of a file with it."""
    if os.path.exists(text):
        text = pathlib.Path(text).read_text()
    return base64.urlsafe_b64decode(text.strip() + "=")


class EndOfStream(Refused):
    """The gateway closed the stream."""


class Datagrams:
    """UDP: a packet is a datagram."""

    stream = False

    def __init__(self, host, port):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect((host, port))

    def send(self, packet):
        self.socket.send(packet)

    def receive(self, wait):
        """A packet, or None when none came in so many seconds."""
        if not select.select([self.socket], [], [], wait)[0]:
            return None
        try:
            return self.socket.recv(65536)
        except ConnectionRefusedError:
            return None


class Framed:
    """TCP: a packet stands behind its length."""

    stream = True

    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def send(self, packet):
        self.socket.sendall(u(2, len(packet)) + packet)

    def receive(self, wait):
        end = time.monotonic() + wait
        while len(self.buffer) < 2 or len(self.buffer) < 2 + int.from_bytes(self.buffer[:2], "big"):
            if not select.select([self.socket], [], [], max(0.0, end - time.monotonic()))[0]:
                return None
            read = self.socket.recv(65536)
            if not read:
                raise EndOfStream("the gateway closed the stream")
            self.buffer += read
        size = 2 + int.from_bytes(self.buffer[:2], "big")
        packet, self.buffer = self.buffer[2:size], self.buffer[size:]
        return packet


class Client:
    """One session on a carrier, and the time by which all has to be done."""

    def __init__(self, carrier, within):
        self.carrier = carrier
        self.deadline = time.monotonic() + within
        self.session, self.reset = None, None

    def receive(self, until):
        """A packet, or None when none came until then."""
        if time.monotonic() > self.deadline:
            raise Refused("not done in time")
        return self.carrier.receive(max(0.0, min(until, self.deadline) - time.monotonic()))

    def connect(self, gateway_public):
        handshake = ClientHandshake(gateway_public, self.carrier.stream)
        retry, again_at, refused_at = FIRST_RETRY_S, 0.0, self.deadline
        while self.session is None:
            now = time.monotonic()
            if now >= refused_at + REFUSE_BELIEVED_AFTER_S:
                raise Refused(str(handshake.refused))
            if now >= again_at:
                self.carrier.send(handshake.init())
                again_at = self.deadline if self.carrier.stream else now + retry
                retry = min(retry * 2, LAST_RETRY_S)
            cookies = handshake.cookies
            packet = self.receive(min(again_at, refused_at + REFUSE_BELIEVED_AFTER_S))
            if packet:
                self.session = handshake.on_packet(packet)
            if handshake.cookies > cookies:
                self.carrier.send(handshake.init())
            if handshake.refused and refused_at == self.deadline:
                refused_at = now
        self.reset = clear.reset(handshake.answer.session_id, handshake.answer.reset_token)

    def flush(self):
        for packet in self.session.transmit(time.monotonic()):
            self.carrier.send(packet)

    def step(self):
        """Sends what may go, and takes what comes until something is due."""
        self.flush()
        packet = self.receive(self.session.next_timeout() or time.monotonic() + 1)
        while packet is not None:
            self.take(packet)
            packet = self.receive(0)

    def take(self, packet):
        if hmac.compare_digest(packet, self.reset) and not self.carrier.stream:
            raise Refused("RESET")
        try:
            self.session.on_packet(packet, time.monotonic())
        except Dropped as dropped:
            if self.carrier.stream:
                raise Refused(f"{dropped}, on a stream") from dropped
        except Broken as broken:
            self.carrier.send(self.session.close(BROKE_THE_PROTOCOL, str(broken)))
            raise Refused(f"the gateway broke the protocol: {broken}") from broken
        if self.session.closed:
            raise Refused(f"{self.session.closed}")

    def close(self):
        """CLOSE, and again when packets still come; on a stream the gateway closes that at once."""
        for _ in range(1 if self.carrier.stream else CLOSE_AGAIN):
            self.carrier.send(self.session.close(DONE))
            if not self.carrier.stream and not self.receive(self.closed_for_sure_at()):
                return
        if self.carrier.stream:
            self.await_end_of_stream()

    def closed_for_sure_at(self):
        return time.monotonic() + 3 * self.session.probe_timeout()

    def await_end_of_stream(self):
        try:
            while self.receive(self.deadline):
                pass
        except EndOfStream:
            return
        raise Refused("the gateway left the stream open behind CLOSE")


def messages(count, size):
    """Each begins with its number, and differs from all others."""
    return [(b"%08d" % n + os.urandom(size))[:size] for n in range(count)]


def exchange(client, sent):
    """Sends all, and returns the echoes once all of it is acknowledged as handled."""
    session, echoed = client.session, []
    for message in sent:
        session.send(0, f.ORDERED, message)
    while len(echoed) < len(sent) or session.delivered.get(0, 0) < len(sent):
        client.step()
        echoed += [data for _, _, data in session.inbox]
        session.inbox.clear()
    return echoed


def run(arguments):
    carrier = (Framed if arguments.tcp else Datagrams)(arguments.host, arguments.port)
    client = Client(carrier, arguments.within)
    try:
        client.connect(public_key_of(arguments.key))
        sent = messages(arguments.count, arguments.size)
        echoed = exchange(client, sent)
        if echoed != sent:
            raise Refused("the echoes are not what was sent, in order")
        client.flush()
        client.close()
    except Refused as refused:
        print(f"failed: {refused}")
        return 1
    print(f"handshake ok, {len(sent)} sent, {len(echoed)} echoed, closed")
    return 0
