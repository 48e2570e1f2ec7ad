package dev.slipgate.protocol.mpgameserver;

import static dev.slipgate.protocol.mpgameserver.VirtualNet.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.DropReason;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each way in which a datagram can be refused, and that it changes nothing. */
class DropReasonTest {
    private static final TestPeer CLIENT = new TestPeer("client", 1);
    private static final TestPeer STRANGER = new TestPeer("stranger", 2);

    private VirtualNet net = new VirtualNet(1);
    private byte[] hello = new byte[0];
    private byte[] sealed = new byte[0];
    private RawPeer raw = new RawPeer(net, STRANGER);

    @BeforeEach
    void connect() {
        MpClient client = net.connected(CLIENT, MpClientConfig.defaults(), new RecordingListener());
        hello = net.sent.getFirst().bytes;
        net.send(client, 1, new byte[200]);
        net.runUntil(() -> !net.serverSide.messages.isEmpty(), 100 * MS);
        sealed =
                net.sent.stream()
                        .filter(d -> d.from.equals(CLIENT) && Wire.type(d.bytes, 0) == Wire.APP)
                        .findFirst()
                        .orElseThrow()
                        .bytes;
    }

    @Test
    void shortAndOverlongDatagrams() {
        refused(STRANGER, new byte[0], DropReason.BAD_SIZE);
        refused(STRANGER, new byte[23], DropReason.BAD_SIZE);
        refused(STRANGER, Arrays.copyOf(hello, 1473), DropReason.BAD_SIZE);
    }

    @Test
    void magicAndDirection() {
        refused(CLIENT, with(sealed, 0, 'X'), DropReason.BAD_MAGIC);
        refused(CLIENT, with(sealed, 3, 'C'), DropReason.BAD_DIRECTION);
    }

    @Test
    void lengthThatDoesNotAgree() {
        refused(CLIENT, Arrays.copyOf(sealed, sealed.length - 1), DropReason.BAD_LENGTH);
        refused(STRANGER, Arrays.copyOf(hello, hello.length - 1), DropReason.BAD_LENGTH);
    }

    @Test
    void tagThatIsWrongAnywhere() {
        for (int i : new int[] {4, 9, 11, 15, 16, 19, 20, 100, sealed.length - 1}) {
            byte[] flipped = with(sealed, i, sealed[i] ^ 1);
            refused(CLIENT, flipped, DropReason.BAD_TAG);
        }
    }

    @Test
    void typesThatAServerNeverTakes() {
        refused(CLIENT, with(sealed, 12, Wire.SERVER_HELLO), DropReason.BAD_TYPE);
        refused(CLIENT, with(sealed, 12, 0), DropReason.BAD_TYPE);
        refused(CLIENT, with(sealed, 12, 200), DropReason.BAD_TYPE);
        raw.connect();
        refused(
                STRANGER,
                raw.packet(Wire.APP, 2, RawPeer.framed(3, Wire.SERVER_HELLO, 4, 9)),
                DropReason.BAD_TYPE);
    }

    @Test
    void aReplay() {
        refused(CLIENT, sealed, DropReason.REPLAYED_PACKET);
    }

    @Test
    void aPacketOlderThanTheWindow() {
        raw.connect();
        byte[] old = raw.packet(Wire.KEEP_ALIVE, 0, new byte[0]);
        raw.skip(40);
        raw.send(Wire.KEEP_ALIVE, 0, new byte[0]);
        refused(STRANGER, old, DropReason.STALE_PACKET);
    }

    @Test
    void aMessageThatCameAlready() {
        raw.connect();
        raw.send(Wire.APP, 1, RawPeer.single(50, 10));
        int messages = net.serverSide.messages.size();
        raw.send(Wire.APP, 1, RawPeer.single(50, 10));
        assertThat(net.dropped(DropReason.DUPLICATE_MESSAGE)).isEqualTo(1);
        assertThat(net.serverSide.messages).hasSize(messages);
        assertThat(net.serverSide.reserved).isZero();
    }

    @Test
    void aMessageTwiceInOnePacket() {
        raw.connect();
        int messages = net.serverSide.messages.size();
        raw.send(Wire.APP, 2, RawPeer.framed(5, Wire.APP, 50, 50));
        assertThat(net.serverSide.messages).hasSize(messages + 1);
        assertThat(net.serverSide.reserved).isZero();
    }

    @Test
    void framingThatDoesNotAddUp() {
        raw.connect();
        byte[] two = RawPeer.framed(5, Wire.APP, 50, 51);
        refused(STRANGER, raw.packet(Wire.APP, 3, two), DropReason.BAD_FRAMING);
        refused(STRANGER, raw.packet(Wire.APP, 0, two), DropReason.BAD_FRAMING);
        refused(
                STRANGER,
                raw.packet(Wire.APP, 2, Arrays.copyOf(two, two.length - 1)),
                DropReason.BAD_FRAMING);
        refused(STRANGER, raw.packet(Wire.APP, 1, new byte[1]), DropReason.BAD_FRAMING);
        refused(STRANGER, raw.packet(Wire.APP, 1, RawPeer.single(0, 4)), DropReason.BAD_FRAMING);
    }

    @Test
    void aHelloThatIsWrongInAnyWay() {
        refused(STRANGER, with(hello, 1000, hello[1000] ^ 1), DropReason.BAD_CRC);
        byte[] cut = Arrays.copyOf(hello, 300);
        Wire.putU16(cut, 13, 300 - 24);
        refused(STRANGER, reCrc(cut), DropReason.UNPADDED_HELLO);
        int typeId = PlainPacket.BODY + 1;
        int version = PlainPacket.BODY + 2 + 5 + P256Spki.BYTES + 2;
        refused(STRANGER, reCrc(with(hello, typeId, 99)), DropReason.BAD_HELLO);
        refused(STRANGER, reCrc(with(hello, version, 2)), DropReason.BAD_VERSION);
        refused(STRANGER, reCrc(with(hello, 15, 2)), DropReason.BAD_HELLO);
        int prefix = PlainPacket.BODY + 2 + 5;
        refused(STRANGER, reCrc(with(hello, prefix, 0x31)), DropReason.BAD_HELLO);
    }

    @Test
    void aKeyThatIsNoPointOfTheCurve() {
        int point = PlainPacket.BODY + 2 + 5 + 40;
        byte[] bad = reCrc(with(hello, point, hello[point] ^ 1));
        long before = net.dropped(DropReason.BAD_HELLO);
        net.inject(STRANGER, bad);
        net.runFor(10 * MS);
        assertThat(net.dropped(DropReason.BAD_HELLO)).isEqualTo(before + 1);
        assertThat(net.server.handshakeCount()).isZero();
    }

    @Test
    void sealedPacketsOfStrangers() {
        refused(STRANGER, sealed, DropReason.NO_SESSION);
    }

    @Test
    void aChallengeAnsweredWithAnotherToken() {
        raw.hello();
        byte[] body = new byte[2 + ChallengeResponse.BYTES];
        Wire.putU16(body, 0, 2);
        System.arraycopy(
                ChallengeResponse.encode(ServerHello.TOKEN_BIT), 0, body, 2, body.length - 2);
        refused(STRANGER, raw.packet(Wire.CHALLENGE_RESP, 1, body), DropReason.BAD_HELLO);
        assertThat(net.server.sessionCount()).isEqualTo(1);
    }

    @Test
    void handshakesBeyondTheirRateAndCaps() {
        var defaults = MpServerConfig.defaults();
        net = new VirtualNet(1, defaults.withHandshakeRate(1, 1));
        net.inject(new TestPeer("a", 1), hello);
        refused(new TestPeer("a", 2), hello, DropReason.HANDSHAKE_RATE);
        net.inject(new TestPeer("b", 1), hello);
        assertThat(net.server.handshakeCount()).isEqualTo(2);

        var oneHandshake = new MpServerConfig(defaults.session(), 1, 1, 9, 2_000 * MS, 0, 1, 1);
        net = new VirtualNet(1, oneHandshake);
        net.inject(new TestPeer("a", 1), hello);
        refused(new TestPeer("a", 2), hello, DropReason.HANDSHAKE_CAP);

        var oneJob = new MpServerConfig(defaults.session(), 1, 9, 1, 2_000 * MS, 0, 1, 1);
        net = new VirtualNet(1, oneJob);
        net.inject(new TestPeer("a", 1), hello);
        refused(new TestPeer("a", 2), hello, DropReason.HANDSHAKE_CAP);
        net.runFor(10 * MS);
        net.inject(new TestPeer("a", 2), hello);
        assertThat(net.server.handshakeCount()).isEqualTo(2);
    }

    @Test
    void clientsBeyondTheCapOnSessions() {
        net = new VirtualNet(1, MpServerConfig.defaults().withMaxSessions(1));
        net.connected(CLIENT, MpClientConfig.defaults(), new RecordingListener());
        refused(STRANGER, hello, DropReason.SESSION_CAP);
    }

    @Test
    void arbitraryBytesNeverThrow() {
        var random = new Random(5);
        raw.connect();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = mutated(random, random.nextBoolean() ? hello : sealed);
            net.inject(random.nextBoolean() ? CLIENT : STRANGER, bytes);
            if (i % 4 == 0) {
                byte[] plain = new byte[random.nextInt(60)];
                random.nextBytes(plain);
                int type = 3 + random.nextInt(5);
                if (type != Wire.DISCONNECT) {
                    raw.send(type, random.nextInt(4), plain);
                }
            }
        }
        net.runFor(3_000 * MS);
        assertThat(net.server.handshakeCount()).isZero();
    }

    private static byte[] mutated(Random random, byte[] original) {
        byte[] bytes = Arrays.copyOf(original, random.nextInt(original.length + 1));
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(Math.min(bytes.length, 40))] = (byte) random.nextInt();
        }
        return bytes;
    }

    private void refused(TestPeer from, byte[] datagram, DropReason reason) {
        long before = net.dropped(reason);
        int messages = net.serverSide.messages.size();
        int handshakes = net.server.handshakeCount();
        net.inject(from, datagram);
        assertThat(net.dropped(reason)).as("%s", net.drops.snapshot()).isEqualTo(before + 1);
        assertThat(net.serverSide.messages).hasSize(messages);
        assertThat(net.server.handshakeCount()).isEqualTo(handshakes);
    }

    private static byte[] with(byte[] bytes, int index, int value) {
        byte[] changed = bytes.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private static byte[] reCrc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes, 0, bytes.length - 4);
        Wire.putI32(bytes, bytes.length - 4, (int) crc.getValue());
        return bytes;
    }
}
