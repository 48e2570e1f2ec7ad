package dev.slipgate.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The public vectors of Noise_NK_25519_AESGCM_SHA256, on every provider that works here. */
class NoiseVectorsTest {
    private static final String PROTOCOL = "Noise_NK_25519_AESGCM_SHA256";

    static List<Crypto> providers() {
        return CryptoProviders.available().stream().map(CryptoProviders::select).toList();
    }

    @Test
    void thereIsAVectorForTheProtocol() throws IOException {
        assertThat(vectors()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void bothSidesSayWhatTheVectorsSay(Crypto crypto) throws IOException {
        for (JsonNode vector : vectors()) {
            JsonNode messages = vector.get("messages");
            NkInitiator initiator =
                    new NkInitiator(
                            crypto,
                            bytes(vector, "init_prologue"),
                            bytes(vector, "init_remote_static"),
                            pair(crypto, vector, "init_ephemeral"));
            NkResponder responder =
                    new NkResponder(
                            crypto,
                            bytes(vector, "resp_prologue"),
                            pair(crypto, vector, "resp_static"));

            byte[] message1 = initiator.writeMessage1(bytes(messages.get(0), "payload"));
            assertThat(message1).isEqualTo(bytes(messages.get(0), "ciphertext"));
            assertThat(responder.readMessage1(message1))
                    .isEqualTo(bytes(messages.get(0), "payload"));
            byte[] message2 =
                    responder.writeMessage2(
                            pair(crypto, vector, "resp_ephemeral"),
                            bytes(messages.get(1), "payload"));
            assertThat(message2).isEqualTo(bytes(messages.get(1), "ciphertext"));
            assertThat(initiator.readMessage2(message2))
                    .isEqualTo(bytes(messages.get(1), "payload"));

            byte[] hash = bytes(vector, "handshake_hash");
            assertThat(initiator.transportKeys().handshakeHash()).isEqualTo(hash);
            assertThat(responder.transportKeys().handshakeHash()).isEqualTo(hash);
            checkTransport(crypto, initiator.transportKeys(), messages);
            checkTransport(crypto, responder.transportKeys(), messages);
        }
    }

    /** The messages behind the handshake take turns, each direction with numbers of its own. */
    private static void checkTransport(Crypto crypto, TransportKeys keys, JsonNode messages) {
        for (int i = 2; i < messages.size(); i++) {
            byte[] key = i % 2 == 0 ? keys.initiatorToResponder() : keys.responderToInitiator();
            byte[] nonce = new byte[Aead.NONCE_BYTES];
            NoiseNonce.put(nonce, i / 2 - 1);
            byte[] plain = bytes(messages.get(i), "payload");
            byte[] sealed = new byte[plain.length + Aead.TAG_BYTES];
            crypto.aesGcm(key).seal(nonce, 0, nonce, 0, 0, plain, 0, plain.length, sealed, 0);
            assertThat(sealed).as("message %d", i).isEqualTo(bytes(messages.get(i), "ciphertext"));
        }
        assertThat(messages.size()).isGreaterThan(4);
    }

    private static List<JsonNode> vectors() throws IOException {
        String file = "noise_nk_25519_aesgcm_sha256.json";
        try (InputStream in = NoiseVectorsTest.class.getResourceAsStream(file)) {
            JsonNode root = new ObjectMapper().readTree(Objects.requireNonNull(in, file));
            List<JsonNode> vectors = new ArrayList<>();
            for (JsonNode vector : root.get("vectors")) {
                if (vector.get("protocol_name").textValue().equals(PROTOCOL)) {
                    vectors.add(vector);
                }
            }
            return vectors;
        }
    }

    private static X25519KeyPair pair(Crypto crypto, JsonNode vector, String field) {
        return crypto.x25519Pair(bytes(vector, field));
    }

    private static byte[] bytes(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.get(field).textValue());
    }
}
