package dev.slipgate.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What goes wrong in a handshake: a value to whoever reads, and nothing has changed. */
class NkTest {
    private static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.AUTO);
    private static final X25519KeyPair GATEWAY = CRYPTO.generateX25519();
    private static final byte[] PROLOGUE = ascii("prologue");
    private static final byte[] QUESTION = ascii("question");
    private static final byte[] ANSWER = ascii("answer");

    private final NkInitiator initiator = initiator(PROLOGUE, GATEWAY.publicKey());
    private final NkResponder responder = new NkResponder(CRYPTO, PROLOGUE, GATEWAY);

    @Test
    void bothSidesEndWithTheSameKeysOnePerDirection() {
        finishHandshake();
        TransportKeys ours = initiator.transportKeys();
        TransportKeys theirs = responder.transportKeys();
        assertThat(ours.initiatorToResponder())
                .hasSize(32)
                .isEqualTo(theirs.initiatorToResponder());
        assertThat(ours.responderToInitiator())
                .hasSize(32)
                .isEqualTo(theirs.responderToInitiator());
        assertThat(ours.initiatorToResponder()).isNotEqualTo(ours.responderToInitiator());
        assertThat(ours.handshakeHash()).hasSize(32).isEqualTo(theirs.handshakeHash());
    }

    @Test
    void twoHandshakesShareNoKey() {
        finishHandshake();
        NkInitiator other = initiator(PROLOGUE, GATEWAY.publicKey());
        NkResponder otherResponder = new NkResponder(CRYPTO, PROLOGUE, GATEWAY);
        otherResponder.readMessage1(other.writeMessage1(QUESTION));
        otherResponder.writeMessage2(CRYPTO.generateX25519(), ANSWER);
        assertThat(otherResponder.transportKeys().initiatorToResponder())
                .isNotEqualTo(responder.transportKeys().initiatorToResponder());
    }

    @Test
    void noMessageOpensWithAnyOfItsBytesAltered() {
        byte[] message1 = initiator.writeMessage1(QUESTION);
        for (int at = 0; at < message1.length; at++) {
            assertThat(responder.readMessage1(altered(message1, at))).as("byte %d", at).isNull();
        }
        assertThat(responder.readMessage1(message1)).isEqualTo(QUESTION);
        byte[] message2 = responder.writeMessage2(CRYPTO.generateX25519(), ANSWER);
        for (int at = 0; at < message2.length; at++) {
            assertThat(initiator.readMessage2(altered(message2, at))).as("byte %d", at).isNull();
        }
        assertThat(initiator.readMessage2(message2)).isEqualTo(ANSWER);
        assertThat(initiator.transportKeys().handshakeHash())
                .isEqualTo(responder.transportKeys().handshakeHash());
    }

    @Test
    void aTruncatedMessageOpensAtNoLength() {
        byte[] message1 = initiator.writeMessage1(QUESTION);
        for (int length = 0; length < message1.length; length++) {
            assertThat(responder.readMessage1(Arrays.copyOf(message1, length))).isNull();
        }
        assertThat(responder.readMessage1(Arrays.copyOf(message1, message1.length + 1))).isNull();
        assertThat(responder.readMessage1(new byte[Transcript.MAX_MESSAGE_BYTES + 1])).isNull();
    }

    @Test
    void aMessageForAnotherKeyDoesNotOpen() {
        NkInitiator misled = initiator(PROLOGUE, CRYPTO.generateX25519().publicKey());
        assertThat(responder.readMessage1(misled.writeMessage1(QUESTION))).isNull();
    }

    @Test
    void aMessageUnderAnotherPrologueDoesNotOpen() {
        NkInitiator other = initiator(ascii("prologuf"), GATEWAY.publicKey());
        assertThat(responder.readMessage1(other.writeMessage1(QUESTION))).isNull();
    }

    @Test
    void theAnswerToAnotherHandshakeDoesNotOpenAndTheRightOneStillDoes() {
        byte[] message1 = initiator.writeMessage1(QUESTION);
        NkInitiator other = initiator(PROLOGUE, GATEWAY.publicKey());
        NkResponder otherResponder = new NkResponder(CRYPTO, PROLOGUE, GATEWAY);
        otherResponder.readMessage1(other.writeMessage1(QUESTION));
        assertThat(
                        initiator.readMessage2(
                                otherResponder.writeMessage2(CRYPTO.generateX25519(), ANSWER)))
                .isNull();
        responder.readMessage1(message1);
        assertThat(initiator.readMessage2(responder.writeMessage2(CRYPTO.generateX25519(), ANSWER)))
                .isEqualTo(ANSWER);
    }

    @Test
    void anEphemeralKeyOfSmallOrderIsRefusedOnBothSides() {
        assertThat(responder.readMessage1(new byte[1_156])).isNull();
        initiator.writeMessage1(QUESTION);
        assertThat(initiator.readMessage2(new byte[92])).isNull();
    }

    @Test
    void aPinnedKeyOfSmallOrderIsTheCallersMistake() {
        NkInitiator misled = initiator(PROLOGUE, new byte[32]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> misled.writeMessage1(QUESTION))
                .withMessageContaining("small order");
    }

    @Test
    void aPayloadMayBeEmptyOrAsLongAsNoiseAllows() {
        int limitBytes = Transcript.MAX_MESSAGE_BYTES - Transcript.MIN_MESSAGE_BYTES;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> initiator.writeMessage1(new byte[limitBytes + 1]))
                .withMessage("message of 65536 bytes, at most 65535");
        byte[] message1 = initiator.writeMessage1(new byte[limitBytes]);
        assertThat(responder.readMessage1(message1)).hasSize(limitBytes);
        byte[] message2 = responder.writeMessage2(CRYPTO.generateX25519(), new byte[0]);
        assertThat(initiator.readMessage2(message2)).isEmpty();
    }

    @Test
    void noStepIsTakenTwiceOrBeforeItsTurn() {
        assertThatIllegalStateException().isThrownBy(() -> initiator.readMessage2(new byte[48]));
        assertThatIllegalStateException()
                .isThrownBy(() -> responder.writeMessage2(CRYPTO.generateX25519(), ANSWER));
        assertThatIllegalStateException().isThrownBy(initiator::transportKeys);
        assertThatIllegalStateException().isThrownBy(responder::transportKeys);
        byte[] message2 = finishHandshake();
        assertThatIllegalStateException().isThrownBy(() -> initiator.writeMessage1(QUESTION));
        assertThatIllegalStateException().isThrownBy(() -> initiator.readMessage2(message2));
        assertThatIllegalStateException().isThrownBy(() -> responder.readMessage1(message2));
        assertThatIllegalStateException()
                .isThrownBy(() -> responder.writeMessage2(CRYPTO.generateX25519(), ANSWER));
    }

    private byte[] finishHandshake() {
        responder.readMessage1(initiator.writeMessage1(QUESTION));
        byte[] message2 = responder.writeMessage2(CRYPTO.generateX25519(), ANSWER);
        assertThat(initiator.readMessage2(message2)).isEqualTo(ANSWER);
        return message2;
    }

    private static NkInitiator initiator(byte[] prologue, byte[] gatewayKey) {
        return new NkInitiator(CRYPTO, prologue, gatewayKey, CRYPTO.generateX25519());
    }

    /** Another highest bit: that of a public key is ignored by X25519, but not by the hash. */
    private static byte[] altered(byte[] message, int at) {
        byte[] altered = message.clone();
        altered[at] ^= (byte) 0x80;
        return altered;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
