package dev.slipgate.protocol.slipgate.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.slipgate.recovery.AckRanges;
import org.junit.jupiter.api.Tag;

/** Whatever a packet holds: its frames lie within it, and say nothing out of bounds. */
@Tag("ci")
class FramesFuzz {
    private final FrameReader reader = new FrameReader();
    private byte[] packet = {};

    @FuzzTest(maxDuration = "25s")
    void fuzz(byte[] input) {
        packet = input;
        reader.begin(input, 0, input.length);
        int first = walk();
        reader.rewind();
        assertThat(walk()).as("frames when read again").isEqualTo(first);
    }

    private int walk() {
        int frames = 0;
        int kind;
        while ((kind = reader.next()) >= 0) {
            assertThat(++frames).isLessThanOrEqualTo(packet.length);
            check(kind);
        }
        if (kind == FrameReader.BROKEN) {
            assertThat(reader.problem()).isNotEmpty();
        }
        return frames;
    }

    private void check(int kind) {
        switch (FrameKind.base(kind)) {
            case FrameKind.ACK -> checkAck();
            case FrameKind.DELIVERY_ACK -> checkPositions();
            case FrameKind.ATTACH -> checkAttach();
            case FrameKind.FLOW -> assertThat(reader.flowLimit()).isNotNegative();
            case FrameKind.PATH_CHALLENGE, FrameKind.PATH_RESPONSE -> reader.challenge();
            case FrameKind.CLOSE -> {
                assertThat(reader.closeCode()).isBetween(0, 1 << Character.SIZE);
                assertThat(reader.closeReason().length())
                        .isLessThanOrEqualTo(FrameKind.MAX_REASON_BYTES);
            }
            case FrameKind.TOKEN -> {
                assertThat(reader.tokenSort()).isBetween(0, 1);
                assertThat(reader.total()).isBetween(0, FrameKind.MAX_TOKEN_BYTES);
                checkPart();
            }
            case FrameKind.TICKET ->
                    assertThat(reader.readTicketFrame().gateways())
                            .hasSizeLessThanOrEqualTo(FrameKind.MAX_GATEWAYS);
            case FrameKind.REDIRECT ->
                    assertThat(reader.readRedirect().ticket())
                            .hasSizeLessThanOrEqualTo(FrameKind.MAX_TICKET_BYTES);
            case FrameKind.MESSAGE, FrameKind.FRAGMENT -> {
                assertThat(reader.number()).isBetween(1L, FrameKind.MAX_NUMBER);
                assertThat(reader.channel()).isBetween(0, 255);
                assertThat(reader.delivery()).isNotNull();
                checkPart();
            }
            default -> assertThat(kind).isEqualTo(FrameKind.PING);
        }
    }

    private void checkPart() {
        assertThat(reader.dataOffset()).isBetween(0, packet.length);
        assertThat(reader.dataLength()).isBetween(0, packet.length - reader.dataOffset());
        assertThat((long) reader.offsetInWhole() + reader.dataLength())
                .isBetween(0L, (long) reader.total());
    }

    private void checkAck() {
        AckRanges ranges = reader.ackRanges();
        assertThat(ranges.count()).isBetween(1, AckRanges.MAX);
        for (int i = 0; i < ranges.count(); i++) {
            assertThat(ranges.low(i)).isBetween(0L, ranges.high(i));
        }
        assertThat(reader.ackDelayNs()).isBetween(0L, 60_000_000_000L);
    }

    private void checkPositions() {
        var positions = new Positions();
        reader.readPositions(positions);
        checkPositions(positions);
    }

    private static void checkPositions(Positions positions) {
        assertThat(positions.upTo()).isNotNegative();
        assertThat(positions.rangeCount()).isBetween(0, FrameKind.MAX_POSITION_RANGES);
        long below = positions.upTo();
        for (int i = 0; i < positions.rangeCount(); i++) {
            assertThat(positions.rangeFrom(i)).isBetween(below + 2, positions.rangeTo(i));
            below = positions.rangeTo(i);
        }
    }

    private void checkAttach() {
        AttachPart part = reader.readAttach();
        assertThat(part.part()).isBetween(0, part.parts() - 1);
        part.content()
                .channels()
                .forEach(
                        each -> {
                            assertThat(each.firstKept()).isBetween(0L, each.next());
                            checkPositions(each.received());
                            checkPositions(each.handled());
                        });
    }
}
