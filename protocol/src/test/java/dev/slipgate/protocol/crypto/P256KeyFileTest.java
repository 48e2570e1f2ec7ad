package dev.slipgate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class P256KeyFileTest {
    private static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.AUTO);
    private static final byte[] MESSAGE = {1, 2, 3};

    @ParameterizedTest
    @ValueSource(strings = {"root.key", "root-sec1.key", "root-sec1-private-only.key"})
    void theSameKeyIsReadFromEveryForm(String file) throws Exception {
        KeyPair keys = P256KeyFile.readPrivate(text(file));
        assertThat(P256KeyFile.writePrivate(keys)).isEqualTo(text("root.key"));
        assertThat(P256KeyFile.writePublic(keys.getPublic())).isEqualTo(text("root.pub"));
        byte[] signature = CRYPTO.signP256(keys.getPrivate(), MESSAGE);
        assertThat(CRYPTO.verifyP256(P256KeyFile.readPublic(text("root.pub")), MESSAGE, signature))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aFreshKeyIsReadBackAsItWasWritten(int round) throws Exception {
        Crypto crypto =
                CryptoProviders.select(
                        CryptoProviders.available()
                                .get(round % CryptoProviders.available().size()));
        KeyPair keys = crypto.generateP256();
        String text = P256KeyFile.writePrivate(keys);
        KeyPair read = P256KeyFile.readPrivate(text);
        assertThat(P256KeyFile.writePrivate(read)).isEqualTo(text);
        assertThat(read.getPublic().getEncoded()).isEqualTo(keys.getPublic().getEncoded());
        assertThat(P256KeyFile.readPublic(P256KeyFile.writePublic(keys.getPublic())).getEncoded())
                .isEqualTo(keys.getPublic().getEncoded());
    }

    @Test
    void thePointOfTheLargestScalarIsTheGeneratorMirrored() {
        BigInteger order = P256.PARAMETERS.getOrder();
        var mirrored = P256.publicPoint(order.subtract(BigInteger.ONE));
        assertThat(mirrored.getAffineX()).isEqualTo(P256.PARAMETERS.getGenerator().getAffineX());
        assertThat(mirrored.getAffineY()).isNotEqualTo(P256.PARAMETERS.getGenerator().getAffineY());
        assertThat(P256.isScalar(order)).isFalse();
        assertThat(P256.isScalar(BigInteger.ZERO)).isFalse();
    }

    @Test
    void windowsLineEndsAndTextAroundTheBlockDoNoHarm() throws Exception {
        String text = "# our root key\n" + text("root.key") + "end\n";
        KeyPair keys = P256KeyFile.readPrivate(text.replace("\n", "\r\n"));
        assertThat(P256KeyFile.writePrivate(keys)).isEqualTo(text("root.key"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    root-encrypted.key      | encrypted: decrypt it with 'openssl pkey
                    root-sec1-encrypted.key | encrypted: decrypt it with 'openssl pkey
                    rsa.key                 | not a P-256 private key (another algorithm): make a key with
                    secp384r1.key           | not a P-256 private key (another curve): make a key with
                    secp384r1-sec1.key      | not a P-256 private key (another curve): make a key with
                    secp256k1-sec1.key      | not a P-256 private key (another curve): make a key with
                    root.pub                | this is a public key, and the private one is needed
                    README.md               | no PEM block of a private key: make a key with
                    """)
    void aFileThatIsNoPrivateKeyIsRefusedWithItsReasonAndARemedy(String file, String message) {
        assertThatThrownBy(() -> P256KeyFile.readPrivate(text(file)))
                .isInstanceOf(InvalidKeyFileException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    root.key      | this is a private key, and the public one is needed
                    secp384r1.pub | not a P-256 public key
                    README.md     | no PEM block of a public key
                    """)
    void aFileThatIsNoPublicKeyIsRefusedWithItsReasonAndARemedy(String file, String message) {
        assertThatThrownBy(() -> P256KeyFile.readPublic(text(file)))
                .isInstanceOf(InvalidKeyFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aLongTextIsNoKeyFile() {
        assertThatThrownBy(() -> P256KeyFile.readPrivate("-".repeat(70_000)))
                .isInstanceOf(InvalidKeyFileException.class)
                .hasMessageContaining("70000 characters");
    }

    @Test
    void damagedTextsAreRefusedOrAreKeysAndNeverThrowOtherwise() throws Exception {
        Random random = new Random(7);
        String[] samples = {text("root.key"), text("root-sec1.key"), text("rsa.key")};
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            StringBuilder text = new StringBuilder(samples[i % samples.length]);
            for (int change = random.nextInt(3); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
            }
            text.setLength(text.length() - random.nextInt(3) * random.nextInt(60));
            try {
                P256KeyFile.readPrivate(text.toString());
            } catch (InvalidKeyFileException e) {
                refused++;
                assertThat(e).hasMessageContaining(": ");
            }
        }
        assertThat(refused).isBetween(200, 599);
    }

    private static String text(String file) throws IOException {
        try (InputStream in = P256KeyFileTest.class.getResourceAsStream("keys/" + file)) {
            return new String(
                    Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
