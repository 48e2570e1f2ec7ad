package dev.slipgate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes between every two providers, and what the vectors leave out. */
class CryptoTest {
    private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.US_ASCII);

    static List<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (String one : CryptoProviders.available()) {
            for (String other : CryptoProviders.available()) {
                pairs.add(Arguments.of(CryptoProviders.select(one), CryptoProviders.select(other)));
            }
        }
        return pairs;
    }

    static List<Crypto> providers() {
        return CryptoProviders.available().stream().map(CryptoProviders::select).toList();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void twoEndsAgreeOnOneSecret(Crypto client, Crypto server) throws Exception {
        KeyPair one = client.generateP256();
        KeyPair other = server.generateP256();
        byte[] shared = client.ecdhP256(one.getPrivate(), other.getPublic().getEncoded());
        assertThat(shared).hasSize(32);
        assertThat(server.ecdhP256(other.getPrivate(), one.getPublic().getEncoded()))
                .isEqualTo(shared);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void oneVerifiesWhatTheOtherSignedWithWhoeversKey(Crypto signer, Crypto verifier) {
        KeyPair keys = verifier.generateP256();
        byte[] signature = signer.signP256(keys.getPrivate(), MESSAGE);
        assertThat(verifier.verifyP256(keys.getPublic(), MESSAGE, signature)).isTrue();
        assertThat(verifier.verifyP256(signer.generateP256().getPublic(), MESSAGE, signature))
                .isFalse();
        assertThat(verifier.verifyP256(keys.getPublic(), new byte[3], signature)).isFalse();
        assertThat(verifier.verifyP256(keys.getPublic(), MESSAGE, new byte[0])).isFalse();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aPublicKeyTravelsAs91Bytes(Crypto crypto) throws Exception {
        byte[] spki = crypto.generateP256().getPublic().getEncoded();
        assertThat(spki).hasSize(91);
        assertThat(crypto.decodeP256(spki).getEncoded()).isEqualTo(spki);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aRefusedKeyCostsNoStackTrace(Crypto crypto) {
        byte[] spki = crypto.generateP256().getPublic().getEncoded();
        spki[60] ^= 1;
        assertThatThrownBy(() -> crypto.decodeP256(spki))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("not an uncompressed point")
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
        assertThatThrownBy(() -> crypto.decodeP256(new byte[0]))
                .isInstanceOf(GeneralSecurityException.class)
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void twoEndsAgreeOnOneX25519Secret(Crypto client, Crypto server) {
        X25519KeyPair one = client.generateX25519();
        X25519KeyPair other = server.generateX25519();
        byte[] shared = client.agreeX25519(one.privateKey(), other.publicKey());
        assertThat(shared).hasSize(32);
        assertThat(server.agreeX25519(other.privateKey(), one.publicKey())).isEqualTo(shared);
        assertThat(server.x25519Pair(one.privateKey()).publicKey()).isEqualTo(one.publicKey());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anX25519KeyHas32BytesAndKeepsThePrivateOneOutOfLogs(Crypto crypto) {
        byte[] key = crypto.generateX25519().privateKey();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> crypto.x25519Pair(Arrays.copyOf(key, 31)))
                .withMessage("X25519 key of 31 bytes, not 32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> crypto.agreeX25519(key, Arrays.copyOf(key, 33)));
        assertThat(crypto.x25519Pair(key).toString()).doesNotContain(HexFormat.of().formatHex(key));
    }

    /** FIPS 180-4's example "abc", and test case 2 of RFC 4231. */
    @ParameterizedTest
    @MethodSource("providers")
    void hashAndMacRunOverTheirPartsAsOverTheWhole(Crypto crypto) {
        assertThat(crypto.sha256(ascii("ab"), ascii(""), ascii("c")))
                .asHexString()
                .isEqualToIgnoringCase(
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(
                        crypto.hmacSha256(
                                ascii("Jefe"), ascii("what do ya want "), ascii("for nothing?")))
                .asHexString()
                .isEqualToIgnoringCase(
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theWarmUpStopsAtItsBudget(Crypto crypto) {
        AtomicLong calls = new AtomicLong();
        long slowNs = 10_000_000;
        CryptoWarmUp.run(crypto, () -> calls.incrementAndGet() * slowNs);
        assertThat(calls.get() * slowNs / 1_000_000).isBetween(150L, 300L);
    }
}
