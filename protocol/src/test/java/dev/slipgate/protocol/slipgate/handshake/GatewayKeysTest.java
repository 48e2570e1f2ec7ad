package dev.slipgate.protocol.slipgate.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayKeysTest {
    private static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);

    private final GatewayKey one = GatewayKey.of(CRYPTO, CRYPTO.generateX25519());
    private final GatewayKey other = GatewayKey.of(CRYPTO, CRYPTO.generateX25519());

    /** Alice of RFC 7748, section 6.1; the id is what sha256sum says of her public key. */
    @Test
    void aKeyHasTheIdAndTextOfItsPublicHalf() {
        GatewayKey alice =
                GatewayKey.of(
                        CRYPTO,
                        HexFormat.of()
                                .parseHex(
                                        "77076d0a7318a57d3c16c17251b26645"
                                                + "df4c2f87ebc0992ab177fba51db92c2a"));
        assertThat(alice.publicKey().text())
                .isEqualTo("hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo")
                .hasSize(GatewayPublicKey.TEXT_CHARS);
        assertThat(alice.publicKey().idText()).isEqualTo("300c9c96");
        assertThat(alice.id()).isEqualTo(0x300c9c96);
    }

    @Test
    void thePublicKeyIsReadBackFromItsText() {
        GatewayPublicKey key = one.publicKey();
        assertThat(GatewayPublicKey.parse(CRYPTO, key.text()))
                .isEqualTo(key)
                .hasSameHashCodeAs(key);
        assertThat(GatewayPublicKey.parse(CRYPTO, key.text()).id()).isEqualTo(one.id());
        assertThat(key).isNotEqualTo(other.publicKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key",
                "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTm",
                "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo=",
                "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo",
                // The same bytes; two texts of one key would be two pins.
                "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmp",
                "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmoo"
            })
    void anyOtherTextIsRefusedWithWhatItShouldBe(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayPublicKey.parse(CRYPTO, text))
                .withMessageContaining("43 characters of base64url");
    }

    @Test
    void severalKeysLiveAtOnceAndTheFirstIsAnnounced() {
        GatewayKeys keys = new GatewayKeys(List.of(one, other));
        assertThat(keys.announced()).isSameAs(one);
        assertThat(keys.find(one.id())).isSameAs(one);
        assertThat(keys.find(other.id())).isSameAs(other);
        assertThat(keys.find(one.id() ^ 1)).isNull();
        assertThat(keys.all()).containsExactly(one, other);
        assertThat(keys).hasToString(one.publicKey().idText() + ", " + other.publicKey().idText());
    }

    @Test
    void twoKeysOfOneIdAreRefusedAndSoAreNoneAndTooMany() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GatewayKeys(List.of(one, other, one)))
                .withMessageContaining(one.publicKey().idText());
        assertThatIllegalArgumentException().isThrownBy(() -> new GatewayKeys(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GatewayKeys(Collections.nCopies(17, one)))
                .withMessage("17 gateway keys, not 1 to 16");
    }

    @Test
    void noTextOfAKeyTellsItsPrivateHalf() {
        String hidden = HexFormat.of().formatHex(one.pair().privateKey());
        assertThat(one.toString()).doesNotContain(hidden);
    }
}
