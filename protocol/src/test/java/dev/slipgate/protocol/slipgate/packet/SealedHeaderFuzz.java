package dev.slipgate.protocol.slipgate.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipgate.protocol.fuzz.Input;
import org.junit.jupiter.api.Tag;

/** Any bytes as the outside of a sealed packet, and any numbers in it. */
@Tag("ci")
class SealedHeaderFuzz {
    private static final long HIGHEST = (1L << 32) - 1;

    private final PacketHeader header = new PacketHeader();
    private final ReplayWindow window = new ReplayWindow();

    @FuzzTest(maxDuration = "15s")
    void fuzz(byte[] bytes) {
        new SealedHeaderFuzz().run(bytes); // the fuzzer's instance is always the same
    }

    private void run(byte[] bytes) {
        readsHeader(bytes);
        readsVarints(bytes);
        var input = new Input(bytes);
        while (!input.atEnd()) {
            takesNumber(input);
        }
    }

    private void readsHeader(byte[] bytes) {
        if (header.parse(bytes, 0, bytes.length) != null) {
            return;
        }
        assertThat(header.length()).isBetween(PacketHeader.length(1), PacketHeader.length(4));
        assertThat(header.frameBytes(bytes.length)).isNotNegative();
        var again = new byte[header.length()];
        int numberBytes = header.numberBytes();
        PacketHeader.write(again, 0, header.sessionId(), header.truncatedNumber(), numberBytes);
        assertThat(again).isEqualTo(java.util.Arrays.copyOf(bytes, again.length));
    }

    private static void readsVarints(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            long value = Varint.read(bytes, at, bytes.length);
            if (value == Varint.TRUNCATED) {
                return;
            }
            assertThat(value).isBetween(0L, Varint.MAX);
            at += Varint.lengthAt(bytes, at);
            var shortest = new byte[Varint.MAX_BYTES];
            int end = Varint.write(shortest, 0, value);
            assertThat(Varint.read(shortest, 0, end)).isEqualTo(value);
        }
    }

    /** A number that was sent within reach is found again; the window takes each number once. */
    private void takesNumber(Input input) {
        long highest = window.highest();
        int numberBytes = 1 + input.u8() % 4;
        long mask = (1L << (8 * numberBytes)) - 1;
        long truncated = input.i64() & mask;
        long number = PacketNumbers.expand(truncated, numberBytes, highest);
        assertThat(number & mask).isEqualTo(truncated);
        if (number < 0 || number > HIGHEST) {
            return;
        }
        if (window.check(number) == null) {
            window.record(number);
            assertThat(window.check(number)).isNotNull();
            assertThat(window.highest()).isEqualTo(Math.max(highest, number));
        }
    }
}
