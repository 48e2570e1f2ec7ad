"""All frames: each a record that encodes itself, and one decoder that applies the rules."""

from dataclasses import dataclass

from wire import MAX_VARINT, Reader, require, text, u, varint

ORDERED, RELIABLE, SEQUENCED, UNRELIABLE = range(4)
CLIENT, GATEWAY = "client", "gateway"
MAX_ACK_RANGES = 32
MAX_POSITION_RANGES = 64
MAX_CHANNELS = 256
MAX_TOKEN = 4096
MAX_TICKET = 700
MAX_GATEWAYS = 4
MAX_GATEWAY_TEXT = 64
MAX_REASON = 256


@dataclass(frozen=True)
class Positions:
    """All numbers up to and with one, and ranges (first, last) above it, upwards."""

    up_to: int = 0
    ranges: tuple = ()

    def encode(self):
        encoded, end = varint(self.up_to) + varint(len(self.ranges)), self.up_to
        for first, last in self.ranges:
            encoded += varint(first - end - 1) + varint(last - first + 1)
            end = last
        return encoded

    @staticmethod
    def decode(r):
        end = up_to = r.varint()
        ranges = []
        for _ in range(r.varint_to(MAX_POSITION_RANGES, "ranges of positions")):
            gap, length = r.varint(), r.varint()
            require(gap >= 1 and length >= 1, "an empty gap or range of positions")
            ranges.append((end + gap + 1, end + gap + length))
            end += gap + length
            require(end <= MAX_VARINT, "positions above 2^62 - 1")
        return Positions(up_to, tuple(ranges))


@dataclass(frozen=True)
class Padding:
    count: int = 1
    eliciting = False

    def encode(self):
        return bytes(self.count)


@dataclass(frozen=True)
class Ping:
    eliciting = True

    def encode(self):
        return b"\x01"


@dataclass(frozen=True)
class Ack:
    """Acknowledged packet numbers as ranges (first, last), downwards."""

    ranges: tuple
    delay_us: int = 0
    eliciting = False

    def encode(self):
        smallest, largest = self.ranges[0]
        encoded = b"\x02" + varint(largest) + varint(self.delay_us)
        encoded += varint(len(self.ranges) - 1) + varint(largest - smallest)
        for first, last in self.ranges[1:]:
            encoded += varint(smallest - last - 2) + varint(last - first)
            smallest = first
        return encoded

    @staticmethod
    def decode(r):
        largest, delay = r.varint(), r.varint()
        more = r.varint_to(MAX_ACK_RANGES, "ranges of an ACK")
        smallest = largest - r.varint()
        ranges = [(smallest, largest)]
        for _ in range(more):
            last = smallest - r.varint() - 2
            smallest = last - r.varint()
            ranges.append((smallest, last))
        require(smallest >= 0, "an ACK below packet number 0")
        return Ack(tuple(ranges), delay)


@dataclass(frozen=True)
class DeliveryAck:
    channel: int
    handled: Positions
    eliciting = True

    def encode(self):
        return b"\x03" + u(1, self.channel) + self.handled.encode()


@dataclass(frozen=True)
class AttachedChannel:
    channel: int
    mode: int
    first_kept: int
    next: int
    received: Positions = Positions()
    handled: Positions = Positions()

    def encode(self):
        encoded = u(1, self.channel) + u(1, self.mode) + varint(self.first_kept) + varint(self.next)
        return encoded + self.received.encode() + self.handled.encode()

    @staticmethod
    def decode(r):
        channel, mode, first_kept, following = r.u(1), r.u(1), r.varint(), r.varint()
        require(mode <= UNRELIABLE, f"mode {mode}")
        require(1 <= first_kept <= following, "first kept is not within 1 and next")
        positions = Positions.decode(r), Positions.decode(r)
        return AttachedChannel(channel, mode, first_kept, following, *positions)


@dataclass(frozen=True)
class Attach:
    generation: int
    epoch: int
    channels: tuple = ()
    fresh: bool = True
    part: int = 0
    parts: int = 1
    eliciting = True

    def encode(self):
        encoded = b"\x04" + u(1, self.part) + u(1, self.parts) + u(1, int(self.fresh))
        encoded += varint(self.generation) + varint(self.epoch) + varint(len(self.channels))
        return encoded + b"".join(c.encode() for c in self.channels)

    @staticmethod
    def decode(r):
        part, parts, flags = r.u(1), r.u(1), r.u(1)
        require(part < parts, f"part {part} of {parts}")
        require(flags <= 1, f"flags {flags} of ATTACH")
        generation, epoch = r.varint(), r.varint()
        require(generation >= 1, "generation 0")
        count = r.varint_to(MAX_CHANNELS, "channels")
        channels = tuple(AttachedChannel.decode(r) for _ in range(count))
        require(len({c.channel for c in channels}) == count, "a channel twice in ATTACH")
        return Attach(generation, epoch, channels, flags == 1, part, parts)


@dataclass(frozen=True)
class Flow:
    limit: int
    eliciting = True

    def encode(self):
        return b"\x05" + varint(self.limit)


@dataclass(frozen=True)
class PathChallenge:
    data: bytes
    eliciting = True

    def encode(self):
        return b"\x06" + self.data


@dataclass(frozen=True)
class PathResponse:
    data: bytes
    eliciting = True

    def encode(self):
        return b"\x07" + self.data


@dataclass(frozen=True)
class Close:
    code: int
    reason: str = ""
    eliciting = False

    def encode(self):
        return b"\x08" + varint(self.code) + text(self.reason)


@dataclass(frozen=True)
class Token:
    sort: int
    total: int
    offset: int
    data: bytes
    eliciting = True

    def encode(self):
        encoded = b"\x09" + u(1, self.sort) + varint(self.total) + varint(self.offset)
        return encoded + varint(len(self.data)) + self.data

    @staticmethod
    def decode(r):
        sort, total = r.u(1), r.varint_to(MAX_TOKEN, "total of TOKEN")
        require(sort <= 1, f"sort {sort} of TOKEN")
        offset, data = r.varint(), r.sized(MAX_TOKEN, "length of TOKEN")
        require(offset + len(data) <= total, "TOKEN ends behind its total")
        return Token(sort, total, offset, data)


@dataclass(frozen=True)
class Ticket:
    lifetime_s: int
    ticket: bytes
    gateways: tuple
    eliciting = True

    def encode(self):
        encoded = b"\x0a" + varint(self.lifetime_s) + varint(len(self.ticket)) + self.ticket
        return encoded + varint(len(self.gateways)) + b"".join(text(g) for g in self.gateways)

    @staticmethod
    def decode(r):
        lifetime, ticket = r.varint(), r.sized(MAX_TICKET, "ticket")
        count = r.varint_to(MAX_GATEWAYS, "gateways")
        gateways = tuple(r.text(MAX_GATEWAY_TEXT, "gateway") for _ in range(count))
        return Ticket(lifetime, ticket, gateways)


@dataclass(frozen=True)
class Redirect:
    gateway: str
    ticket: bytes
    eliciting = True

    def encode(self):
        return b"\x0b" + text(self.gateway) + varint(len(self.ticket)) + self.ticket


@dataclass(frozen=True)
class Message:
    """A whole message."""

    mode: int
    channel: int
    number: int
    data: bytes
    eliciting = True

    def encode(self):
        encoded = u(1, 0x10 | self.mode) + u(1, self.channel) + varint(self.number)
        return encoded + varint(len(self.data)) + self.data


@dataclass(frozen=True)
class Fragment:
    mode: int
    channel: int
    number: int
    total: int
    offset: int
    data: bytes
    eliciting = True

    def encode(self):
        encoded = u(1, 0x14 | self.mode) + u(1, self.channel) + varint(self.number)
        encoded += varint(self.total) + varint(self.offset)
        return encoded + varint(len(self.data)) + self.data


@dataclass(frozen=True)
class Skipped:
    """A frame of the range that may be skipped."""

    kind: int
    data: bytes
    eliciting = True

    def encode(self):
        return u(1, self.kind) + varint(len(self.data)) + self.data


def _message(kind, r):
    mode, channel, number = kind & 3, r.u(1), r.varint()
    require(number >= 1, "message number 0")
    if kind < 0x14:
        return Message(mode, channel, number, r.sized(MAX_VARINT, "length of MESSAGE"))
    total, offset, data = r.varint(), r.varint(), r.sized(MAX_VARINT, "length of FRAGMENT")
    require(data, "an empty FRAGMENT")
    require(offset + len(data) <= total, "FRAGMENT ends behind its total")
    return Fragment(mode, channel, number, total, offset, data)


DECODERS = {
    0x01: lambda r: Ping(),
    0x02: Ack.decode,
    0x03: lambda r: DeliveryAck(r.u(1), Positions.decode(r)),
    0x04: Attach.decode,
    0x05: lambda r: Flow(r.varint()),
    0x06: lambda r: PathChallenge(r.bytes(8)),
    0x07: lambda r: PathResponse(r.bytes(8)),
    0x08: lambda r: Close(r.varint(), r.text(MAX_REASON, "reason")),
    0x09: Token.decode,
    0x0A: Ticket.decode,
    0x0B: lambda r: Redirect(r.text(MAX_GATEWAY_TEXT, "gateway"), r.sized(MAX_TICKET, "ticket")),
}
ONLY_FROM = {
    Token: CLIENT,
    PathResponse: CLIENT,
    PathChallenge: GATEWAY,
    Ticket: GATEWAY,
    Redirect: GATEWAY,
}


def decode_frames(data, sender):
    """The frames of a packet, in order; a run of PADDING is one."""
    r, frames = Reader(data), []
    require(data, "a packet without frames")
    while r.left():
        kind = r.u(1)
        if kind == 0:
            frames.append(Padding(1 + r.skip_zeros()))
            continue
        if 0x10 <= kind <= 0x17:
            frame = _message(kind, r)
        elif 0x80 <= kind <= 0xBF:
            frame = Skipped(kind, r.sized(MAX_VARINT, "length of a frame to skip"))
        else:
            require(kind in DECODERS, f"unknown frame 0x{kind:02x}")
            frame = DECODERS[kind](r)
        require(ONLY_FROM.get(type(frame), sender) == sender, f"{frame} from the {sender}")
        frames.append(frame)
    return frames


def encode_frames(frames):
    return b"".join(frame.encode() for frame in frames)
