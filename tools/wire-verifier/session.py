"""A session of either end, without socket or clock: packets and times in, packets out."""

from collections import deque
from dataclasses import dataclass, field

import frames as f
from packets import Dropped, Opener, Sealer, number_bytes
from wire import Broken, require

RELIABLE_MODES = (f.ORDERED, f.RELIABLE)
COST_PER_MESSAGE = 64
DATAGRAM, STREAM = 1200, 16384
HEADER_AND_TAG = 13 + 16
FRAGMENT_FIELDS = 2 + 4 * 8
ACK_DELAY_S = 0.010
REORDERING_THRESHOLD = 3
PACKETS_IN_FLIGHT = 10
SENT_AGAIN = (f.Token, f.Attach, f.Ticket, f.Redirect)


def runs(numbers):
    """Ranges (first, last) of these numbers, upwards."""
    found = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


@dataclass
class Limits:
    """What one end takes, as it said in the handshake."""

    largest_packet: int
    credit: int
    largest_message: int


@dataclass
class Incoming:
    """One channel of what the other end sends."""

    mode: int
    up_to: int = 0
    above: set = field(default_factory=set)
    waiting: dict = field(default_factory=dict)
    fragments: dict = field(default_factory=dict)
    counted: set = field(default_factory=set)

    def has(self, number):
        if self.mode == f.SEQUENCED:
            return number <= max(self.above, default=0)
        return number <= self.up_to or number in self.above

    def record(self, number):
        self.above.add(number)
        while self.mode in RELIABLE_MODES and self.up_to + 1 in self.above:
            self.up_to += 1
            self.above.remove(self.up_to)

    def positions(self):
        return f.Positions(self.up_to, runs(self.above)[: f.MAX_POSITION_RANGES])


class Session:
    """
    Sends what it is given under the peer's credit, and gives out what came: `inbox` holds (channel,
    mode, message), each handled at once. A client attaches by itself; a gateway when the client did.
    """

    def __init__(self, role, session_id, keys, mine, theirs, stream=False):
        send_key, receive_key = keys if role == f.CLIENT else reversed(keys)
        self.role, self.stream = role, stream
        self.peer = f.GATEWAY if role == f.CLIENT else f.CLIENT
        self.sealer = Sealer(send_key, session_id)
        self.opener = Opener(receive_key, session_id, mine.largest_packet, stream)
        self.mine, self.theirs = mine, theirs
        self.room = min(STREAM if stream else DATAGRAM, theirs.largest_packet) - HEADER_AND_TAG
        self.control, self.resend, self.unsent = deque(), deque(), deque()
        self.next_number, self.used, self.limit = {}, 0, theirs.credit
        self.delivered = {}
        self.sent, self.largest_acknowledged, self.pings = {}, -1, set()
        self.smoothed_rtt, self.backoff, self.sent_again = 0.333, 1, 0
        self.received, self.ack_at = set(), None
        self.incoming, self.inbox, self.delivery_acks = {}, [], set()
        self.counted, self.granted = 0, mine.credit
        self.token, self.held, self.attached, self.closed = None, [], None, None
        if role == f.CLIENT:
            self.control += [f.Token(0, 0, 0, b""), f.Attach(generation=1, epoch=0)]

    def send(self, channel, mode, data):
        """Queues a message; goes out by `transmit`."""
        require(len(data) <= self.theirs.largest_message, "longer than the peer takes")
        number = self.next_number[channel] = self.next_number.get(channel, 0) + 1
        self.unsent.append((mode, channel, number, data))

    def close(self, code, reason=""):
        """The packet that ends the session, to be sent again when packets still come."""
        self.closed = self.closed or f.Close(code, reason)
        return self._seal([f.Close(code, reason)])

    # What goes out.

    def transmit(self, now):
        """All packets that may go now."""
        self._detect_losses(now)
        packets = []
        while packet := self._packet(now):
            packets.append(packet)
        return packets

    def _packet(self, now):
        self._queue_what_is_due()
        chosen, left = [], self.room
        if self.ack_at is not None and (self.ack_at <= now or self._has_more()):
            chosen.append(self._ack())
            left -= len(chosen[0].encode())
        while self._may_send() and (frame := self._next_frame(left)):
            chosen.append(frame)
            left -= len(frame.encode())
        return self._seal(chosen, now) if chosen else None

    def _queue_what_is_due(self):
        self.control += [
            f.DeliveryAck(c, self.incoming[c].positions()) for c in sorted(self.delivery_acks)
        ]
        self.delivery_acks.clear()
        if self.counted + self.mine.credit - self.granted >= self.mine.credit // 2:
            self.granted = self.counted + self.mine.credit
            self.control.append(f.Flow(self.granted))

    def _may_send(self):
        return self.stream or len(self.sent) < PACKETS_IN_FLIGHT

    def _has_more(self):
        return self._may_send() and bool(self.control or self.resend or self.unsent)

    def _next_frame(self, left):
        for queue in (self.control, self.resend):
            if queue and len(queue[0].encode()) <= left:
                return queue.popleft()
        if self.resend or self.control or not self.unsent:
            return None
        return self._next_message(left)

    def _next_message(self, left):
        mode, channel, number, data = self.unsent[0]
        cost = len(data) + COST_PER_MESSAGE if mode in RELIABLE_MODES else 0
        if self.used + cost > self.limit:
            return None
        whole = f.Message(mode, channel, number, data)
        if len(whole.encode()) > left and len(whole.encode()) <= self.room:
            return None
        self.unsent.popleft()
        self.used += cost
        if len(whole.encode()) <= left:
            return whole
        self.resend += self._fragments(mode, channel, number, data)
        return self._next_frame(left)

    def _fragments(self, mode, channel, number, data):
        size = self.room - FRAGMENT_FIELDS
        for at in range(0, len(data), size):
            yield f.Fragment(mode, channel, number, len(data), at, data[at : at + size])

    def _ack(self):
        self.ack_at = None
        kept = runs(self.received)[: -f.MAX_ACK_RANGES - 1 : -1]
        oldest = kept[0][1] + 1 if self.stream else kept[-1][0]
        self.received = {number for number in self.received if number >= oldest}
        return f.Ack(kept)

    def _seal(self, chosen, now=None):
        number = self.sealer.next_number
        if any(frame.eliciting for frame in chosen) and not self.stream:
            self.sent[number] = now, [frame for frame in chosen if frame.eliciting]
        if f.Ping() in chosen:
            self.pings.add(number)
        size = 4 if self.stream else number_bytes(number, self.largest_acknowledged)
        return self.sealer.seal(f.encode_frames(chosen), size)

    # Losses.

    def probe_timeout(self):
        return (3 * self.smoothed_rtt + ACK_DELAY_S) * self.backoff

    def next_timeout(self):
        """When `transmit` has something to do, or None."""
        oldest = min((at for at, _ in self.sent.values()), default=None)
        times = [self.ack_at, oldest if oldest is None else oldest + self.probe_timeout()]
        return min((t for t in times if t is not None), default=None)

    def _detect_losses(self, now):
        late = now - self.probe_timeout() + 1e-9
        lost = [n for n, (at, _) in self.sent.items() if at <= late]
        if lost:
            self.backoff = min(self.backoff * 2, 64)
        lost += [n for n in self.sent if n <= self.largest_acknowledged - REORDERING_THRESHOLD]
        for number in sorted(set(lost)):
            for frame in self.sent.pop(number)[1]:
                self._send_again(frame)

    def _send_again(self, frame):
        self.sent_again += 1
        if isinstance(frame, f.DeliveryAck):
            self.delivery_acks.add(frame.channel)
        elif isinstance(frame, f.Flow):
            self.control.append(f.Flow(self.granted))
        elif isinstance(frame, SENT_AGAIN):
            self.control.append(frame)
        elif isinstance(frame, (f.Message, f.Fragment)) and frame.mode in RELIABLE_MODES:
            self.resend.append(frame)

    # What comes in.

    def on_packet(self, packet, now):
        """Raises Dropped for what changes nothing, Broken for what ends the session."""
        number, data = self.opener.open(packet)
        decoded = f.decode_frames(data, self.peer)
        missing = self.received and number != max(self.received) + 1
        eliciting = any(frame.eliciting for frame in decoded)
        if not self.stream or f.Ping() in decoded:
            self.received.add(number)
            if eliciting:
                second = self.ack_at is not None
                self.ack_at = now if missing or second or self.stream else now + ACK_DELAY_S
        for frame in decoded:
            self._on_frame(frame, now)

    def _on_frame(self, frame, now):
        needs_token = isinstance(frame, (f.Attach, f.Message, f.Fragment, f.DeliveryAck))
        if self.role == f.GATEWAY and self.token is None and needs_token:
            self.held.append(frame)
            return
        match frame:
            case f.Ack():
                self._on_ack(frame, now)
            case f.Token():
                self._on_token(frame, now)
            case f.Attach():
                self._on_attach(frame)
            case f.Flow():
                self.limit = max(self.limit, frame.limit)
            case f.DeliveryAck():
                sent = self.next_number.get(frame.channel, 0)
                above = [frame.handled.up_to] + [last for _, last in frame.handled.ranges]
                require(max(above) <= sent, "a DELIVERY_ACK for what was not sent")
                self.delivered[frame.channel] = max(
                    frame.handled.up_to, self.delivered.get(frame.channel, 0)
                )
            case f.PathChallenge():
                self.control.append(f.PathResponse(frame.data))
            case f.Close():
                self.closed = frame
            case f.Message():
                if channel := self._channel_that_lacks(frame, len(frame.data)):
                    self._on_whole(channel, frame, frame.data)
            case f.Fragment():
                if channel := self._channel_that_lacks(frame, frame.total):
                    self._on_fragment(channel, frame)

    def _on_ack(self, ack, now):
        largest = ack.ranges[0][1]
        require(largest < self.sealer.next_number, "an ACK for a packet that was never sent")
        if self.stream:
            acknowledged = set(range(ack.ranges[0][0], largest + 1))
            require(acknowledged <= self.pings, "an ACK on a stream for more than a PING")
            return
        for first, last in ack.ranges:
            for number in [n for n in self.sent if first <= n <= last]:
                at, _ = self.sent.pop(number)
                if number == largest:
                    self.smoothed_rtt += (now - at - self.smoothed_rtt) / 8
                    if self.largest_acknowledged < 0:
                        self.smoothed_rtt = now - at
                self.backoff = 1
        self.largest_acknowledged = max(self.largest_acknowledged, largest)

    def _on_token(self, token, now):
        """The verifier's gateway knows nobody: it takes a token of total 0, and refuses others."""
        require(self.token in (None, token), "TOKEN parts that disagree")
        self.token = token
        if token.total:
            self.closed = f.Close(14, "tokens are not spoken here")
        held, self.held = self.held, []
        for frame in held:
            self._on_frame(frame, now)

    def _on_attach(self, attach):
        require(attach.parts == 1, "the verifier reads no ATTACH in parts")
        before = self.attached
        if before and (attach.generation, attach.epoch) < (before.generation, before.epoch):
            return
        if self.role == f.CLIENT:
            require(attach.generation == 1, "the gateway's ATTACH names another generation")
        elif before is None:
            self.control.append(f.Attach(attach.generation, attach.epoch + 1))
        self.attached = attach

    def _channel_that_lacks(self, frame, length):
        channel = self.incoming.setdefault(frame.channel, Incoming(frame.mode))
        require(channel.mode == frame.mode, "a channel with two modes")
        require(length <= self.mine.largest_message, "a message longer than this end takes")
        if frame.mode in RELIABLE_MODES:
            self.delivery_acks |= {frame.channel} if channel.has(frame.number) else set()
            self._count(channel, frame.number, length)
        return None if channel.has(frame.number) or frame.number in channel.waiting else channel

    def _count(self, channel, number, length):
        if number not in channel.counted:
            channel.counted.add(number)
            self.counted += length + COST_PER_MESSAGE
            require(self.counted <= self.granted, "more than the credit")

    def _on_fragment(self, channel, frame):
        parts = channel.fragments.setdefault(frame.number, {})
        require(all(total == frame.total for total, _ in parts.values()), "two totals of a message")
        parts[frame.offset] = frame.total, frame.data
        if sum(len(data) for _, data in parts.values()) >= frame.total:
            del channel.fragments[frame.number]
            whole = b"".join(data for _, (_, data) in sorted(parts.items()))
            require(len(whole) == frame.total, "fragments that overlap")
            self._on_whole(channel, frame, whole)

    def _on_whole(self, channel, frame, data):
        if channel.mode != f.ORDERED:
            self._handle(channel, frame.channel, frame.number, data)
            return
        channel.waiting[frame.number] = data
        while channel.up_to + 1 in channel.waiting:
            number = channel.up_to + 1
            self._handle(channel, frame.channel, number, channel.waiting.pop(number))

    def _handle(self, channel, channel_number, number, data):
        channel.record(number)
        self.inbox.append((channel_number, channel.mode, data))
        if channel.mode in RELIABLE_MODES:
            self.delivery_acks.add(channel_number)


__all__ = ["Broken", "Dropped", "Limits", "Session"]
