package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.SessionPair.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.slipgate.frame.FrameKind;
import dev.slipgate.protocol.slipgate.frame.FrameWriter;
import dev.slipgate.protocol.slipgate.packet.Varint;
import dev.slipgate.protocol.testnet.TestNetwork.Flight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a session does with packets and frames that an honest peer would not send so. */
class SessionPacketTest {
    private final SessionPair pair = new SessionPair(1).connected();
    private final List<Flight> sent = new ArrayList<>();

    private void inject(byte[] packet) {
        pair.network.inject(SessionPair.CLIENT, SessionPair.GATEWAY, packet);
    }

    /** Frames of the client's next packet but some, sealed as they are. */
    private byte[] forged(Consumer<FrameWriter> frames) {
        return ForgedPacket.of(Side.CLIENT, 1000 + sent.size(), frames);
    }

    @Test
    void aReplayedPacketChangesNothing() {
        pair.network.tap(sent::add);
        pair.up(0, "once");
        pair.network.runFor(SECOND);
        long received = pair.gateway.session().stats().packetsReceived;
        pair.gateway.refusals.clear();
        sent.stream()
                .filter(flight -> flight.from().equals(SessionPair.CLIENT))
                .forEach(flight -> inject(flight.bytes()));
        assertThat(pair.gateway.texts(0)).containsExactly("once");
        assertThat(pair.gateway.session().stats().packetsReceived).isEqualTo(received);
        assertThat(pair.gateway.refusals).isNotEmpty().containsOnly(DropReason.REPLAYED_PACKET);
    }

    @Test
    void noFlippedBitGoesUnnoticed() {
        pair.network.runFor(SECOND);
        byte[] good = forged(FrameWriter::tryPing);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            long before = pair.gateway.session().stats().packetsReceived;
            inject(bad);
            assertThat(pair.gateway.session().stats().packetsReceived).isEqualTo(before);
        }
        inject(good);
        assertThat(pair.gateway.session().connected()).isTrue();
        assertThat(pair.gateway.session().stats().packetsDropped).isGreaterThan(250);
    }

    @Test
    void noNonceIsUsedTwice() {
        var seen = new HashSet<Long>();
        pair.network.tap(
                flight -> {
                    if (flight.from().equals(SessionPair.CLIENT)) {
                        assertThat(seen.add(ForgedPacket.number(flight.bytes()))).isTrue();
                    }
                });
        for (int i = 0; i < 100; i++) {
            pair.up(i % 4, "x".repeat(500));
            pair.network.runFor(SessionPair.MS);
        }
        assertThat(seen).hasSizeGreaterThan(50);
    }

    @Test
    void packetsOutsideTheSizesAreDropped() {
        inject(new byte[35]);
        inject(new byte[1201]);
        byte[] reserved = forged(FrameWriter::tryPing);
        reserved[0] |= 0x20;
        inject(reserved);
        assertThat(pair.gateway.refusals)
                .containsExactly(
                        DropReason.BAD_SIZE, DropReason.BAD_SIZE, DropReason.RESERVED_BITS);
        assertThat(pair.gateway.session().connected()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void aBreachOfTheProtocolClosesTheSession(Breach breach) {
        pair.network.runFor(SECOND);
        inject(forged(breach.frames()));
        assertThat(pair.gateway.closed).containsExactly(CloseReason.PROTOCOL_ERROR);
        assertThat(pair.gateway.session().closeText()).isEqualTo(breach.text());
        pair.network.runFor(SECOND);
        assertThat(pair.client.closed).containsExactly(CloseReason.PROTOCOL_ERROR);
        assertThat(pair.client.session().closeText()).isEqualTo(breach.text());
        assertThat(pair.gateway.reserved).isZero();
    }

    @Test
    void unknownFramesOfTheSkippedRangeAreSkipped() {
        inject(
                forged(
                        writer -> {
                            writer.tryFrame(new byte[] {(byte) 0x80, 3, 1, 2, 3});
                            writer.tryFrame(new byte[] {(byte) 0xbf, 0});
                            writer.tryMessage(0, Delivery.ORDERED, 1, new byte[] {'a'}, 1);
                        }));
        assertThat(pair.gateway.texts(0)).containsExactly("a");
    }

    @Test
    void theSameFragmentTwiceIsNoBreach() {
        var message = "abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        inject(forged(writer -> writer.tryFragment(0, Delivery.ORDERED, 1, message, 6, 0, 3)));
        sent.add(null);
        inject(forged(writer -> writer.tryFragment(0, Delivery.ORDERED, 1, message, 6, 0, 3)));
        sent.add(null);
        inject(forged(writer -> writer.tryFragment(0, Delivery.ORDERED, 1, message, 6, 3, 3)));
        assertThat(pair.gateway.texts(0)).containsExactly("abcdef");
        assertThat(pair.gateway.reserved).isZero();
    }

    /**
     * Frames that no honest client sends.
     *
     * @param text what it is told
     */
    record Breach(String name, String text, Consumer<FrameWriter> frames) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Breach> breaches() {
        return Stream.of(
                new Breach(
                        "unknown kind",
                        "unknown frame kind",
                        writer -> writer.tryFrame(new byte[] {0x0c})),
                new Breach(
                        "reserved kind",
                        "unknown frame kind",
                        writer -> writer.tryFrame(new byte[] {(byte) 0xc0})),
                new Breach(
                        "cut off",
                        "broken frame",
                        writer -> writer.tryFrame(new byte[] {FrameKind.MESSAGE, 0, 1, 40, 1})),
                new Breach(
                        "number 0",
                        "broken frame",
                        writer -> writer.tryMessage(0, Delivery.ORDERED, 0, new byte[1], 1)),
                new Breach(
                        "number too large",
                        "broken frame",
                        writer ->
                                writer.tryMessage(
                                        0,
                                        Delivery.ORDERED,
                                        FrameKind.MAX_NUMBER + 1,
                                        new byte[1],
                                        1)),
                new Breach(
                        "empty fragment",
                        "broken frame",
                        writer -> writer.tryFragment(0, Delivery.ORDERED, 1, new byte[9], 9, 3, 0)),
                new Breach(
                        "fragment behind its total",
                        "broken frame",
                        writer ->
                                writer.tryFragment(0, Delivery.ORDERED, 1, new byte[20], 9, 8, 2)),
                new Breach(
                        "message too large",
                        "message too large",
                        writer ->
                                writer.tryFragment(
                                        0, Delivery.ORDERED, 1, new byte[9], 262_145, 0, 9)),
                new Breach(
                        "changed total",
                        "fragments do not agree",
                        writer -> {
                            writer.tryFragment(0, Delivery.ORDERED, 1, new byte[9], 9, 0, 2);
                            writer.tryFragment(0, Delivery.ORDERED, 1, new byte[9], 8, 2, 2);
                        }),
                new Breach(
                        "overlap",
                        "fragments overlap",
                        writer -> {
                            writer.tryFragment(0, Delivery.ORDERED, 1, new byte[9], 9, 0, 3);
                            writer.tryFragment(0, Delivery.ORDERED, 1, new byte[9], 9, 2, 3);
                        }),
                new Breach(
                        "whole and in parts",
                        "fragments do not agree",
                        writer -> {
                            writer.tryFragment(0, Delivery.ORDERED, 1, new byte[9], 9, 0, 3);
                            writer.tryMessage(0, Delivery.ORDERED, 1, new byte[9], 9);
                        }),
                new Breach(
                        "changed mode",
                        "channel changed its delivery mode",
                        writer -> {
                            writer.tryMessage(9, Delivery.ORDERED, 1, new byte[9], 9);
                            writer.tryMessage(9, Delivery.RELIABLE, 2, new byte[9], 9);
                        }),
                new Breach(
                        "ack of nothing",
                        "acknowledged what was never sent",
                        writer -> ack(writer, 900, 0, 0, 0)),
                new Breach("ack below zero", "broken frame", writer -> ack(writer, 5, 0, 0, 6)),
                new Breach(
                        "ack of too many ranges",
                        "broken frame",
                        writer -> ack(writer, 5, 0, 33, 0)),
                new Breach(
                        "from the other side",
                        "a frame of the other side",
                        writer -> writer.tryChallenge(1)),
                new Breach(
                        "positions without gap",
                        "broken frame",
                        writer ->
                                writer.tryFrame(
                                        new byte[] {FrameKind.DELIVERY_ACK, 0, 5, 1, 0, 1})),
                new Breach(
                        "attach of part beyond",
                        "broken frame",
                        writer -> writer.tryFrame(new byte[] {FrameKind.ATTACH, 1, 1, 0, 1, 0, 0})),
                new Breach(
                        "reason in no utf8",
                        "broken frame",
                        writer ->
                                writer.tryFrame(new byte[] {FrameKind.CLOSE, 1, 1, (byte) 0xff})));
    }

    private static void ack(FrameWriter writer, long... fields) {
        var frame = new byte[40];
        frame[0] = FrameKind.ACK;
        int end = 1;
        for (long field : fields) {
            end = Varint.write(frame, end, field);
        }
        writer.tryFrame(java.util.Arrays.copyOf(frame, end));
    }
}
