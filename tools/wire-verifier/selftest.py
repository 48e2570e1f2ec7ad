"""Both roles against each other, on virtual time, over a path that loses and reorders."""

import heapq
import random

import clear
import frames as f
from handshake import ClientHandshake, GatewayHandshake
from noise import Cipher, Initiator, Responder, new_private_key, public_key
from packets import Dropped, ReplayWindow, expand, number_bytes
from wire import Broken, Reader, varint

MODES = (f.ORDERED, f.RELIABLE)


def check(holds, what):
    if not holds:
        raise AssertionError(what)


def handshake(private, stream, cookie):
    client = ClientHandshake(public_key(private), stream)
    gateway = GatewayHandshake(private, stream=stream, asks_for_cookie=cookie)
    answer = gateway.on_init(client.init())
    if cookie:
        check(client.on_packet(answer) is None and client.cookies == 1, "a cookie is asked for")
        answer = gateway.on_init(client.init())
    check(gateway.on_init(client.init()) == answer, "the same INIT has the same RESPONSE")
    check(client.on_packet(answer[:-1] + bytes([answer[-1] ^ 1])) is None, "an altered RESPONSE")
    session = client.on_packet(answer)
    check(session is not None, "RESPONSE opens after one that did not")
    return session, gateway.sessions[session.opener._session_id]


def echo_back(gateway):
    for channel, mode, data in gateway.inbox:
        gateway.send(channel, mode, data)
    gateway.inbox.clear()


def play(seed, stream):
    """Messages of many sizes there and back; how many frames were sent again."""
    rng = random.Random(seed)
    ends = handshake(new_private_key(), stream, cookie=seed % 2 == 1)
    client, gateway = ends
    sent = {c: [rng.randbytes(int(2 ** rng.uniform(0, 15))) for _ in range(40)] for c in MODES}
    for channel, messages in sent.items():
        for data in messages:
            client.send(channel, channel, data)
    now, way, order, echoed, recorded = 0.0, [], 0, {c: [] for c in MODES}, []
    while now < 600:
        for end in ends:
            for packet in end.transmit(now):
                copies = 1 if stream else rng.choices((0, 1, 2), (10, 85, 5))[0]
                for _ in range(copies):
                    order += 1
                    delay = 0.01 if stream else rng.uniform(0.005, 0.05)
                    heapq.heappush(way, (now + delay, order, ends[end is client], packet))
        for channel, _, data in client.inbox:
            echoed[channel].append(data)
        client.inbox.clear()
        done = all(client.delivered.get(c) == len(sent[c]) == len(echoed[c]) for c in MODES)
        if done and not way:
            break
        times = [t for t in (client.next_timeout(), gateway.next_timeout()) if t is not None]
        now = max(now, min(times + [at for at, *_ in way[:1]]))
        while way and way[0][0] <= now:
            _, _, end, packet = heapq.heappop(way)
            try:
                end.on_packet(packet, now)
                recorded.append((end, packet))
            except Dropped as dropped:
                check(not stream and "step 4" in str(dropped), f"dropped: {dropped}")
        echo_back(gateway)
    check(done, f"seed {seed} ends: {client.delivered}, {[len(e) for e in echoed.values()]}")
    check(echoed[f.ORDERED] == sent[f.ORDERED], "ordered")
    check(sorted(echoed[f.RELIABLE]) == sorted(sent[f.RELIABLE]), "reliable, once each")
    refuse_all(recorded[-50:])
    gateway.on_packet(client.close(1), now)
    check(gateway.closed == f.Close(1), "closed")
    return client.sent_again + gateway.sent_again


def refuse_all(recorded):
    for end, packet in recorded:
        for bad in (
            packet,
            packet[:-1] + bytes([packet[-1] ^ 1]),
            packet[:35],
            b"\xc0" + packet[1:],
        ):
            try:
                end.opener.open(bad)
            except Dropped:
                continue
            raise AssertionError("a packet opened twice, or altered")


def noise():
    """The NK vector of the cacophony set."""
    static = bytes.fromhex("4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893")
    e1 = bytes.fromhex("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a")
    e2 = bytes.fromhex("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b")
    client = Initiator(b"John Galt", public_key(static), e1)
    gateway = Responder(b"John Galt", static, e2)
    check(
        gateway.read_message1(client.write_message1(b"Ludwig von Mises")) == b"Ludwig von Mises",
        "1",
    )
    check(
        client.read_message2(gateway.write_message2(b"Murray Rothbard")) == b"Murray Rothbard", "2"
    )
    expected = "f8a87aa8add4fea6e33365b89637486c2f6564546ce29d1df9ce9abf78c507d7"
    check(client.hash().hex() == gateway.hash().hex() == expected, "the handshake's hash")
    sealed = Cipher(client.split()[0]).seal(0, b"", b"F. A. Hayek")
    check(sealed.hex() == "304f70c37c93573099228016d54cb15213af94eb598d1b17df1153", "the first key")


def numbers():
    check(expand(0x9B32, 2, 0xA82F30EB) == 0xA82F9B32, "the example of RFC 9000, A.3")
    check(number_bytes(0, -1) == 1 and number_bytes(0xAC5C02, 0xABE8B3) == 2, "number bytes")
    check(number_bytes(0xACE8FE, 0xABE8B3) == 3, "the example of RFC 9000, A.2")
    for value in (0, 63, 64, 16383, 16384, 2**30 - 1, 2**30, 2**62 - 1):
        check(Reader(varint(value)).varint() == value, f"varint {value}")
    window = ReplayWindow()
    window.record(5000)
    check(not window.refuses(5000 - 2047) and window.refuses(5000 - 2048), "the window's lower end")


POSITIONS = f.Positions(70, ((72, 80), (90, 16500)))
SAMPLES = (
    f.Padding(3),
    f.Ping(),
    f.Ack(((7, 90), (3, 4), (0, 0)), 2500),
    f.DeliveryAck(9, POSITIONS),
    f.Attach(
        3, 2, (f.AttachedChannel(0, f.ORDERED, 5, 9, POSITIONS, f.Positions(70)),), fresh=False
    ),
    f.Attach(1, 0, part=1, parts=2),
    f.Flow(1 << 31),
    f.PathChallenge(b"01234567"),
    f.PathResponse(b"76543210"),
    f.Close(12, "für nichts"),
    f.Token(1, 4096, 4000, bytes(96)),
    f.Token(0, 0, 0, b""),
    f.Ticket(30, b"ticket", ("udp://192.0.2.1:7770", "tcp://[2001:db8::1]:7770")),
    f.Redirect("wss://a/v1", b"t"),
    f.Message(f.UNRELIABLE, 255, 1, b""),
    f.Fragment(f.ORDERED, 0, 64, 16384, 16383, b"x"),
    f.Skipped(0xBF, b"later"),
)


def decoders(seed, rounds):
    """Each frame decodes to itself, cut short it is broken, altered it is read or broken."""
    rng, broken = random.Random(seed), 0
    for sample in SAMPLES:
        sender, encoded = f.ONLY_FROM.get(type(sample), f.CLIENT), sample.encode()
        check(f.decode_frames(encoded, sender) == [sample], f"{sample}")
        for size in range(1, len(encoded) if sample != SAMPLES[0] else 0):
            check(is_broken(encoded[:size], sender), f"{sample} cut to {size}")
        for _ in range(rounds):
            altered = bytearray(encoded)
            for _ in range(rng.randrange(1, 4)):
                altered[rng.randrange(len(altered))] = rng.randrange(256)
            broken += is_broken(bytes(altered), sender)
    return broken


def is_broken(data, sender):
    try:
        again = f.encode_frames(f.decode_frames(data, sender))
    except Broken:
        return True
    check(f.encode_frames(f.decode_frames(again, sender)) == again, data.hex())
    return False


def refusals():
    private = new_private_key()
    client = ClientHandshake(public_key(new_private_key()))
    client.on_packet(GatewayHandshake(private).on_init(client.init()))
    check(client.refused.reason == 2, "another key is refused")
    header = clear.Header(clear.INIT, clear.key_id(public_key(private)), version=2)
    answer = GatewayHandshake(private).on_init(clear.init(header, bytes(32), bytes(1156)))
    check(clear.read_refuse(answer).reason == 1, "another version is refused")


def run():
    noise()
    numbers()
    refusals()
    rounds = 1000
    broken = decoders(seed=1, rounds=rounds)
    seeds = range(6)
    again = sum(play(seed, stream=False) for seed in seeds)
    again_on_streams = sum(play(seed, stream=True) for seed in (0, 1))
    check(again > 0 and again_on_streams == 0, "something was lost, and nothing on streams")
    print(
        f"selftest ok: {len(seeds)} lossy sessions ({again} frames sent again), 2 on streams, "
        f"{len(SAMPLES)} frames whole and cut short, "
        f"{broken} of {rounds * len(SAMPLES)} altered ones broken"
    )
