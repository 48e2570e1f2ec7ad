"""A client over UDP that sends messages to a gateway whose app echoes them."""
import base64
import os
import pathlib
import re
import select
import socket
import time

import clear
import frames as f
from handshake import ClientHandshake, Refused
from packets import Dropped, session_id_of
from wire import Broken

FIRST_RETRY_S, LAST_RETRY_S, REFUSE_BELIEVED_AFTER_S = 0.25, 2.0, 0.5
CLOSE_AGAIN = 3
DONE = 1
BROKE_THE_PROTOCOL = 12


def public_key_of(text):
    """A key as 64 hexadecimal digits or base64url, or the name of a file with it."""
    if os.path.exists(text):
        text = re.sub("-----.*?-----", "", pathlib.Path(text).read_text())
    text = "".join(text.split())
    if len(text) == 64:
        return bytes.fromhex(text)
    return base64.urlsafe_b64decode(text.replace("+", "-").replace("/", "_") + "==")[-32:]


class Client:
    """One socket, one session, and the time by which all has to be done."""

    def __init__(self, host, port, within):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect((host, port))
        self.socket.setblocking(False)
        self.deadline = time.monotonic() + within
        self.session, self.reset_token = None, None

    def receive(self, until):
        """A datagram, or None when none came until then."""
        if time.monotonic() > self.deadline:
            raise Refused("not done in time")
        wait = max(0.0, min(until, self.deadline) - time.monotonic())
        if select.select([self.socket], [], [], wait)[0]:
            try:
                return self.socket.recv(65536)
            except ConnectionRefusedError:
                return None
        return None

    def connect(self, gateway_public):
        handshake = ClientHandshake(gateway_public)
        retry, again_at, refused_at = FIRST_RETRY_S, 0.0, None
        while self.session is None:
            now = time.monotonic()
            if refused_at and now >= refused_at + REFUSE_BELIEVED_AFTER_S:
                raise Refused(str(handshake.refused))
            if now >= again_at:
                self.socket.send(handshake.init())
                again_at, retry = now + retry, min(retry * 2, LAST_RETRY_S)
            packet, cookies = self.receive(again_at), handshake.cookies
            if packet:
                self.session = handshake.on_packet(packet)
            if handshake.cookies > cookies:
                self.socket.send(handshake.init())
            refused_at = refused_at or (now if handshake.refused else None)
        self.reset_token = handshake.answer.reset_token

    def step(self):
        """Sends what may go, and takes what comes until something is due."""
        now = time.monotonic()
        for packet in self.session.transmit(now):
            self.socket.send(packet)
        packet = self.receive(self.session.next_timeout() or now + 1)
        while packet is not None:
            self.take(packet)
            packet = self.receive(0)

    def take(self, packet):
        try:
            if packet[:1] and packet[0] & 0x80:
                self.session.on_packet(packet, time.monotonic())
            elif clear.read_header(packet).kind == clear.RESET and self.is_ours(packet):
                raise Refused("RESET")
        except (Dropped, Broken) as bad:
            if isinstance(bad, Broken) and packet[0] & 0x80:
                self.socket.send(self.session.close(BROKE_THE_PROTOCOL, str(bad)))
                raise Refused(f"the gateway broke the protocol: {bad}") from bad
        if self.session.closed:
            raise Refused(f"{self.session.closed}")

    def is_ours(self, packet):
        return clear.read_reset(packet) == (self.session_id(), self.reset_token)

    def session_id(self):
        return session_id_of(self.session.sealer.header(4))

    def close(self):
        """CLOSE, and again when packets still come; what answers later has to be our RESET."""
        for _ in range(CLOSE_AGAIN):
            self.socket.send(self.session.close(DONE))
            if not self.receive(time.monotonic() + 3 * self.session.probe_timeout()):
                return


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
    client = Client(arguments.host, arguments.port, arguments.within)
    try:
        client.connect(public_key_of(arguments.key))
        sent = messages(arguments.count, arguments.size)
        echoed = exchange(client, sent)
        if echoed != sent:
            raise Refused("the echoes are not what was sent, in order")
        client.step()
        client.close()
    except Refused as refused:
        print(f"failed: {refused}")
        return 1
    print(f"handshake ok, {len(sent)} sent, {len(echoed)} echoed, closed")
    return 0
