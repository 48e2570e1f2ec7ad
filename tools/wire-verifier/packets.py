"""Sealed packets: header, packet numbers, replay window, both directions of a session's keys."""

from noise import TAG_BYTES, Cipher, DoesNotOpen
from wire import require, u

SEALED_BIT = 0x80
KEY_PHASE_AND_RESERVED = 0x7C
SESSION_ID_BYTES = 8
MIN_PACKET_BYTES = 36
WINDOW = 2048
MAX_NUMBER = 2**32 - 1


class Dropped(Exception):
    """A packet that changes nothing; says at which step."""


def number_bytes(number, largest_acknowledged):
    """How many bytes of a packet number are sent; -1 when nothing was acknowledged."""
    distance = number - largest_acknowledged
    return next((n for n in (1, 2, 3) if 2 * distance < 1 << (8 * n)), 4)


def expand(truncated, size, expected):
    """The whole number nearest to the expected one (RFC 9000, appendix A.3)."""
    window = 1 << (8 * size)
    candidate = (expected & ~(window - 1)) | truncated
    if candidate <= expected - window // 2 and candidate < 2**62 - window:
        return candidate + window
    if candidate > expected + window // 2 and candidate >= window:
        return candidate - window
    return candidate


class ReplayWindow:
    """The highest number that opened, and which of the 2047 below it did."""

    def __init__(self):
        self.highest, self._seen = -1, 0

    def refuses(self, number):
        below = self.highest - number
        return below >= WINDOW or (below >= 0 and self._seen >> below & 1 == 1)

    def record(self, number):
        if number > self.highest:
            self._seen = (self._seen << (number - self.highest) | 1) & ((1 << WINDOW) - 1)
            self.highest = number
        else:
            self._seen |= 1 << (self.highest - number)


class Sealer:
    """Seals what one end sends."""

    def __init__(self, key, session_id, number=0):
        self._cipher, self._session_id, self.next_number = Cipher(key), session_id, number

    def header(self, size):
        low = self.next_number & ((1 << (8 * size)) - 1)
        return u(1, SEALED_BIT | size - 1) + u(8, self._session_id) + u(size, low)

    def seal(self, frames, size):
        """A packet whose number takes this many bytes, padded to the shortest length."""
        require(self.next_number <= MAX_NUMBER, "the session's packet numbers are used up")
        header = self.header(size)
        frames = frames.ljust(MIN_PACKET_BYTES - len(header) - TAG_BYTES, b"\0")
        packet = header + self._cipher.seal(self.next_number, header, frames)
        self.next_number += 1
        return packet


class Opener:
    """Opens what the other end sent: steps 1 to 5."""

    def __init__(self, key, session_id, largest_packet=1200, stream=False):
        self._cipher, self._session_id = Cipher(key), session_id
        self._largest_packet, self._stream = largest_packet, stream
        self.window = ReplayWindow()

    def open(self, packet):
        """The packet number and the frames."""
        if not MIN_PACKET_BYTES <= len(packet) <= self._largest_packet:
            raise Dropped("step 1: size")
        flags = packet[0]
        if not flags & SEALED_BIT or flags & KEY_PHASE_AND_RESERVED:
            raise Dropped("step 2: reserved bits or key phase")
        if packet[1 : 1 + SESSION_ID_BYTES] != u(8, self._session_id):
            raise Dropped("step 3: another session")
        size = (flags & 3) + 1
        end = 1 + SESSION_ID_BYTES + size
        truncated = int.from_bytes(packet[end - size : end], "big")
        number = expand(truncated, size, self.window.highest + 1)
        if self.window.refuses(number):
            raise Dropped("step 4: below the replay window or seen")
        if self._stream and number != self.window.highest + 1:
            raise Dropped("step 4: not the next one of a stream")
        try:
            frames = self._cipher.open(number, packet[:end], packet[end:])
        except DoesNotOpen:
            raise Dropped("step 5: does not open") from None
        self.window.record(number)
        return number, frames
