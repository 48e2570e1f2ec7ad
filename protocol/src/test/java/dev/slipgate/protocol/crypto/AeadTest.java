package dev.slipgate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AeadTest {
    private static final int AAD_BYTES = 20;

    /** The JIT removes most of the garbage, when it gets to it. */
    private static final int MAX_ATTEMPTS = 100;

    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    static List<String> providers() {
        return CryptoProviders.available();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aPacketIsSealedAndOpenedInPlaceBehindItsHeader(String provider) {
        Crypto crypto = CryptoProviders.select(provider);
        byte[] plain = random(1200);
        byte[] packet = Arrays.copyOf(plain, 1200 + Aead.TAG_BYTES);
        int sealed = inPlace(crypto.aesGcm(KEY), packet, 1200);
        assertThat(sealed).isEqualTo(1200 + Aead.TAG_BYTES);
        int length = 1200 - AAD_BYTES;
        int opened =
                crypto.aesGcm(KEY)
                        .open(
                                packet,
                                0,
                                packet,
                                0,
                                AAD_BYTES,
                                packet,
                                AAD_BYTES,
                                length + Aead.TAG_BYTES,
                                packet,
                                AAD_BYTES);
        assertThat(opened).isEqualTo(length);
        assertThat(Arrays.copyOf(packet, 1200)).isEqualTo(plain);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void openingWorksAgainAndAgainWithOneNonceAndAfterAWrongTag(String provider) {
        Crypto crypto = CryptoProviders.select(provider);
        byte[] packet = random(300);
        inPlace(crypto.aesGcm(KEY), packet, 300 - Aead.TAG_BYTES);
        Aead opener = crypto.aesGcm(KEY);
        byte[] out = new byte[300];
        for (int round = 0; round < 3; round++) {
            assertThat(open(opener, packet, out)).isEqualTo(300 - AAD_BYTES - Aead.TAG_BYTES);
            packet[100] ^= 1;
            assertThat(open(opener, packet, out)).isEqualTo(-1);
            packet[100] ^= 1;
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void everyFlippedBitIsNoticed(String provider) {
        Crypto crypto = CryptoProviders.select(provider);
        byte[] packet = random(60);
        inPlace(crypto.aesGcm(KEY), packet, 60 - Aead.TAG_BYTES);
        Aead opener = crypto.aesGcm(KEY);
        byte[] out = new byte[60];
        for (int bit = 0; bit < 60 * 8; bit++) {
            packet[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(open(opener, packet, out)).as("bit %d", bit).isEqualTo(-1);
            packet[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(open(opener, packet, out)).isPositive();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anEmptyMessageIsATagAndLessIsRefused(String provider) {
        Crypto crypto = CryptoProviders.select(provider);
        byte[] packet = random(AAD_BYTES + Aead.TAG_BYTES);
        assertThat(inPlace(crypto.aesGcm(KEY), packet, AAD_BYTES)).isEqualTo(packet.length);
        Aead opener = crypto.aesGcm(KEY);
        assertThat(open(opener, packet, new byte[0])).isZero();
        for (int length = 0; length < Aead.TAG_BYTES; length++) {
            assertThat(opener.open(packet, 0, packet, 0, 20, packet, 20, length, packet, 20))
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void oneObjectMaySealAndOpenInTurn(String provider) {
        Aead aead = CryptoProviders.select(provider).aesGcm(KEY);
        byte[] out = new byte[100];
        for (int round = 0; round < 5; round++) {
            byte[] packet = random(100);
            packet[0] = (byte) round;
            inPlace(aead, packet, 100 - Aead.TAG_BYTES);
            assertThat(open(aead, packet, out)).isEqualTo(100 - AAD_BYTES - Aead.TAG_BYTES);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aSmallOutputAndAnOddKeyAreTheCallersBugs(String provider) {
        Crypto crypto = CryptoProviders.select(provider);
        byte[] packet = random(100);
        Aead aead = crypto.aesGcm(KEY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> inPlace(aead, packet, 100))
                .withMessageContaining("needs 96 bytes, has room for 80");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> crypto.aesGcm(new byte[24]))
                .withMessageContaining("24 bytes");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aSmallPacketMakesLittleGarbage(String provider) {
        Crypto crypto = CryptoProviders.select(provider);
        Aead sealer = crypto.aesGcm(KEY);
        Aead opener = crypto.aesGcm(KEY);
        byte[] plain = random(220);
        byte[] packet = new byte[220 + Aead.TAG_BYTES];
        byte[] out = new byte[220];
        int rounds = 20_000;
        long bytes = Long.MAX_VALUE;
        long limit = provider.equals(CryptoProviders.ACCP) ? 100 : 2500;
        for (int attempt = 0; attempt < MAX_ATTEMPTS && bytes >= limit; attempt++) {
            long before = allocatedBytes();
            for (int i = 0; i < rounds; i++) {
                nextNonce(plain);
                System.arraycopy(plain, 0, packet, 0, AAD_BYTES);
                sealer.seal(plain, 0, plain, 0, 20, plain, 20, 200, packet, 20);
                open(opener, packet, out);
            }
            bytes = Math.min(bytes, (allocatedBytes() - before) / rounds);
        }
        System.out.printf("%s: %d bytes of garbage to seal and open 200 bytes%n", provider, bytes);
        assertThat(bytes).isLessThan(limit);
    }

    private static int inPlace(Aead aead, byte[] packet, int length) {
        return AAD_BYTES
                + aead.seal(
                        packet,
                        0,
                        packet,
                        0,
                        AAD_BYTES,
                        packet,
                        AAD_BYTES,
                        length - AAD_BYTES,
                        packet,
                        AAD_BYTES);
    }

    private static int open(Aead opener, byte[] packet, byte[] out) {
        int sealed = packet.length - AAD_BYTES;
        return opener.open(packet, 0, packet, 0, AAD_BYTES, packet, AAD_BYTES, sealed, out, 0);
    }

    private static void nextNonce(byte[] nonce) {
        for (int i = 0; i < 4 && ++nonce[i] == 0; i++) {}
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
