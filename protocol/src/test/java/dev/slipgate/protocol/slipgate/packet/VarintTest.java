package dev.slipgate.protocol.slipgate.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VarintTest {
    /** RFC 9000, appendix A.1. */
    @ParameterizedTest
    @CsvSource({
        "c2197c5eff14e88c, 151288809941952652",
        "9d7f3e7d, 494878333",
        "7bbd, 15293",
        "25, 37",
        "4025, 37"
    })
    void theExamplesOfTheRfcRead(String hex, long value) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(Varint.read(bytes, 0, bytes.length)).isEqualTo(value);
        assertThat(Varint.lengthAt(bytes, 0)).isEqualTo(bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "37, 25",
        "63, 3f",
        "64, 4040",
        "16383, 7fff",
        "16384, 80004000",
        "1073741823, bfffffff",
        "1073741824, c000000040000000",
        "4611686018427387903, ffffffffffffffff"
    })
    void theShortestFormIsWritten(long value, String hex) {
        var out = new byte[10];
        int end = Varint.write(out, 1, value);
        assertThat(HexFormat.of().formatHex(out, 1, end)).isEqualTo(hex);
        assertThat(Varint.length(value)).isEqualTo(end - 1);
    }

    @Test
    void whatIsWrittenReadsBack() {
        var random = new Random(1);
        var out = new byte[Varint.MAX_BYTES];
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >>> (2 + random.nextInt(62));
            int end = Varint.write(out, 0, value);
            assertThat(Varint.read(out, 0, end)).isEqualTo(value);
        }
    }

    @Test
    void anIntegerCutShortIsTruncated() {
        var out = new byte[16];
        for (long value : new long[] {1, 100, 100_000, Varint.MAX}) {
            int end = Varint.write(out, 3, value);
            for (int cut = 3; cut < end; cut++) {
                assertThat(Varint.read(Arrays.copyOf(out, cut), 3, cut))
                        .isEqualTo(Varint.TRUNCATED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Varint.MAX + 1, Long.MIN_VALUE})
    void aValueOutOfRangeIsTheCallersBug(long value) {
        assertThatThrownBy(() -> Varint.write(new byte[8], 0, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Long.toString(value));
    }
}
