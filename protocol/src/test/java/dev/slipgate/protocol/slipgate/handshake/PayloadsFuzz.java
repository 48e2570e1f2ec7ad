package dev.slipgate.protocol.slipgate.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/** Any bytes as what stands in INIT, RESPONSE and REFUSE, and as a key in text form. */
@Tag("ci")
class PayloadsFuzz {
    private static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);

    @FuzzTest(maxDuration = "15s")
    void fuzz(byte[] input) {
        InitPayload init = InitPayload.decode(Arrays.copyOf(input, InitPayload.BYTES));
        if (init != null) {
            assertThat(InitPayload.decode(init.encode())).isEqualTo(init);
        }
        ResponsePayload response = ResponsePayload.decode(input);
        if (response != null) {
            assertThat(response.encode()).isEqualTo(input);
        }
        if (ClearHeader.refusal(input, 0, input.length) == null
                && input.length == RefusePacket.BYTES) {
            RefusePacket.decode(input, 0);
        }
        readsKey(new String(input, StandardCharsets.ISO_8859_1));
    }

    private static void readsKey(String text) {
        try {
            GatewayPublicKey key = GatewayPublicKey.parse(CRYPTO, text);
            assertThat(key.bytes()).hasSize(32);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("null"); // told to a user
        }
    }
}
