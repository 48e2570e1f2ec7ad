package dev.slipgate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.protocol.crypto.WycheproofVectors.Vector;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Wycheproof vector that the port can express, on every provider that can be selected here.
 *
 * <p>What Wycheproof calls "acceptable" is treated by both providers alike. On P-256 it is refused:
 * public keys that are compressed, name their curve by explicit parameters, or are encoded in loose
 * DER. On X25519 it is taken, points of the twist and non-canonical ones, unless the result is
 * zero.
 */
class WycheproofTest {
    static List<String> providers() {
        return CryptoProviders.available();
    }

    @Test
    void bothProvidersAreThereOnTheMachineOfTheBuild() {
        List<String> nativeArchitectures = List.of("amd64", "aarch64");
        boolean hasNative =
                System.getProperty("os.name").equals("Linux")
                        && nativeArchitectures.contains(System.getProperty("os.arch"));
        assertThat(providers())
                .containsExactlyElementsOf(
                        hasNative
                                ? List.of(CryptoProviders.ACCP, CryptoProviders.JDK)
                                : List.of(CryptoProviders.JDK));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aesGcmSealsAndOpensAsTheVectorsSay(String provider) {
        Crypto crypto = CryptoProviders.select(provider);
        List<Vector> vectors = applicable("aes_gcm_test.json", WycheproofTest::fitsThePort);
        for (Vector vector : vectors) {
            byte[] sealed = concatenated(vector.bytes("ct"), vector.bytes("tag"));
            byte[] plain = vector.bytes("msg");
            if (vector.isValid()) {
                assertThat(seal(crypto, vector, plain)).as(vector.title()).isEqualTo(sealed);
                assertThat(open(crypto, vector, sealed)).as(vector.title()).isEqualTo(plain);
            } else {
                assertThat(open(crypto, vector, sealed)).as(vector.title()).isNull();
            }
        }
        report(provider, "AES-GCM", vectors);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void ecdhAgreesOnlyWithCanonicalPointsOfTheCurve(String provider) throws Exception {
        Crypto crypto = CryptoProviders.select(provider);
        List<Vector> vectors = applicable("ecdh_secp256r1_test.json", vector -> true);
        for (Vector vector : vectors) {
            PrivateKey own = privateKey(new BigInteger(1, vector.bytes("private")));
            byte[] peer = vector.bytes("public");
            if (vector.isValid()) {
                assertThat(crypto.ecdhP256(own, peer))
                        .as(vector.title())
                        .isEqualTo(vector.bytes("shared"));
            } else {
                assertThatThrownBy(() -> crypto.ecdhP256(own, peer))
                        .as(vector.title())
                        .isInstanceOf(GeneralSecurityException.class);
            }
        }
        report(provider, "ECDH P-256", vectors);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void ecdsaVerifiesAsTheVectorsSay(String provider) throws Exception {
        Crypto crypto = CryptoProviders.select(provider);
        List<Vector> vectors = applicable("ecdsa_secp256r1_sha256_test.json", vector -> true);
        for (Vector vector : vectors) {
            String spki = vector.group().get("publicKeyDer").textValue();
            PublicKey key = crypto.decodeP256(HexFormat.of().parseHex(spki));
            assertThat(crypto.verifyP256(key, vector.bytes("msg"), vector.bytes("sig")))
                    .as(vector.title())
                    .isEqualTo(vector.isValid());
        }
        report(provider, "ECDSA P-256", vectors);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void hkdfDerivesAsTheVectorsSay(String provider) {
        Crypto crypto = CryptoProviders.select(provider);
        List<Vector> vectors = applicable("hkdf_sha256_test.json", vector -> true);
        for (Vector vector : vectors) {
            int size = vector.test().get("size").intValue();
            byte[] key = vector.bytes("ikm");
            byte[] salt = vector.bytes("salt");
            byte[] info = vector.bytes("info");
            if (vector.isValid()) {
                assertThat(crypto.hkdfSha256(key, salt, info, size))
                        .as(vector.title())
                        .isEqualTo(vector.bytes("okm"));
            } else {
                assertThatThrownBy(() -> crypto.hkdfSha256(key, salt, info, size))
                        .as(vector.title())
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        report(provider, "HKDF-SHA256", vectors);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void x25519AgreesOnAllButZeros(String provider) {
        Crypto crypto = CryptoProviders.select(provider);
        List<Vector> vectors = applicable("x25519_test.json", vector -> true);
        long refused = 0;
        for (Vector vector : vectors) {
            boolean isZero = vector.test().get("flags").toString().contains("ZeroSharedSecret");
            byte[] shared = crypto.agreeX25519(vector.bytes("private"), vector.bytes("public"));
            assertThat(shared).as(vector.title()).isEqualTo(isZero ? null : vector.bytes("shared"));
            refused += isZero ? 1 : 0;
        }
        report(provider, "X25519", vectors, vectors.size() - refused);
    }

    /** The port has AES-128 and AES-256 with nonces of 96 bits and tags of 128, nothing else. */
    private static boolean fitsThePort(Vector vector) {
        int keyBits = vector.group().get("keySize").intValue();
        return (keyBits == 128 || keyBits == 256)
                && vector.group().get("ivSize").intValue() == Aead.NONCE_BYTES * 8
                && vector.group().get("tagSize").intValue() == Aead.TAG_BYTES * 8;
    }

    private static List<Vector> applicable(String file, Predicate<Vector> filter) {
        return WycheproofVectors.read(file).stream().filter(filter).toList();
    }

    private static void report(String provider, String algorithm, List<Vector> vectors) {
        report(provider, algorithm, vectors, vectors.stream().filter(Vector::isValid).count());
    }

    private static void report(
            String provider, String algorithm, List<Vector> vectors, long valid) {
        long acceptable = vectors.stream().filter(v -> v.result().equals("acceptable")).count();
        System.out.printf(
                "Wycheproof %s on %s: %d vectors, %d taken, %d refused; %d of all \"acceptable\"%n",
                algorithm, provider, vectors.size(), valid, vectors.size() - valid, acceptable);
        assertThat(valid).isPositive();
        assertThat(vectors.size() - valid).isPositive();
    }

    private static byte[] seal(Crypto crypto, Vector vector, byte[] plain) {
        byte[] nonce = vector.bytes("iv");
        byte[] aad = vector.bytes("aad");
        byte[] out = new byte[plain.length + Aead.TAG_BYTES];
        Aead aead = crypto.aesGcm(vector.bytes("key"));
        assertThat(aead.seal(nonce, 0, aad, 0, aad.length, plain, 0, plain.length, out, 0))
                .isEqualTo(out.length);
        return out;
    }

    private static byte @Nullable [] open(Crypto crypto, Vector vector, byte[] sealed) {
        byte[] nonce = vector.bytes("iv");
        byte[] aad = vector.bytes("aad");
        byte[] out = new byte[sealed.length - Aead.TAG_BYTES];
        Aead aead = crypto.aesGcm(vector.bytes("key"));
        int opened = aead.open(nonce, 0, aad, 0, aad.length, sealed, 0, sealed.length, out, 0);
        assertThat(opened).isIn(-1, out.length);
        return opened < 0 ? null : out;
    }

    private static PrivateKey privateKey(BigInteger scalar) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(scalar, P256.PARAMETERS));
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        return whole;
    }
}
