package dev.slipgate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class X25519KeyFileTest {
    private static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);

    /** What 'openssl pkey -text' says of the file. */
    @Test
    void aKeyOfOpenSslIsReadAndWrittenAsItWas() throws Exception {
        byte[] key = X25519KeyFile.readPrivate(text("gateway.key"));
        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo("f81e1d378b110f3dd72c062058fb3071392092ea42349ccf43c95d7696b18e67");
        assertThat(HexFormat.of().formatHex(CRYPTO.x25519Pair(key).publicKey()))
                .isEqualTo("7aedf76f85a3a292be1bde0078996fb452b1e3422323df2e6d78e0f9d45f0f1d");
        assertThat(X25519KeyFile.writePrivate(key)).isEqualTo(text("gateway.key"));
    }

    @Test
    void aFreshKeyIsReadBackAsItWasWritten() throws Exception {
        byte[] key = CRYPTO.generateX25519().privateKey();
        assertThat(X25519KeyFile.readPrivate(X25519KeyFile.writePrivate(key))).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gateway-encrypted.key   | encrypted: decrypt it with 'openssl pkey
                    gateway-spki.pub        | this is a public key, and the private one is needed
                    ed25519.key             | not an X25519 private key (another algorithm): make a key with
                    rsa.key                 | not an X25519 private key (another algorithm)
                    root.key                | not an X25519 private key (a key on a NIST curve, such as mpgameserver's
                    root-sec1.key           | not an X25519 private key (an EC PRIVATE KEY)
                    README.md               | no PEM block of a private key: make a key with 'slipgate keygen
                    """)
    void aFileThatIsNoSuchKeyIsRefusedWithItsReasonAndARemedy(String file, String message) {
        assertThatThrownBy(() -> X25519KeyFile.readPrivate(text(file)))
                .isInstanceOf(InvalidKeyFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void damagedTextsAreRefusedOrAreKeysAndNeverThrowOtherwise() throws Exception {
        Random random = new Random(8);
        String sample = text("gateway.key");
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder(sample);
            for (int change = random.nextInt(3); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
            }
            try {
                assertThat(X25519KeyFile.readPrivate(text.toString())).hasSize(32);
            } catch (InvalidKeyFileException e) {
                refused++;
                assertThat(e).hasMessageContaining(": ");
            }
        }
        assertThat(refused).isBetween(200, 499);
    }

    private static String text(String file) throws IOException {
        try (InputStream in = X25519KeyFileTest.class.getResourceAsStream("keys/" + file)) {
            return new String(
                    Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
