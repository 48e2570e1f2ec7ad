package dev.slipgate.protocol.slipgate.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketNumbersTest {
    /** RFC 9000, appendix A.3. */
    @Test
    void theExampleOfTheRfcExpands() {
        assertThat(PacketNumbers.expand(0x9b32, 2, 0xa82f30eaL)).isEqualTo(0xa82f9b32L);
    }

    /** RFC 9000, appendix A.2; then the bounds around one and two bytes. */
    @ParameterizedTest
    @CsvSource({
        "0xac5c02, 0xabe8b3, 2",
        "0xace8fe, 0xabe8b3, 3",
        "0, -1, 1",
        "126, -1, 1",
        "127, -1, 2",
        "32766, -1, 2",
        "32767, -1, 3",
        "0x7fffff, 0, 3",
        "0x800000, 0, 4",
        "0x7fffffff, 0, 4",
        "0xffffffffff, 0, 4"
    })
    void theLengthCoversTwiceTheDistance(String number, String largestAcked, int bytes) {
        assertThat(PacketNumbers.lengthFor(Long.decode(number), Long.decode(largestAcked)))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        // truncated, bytes, largest, number
        "0, 1, -1, 0",
        "5, 1, -1, 5",
        "0xff, 1, -1, 0xff", // nothing below 0 to fall back to
        "0, 1, 255, 256",
        "1, 1, 255, 257",
        "0xff, 1, 256, 255", // late, from before the wrap
        "0x7f, 1, 255, 383",
        "0x80, 1, 255, 384", // as far ahead as half a window
        "0, 1, 383, 512",
        "0x81, 1, 255, 129", // nearer from behind
        "0xfffe, 2, 0x1fffd, 0x1fffe",
        // 2^62 - 4, and nothing above 2^62 - 1 to go on to
        "0x3fffffff, 4, 0x3ffffffffffffffc, 0x3fffffff3fffffff"
    })
    void theNearestNumberToTheExpectedIsTaken(
            String truncated, int bytes, String largest, String number) {
        assertThat(PacketNumbers.expand(Long.decode(truncated), bytes, Long.decode(largest)))
                .isEqualTo(Long.decode(number));
    }

    @Test
    void nothingExpandsBeyondTheRange() {
        var random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            int bytes = 1 + random.nextInt(4);
            long truncated = random.nextLong() & mask(bytes);
            long largest = (random.nextLong() >>> (2 + random.nextInt(62))) - 1;
            long number = PacketNumbers.expand(truncated, bytes, largest);
            assertThat(number).isBetween(0L, Varint.MAX);
            assertThat(number & mask(bytes)).isEqualTo(truncated);
        }
    }

    @Test
    void aSentNumberIsFoundByAnyPeerThatIsBetweenTheAckAndIt() {
        var random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long acked = (random.nextLong() >>> (3 + random.nextInt(59))) - 1;
            long distance = 1L + (random.nextInt() >>> (2 + random.nextInt(29)));
            long number = acked + distance;
            int bytes = PacketNumbers.lengthFor(number, acked);
            long truncated = number & mask(bytes);
            // The peer has the acknowledged packet, and may have as many beyond the sent one.
            long largest = acked + random.nextLong(2 * distance);
            assertThat(PacketNumbers.expand(truncated, bytes, largest)).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "4, 5"})
    void aNumberThatCannotBeTruncatedIsTheCallersBug(String number, String largestAcked) {
        assertThatThrownBy(
                        () ->
                                PacketNumbers.lengthFor(
                                        Long.decode(number), Long.decode(largestAcked)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNonceIsFourZerosAndTheWholeNumber() {
        var nonce = new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
        PacketNumbers.writeNonce(nonce, 1, 0x0102030405060708L);
        assertThat(HexFormat.of().formatHex(nonce)).isEqualTo("09000000000102030405060708");
    }

    private static long mask(int bytes) {
        return (1L << (8 * bytes)) - 1;
    }
}
