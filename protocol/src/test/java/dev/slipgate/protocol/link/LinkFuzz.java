package dev.slipgate.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipgate.protocol.channel.Positions;
import org.junit.jupiter.api.Tag;

/** Any bytes as a batch between a gateway and a node. */
@Tag("ci")
class LinkFuzz {
    private byte[] batch = {};

    @FuzzTest(maxDuration = "25s")
    void fuzz(byte[] input) {
        batch = input;
        var header = new BatchHeader();
        if (header.read(input, 0, input.length)) {
            var again = new byte[LinkWire.HEADER_BYTES];
            header.write(again, 0);
            HelloBody.read(input, again.length, input.length - again.length);
        }
        walk(Math.min(input.length, LinkWire.HEADER_BYTES));
        walk(0);
    }

    private void walk(int offset) {
        var reader = new FrameReader();
        reader.begin(batch, offset, batch.length);
        int left = batch.length;
        while (reader.next() == FrameReader.Step.FRAME) {
            assertThat(--left).isNotNegative();
            assertThat(reader.frameOffset()).isNotNegative();
            assertThat(reader.frameOffset() + reader.frameLength())
                    .isLessThanOrEqualTo(batch.length);
            check(reader);
        }
    }

    private void check(FrameReader frame) {
        switch (frame.kind()) {
            case LinkWire.OPEN -> {
                assertThat(frame.dialect()).isNotNull();
                assertThat(frame.address()).isNotNull();
                assertThat(frame.identity()).isNotNull();
                frame.generation();
                frame.epoch();
                frame.capabilities();
                frame.downLimitBytes();
            }
            case LinkWire.DATA -> {
                assertThat(frame.number()).isPositive();
                assertThat(frame.delivery()).isNotNull();
                assertThat(frame.dataLength()).isNotNegative();
                assertThat(frame.dataOffset() + frame.dataLength())
                        .isLessThanOrEqualTo(batch.length);
                if (frame.firstOfMany()) {
                    assertThat(frame.totalLength()).isNotNegative();
                }
            }
            case LinkWire.DELIVERY_ACK -> {
                var handled = new Positions();
                frame.handled(handled);
                assertThat(handled.upTo()).isNotNegative();
                assertThat(handled.rangeCount()).isBetween(0, 255);
            }
            case LinkWire.CREDIT -> assertThat(frame.limitBytes()).isNotNegative();
            case LinkWire.CLOSE -> {
                frame.closeCode();
                assertThat(frame.closeDetail()).isNotNull();
            }
            case LinkWire.HEARTBEAT -> {
                frame.load();
                frame.accepting();
            }
            case LinkWire.QUALITY -> frame.count(5);
            default -> throw new AssertionError("kind " + frame.kind());
        }
    }
}
