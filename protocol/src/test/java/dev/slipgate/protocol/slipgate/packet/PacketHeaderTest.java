package dev.slipgate.protocol.slipgate.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.DropReason;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketHeaderTest {
    private static final long SESSION = 0xfedcba9876543210L;

    private final byte[] packet = new byte[100];
    private final PacketHeader header = new PacketHeader();

    @ParameterizedTest
    @CsvSource({
        "1, 80fedcba9876543210ef",
        "2, 81fedcba9876543210cdef",
        "3, 82fedcba9876543210abcdef",
        "4, 83fedcba987654321089abcdef"
    })
    void theFieldsStandWhereTheDocumentSays(int numberBytes, String hex) {
        int end = PacketHeader.write(packet, 5, SESSION, 0x0123456789abcdefL, numberBytes);
        assertThat(HexFormat.of().formatHex(packet, 5, end)).isEqualTo(hex);
        assertThat(end - 5).isEqualTo(PacketHeader.length(numberBytes));
    }

    @Test
    void whatIsWrittenParsesBack() {
        var random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            long session = random.nextLong();
            long number = random.nextLong() >>> 2;
            int numberBytes = 1 + random.nextInt(4);
            int offset = random.nextInt(20);
            int end = PacketHeader.write(packet, offset, session, number, numberBytes);
            assertThat(header.parse(packet, offset, 60)).isNull();
            assertThat(header.sessionId()).isEqualTo(session);
            assertThat(PacketHeader.sessionIdAt(packet, offset)).isEqualTo(session);
            assertThat(header.numberBytes()).isEqualTo(numberBytes);
            assertThat(header.truncatedNumber()).isEqualTo(number & mask(numberBytes));
            assertThat(header.number(number - 1)).isEqualTo(number);
            assertThat(header.length()).isEqualTo(end - offset);
            assertThat(header.frameBytes(60)).isEqualTo(60 - 16 - (end - offset));
            assertThat(PacketHeader.isSealed(packet[offset])).isTrue();
        }
    }

    @Test
    void aPacketBelowTheSmallestIsDropped() {
        PacketHeader.write(packet, 0, SESSION, 1, 1);
        assertThat(header.parse(packet, 0, PacketHeader.MIN_PACKET_BYTES)).isNull();
        assertThat(header.parse(packet, 0, PacketHeader.MIN_PACKET_BYTES - 1))
                .isEqualTo(DropReason.BAD_SIZE);
        assertThat(header.parse(new byte[0], 0, 0)).isEqualTo(DropReason.BAD_SIZE);
    }

    @Test
    void onlySealedPacketsWithoutReservedBitsAndKeyPhaseAreTaken() {
        for (int flags = 0; flags < 256; flags++) {
            packet[0] = (byte) flags;
            boolean taken = header.parse(packet, 0, 60) == null;
            assertThat(taken).as("flags %02x", flags).isEqualTo(flags >= 0x80 && flags <= 0x83);
            assertThat(PacketHeader.isSealed(packet[0])).isEqualTo(flags >= 0x80);
            if (!taken) {
                assertThat(header.parse(packet, 0, 60))
                        .isEqualTo(flags < 0x80 ? DropReason.BAD_TYPE : DropReason.RESERVED_BITS);
            }
        }
    }

    private static long mask(int bytes) {
        return (1L << (8 * bytes)) - 1;
    }
}
