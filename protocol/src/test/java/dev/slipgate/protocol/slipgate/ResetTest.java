package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.EndpointNet.CLIENT;
import static dev.slipgate.protocol.slipgate.EndpointNet.CRYPTO;
import static dev.slipgate.protocol.slipgate.EndpointNet.GATEWAY;
import static dev.slipgate.protocol.slipgate.EndpointNet.KEY;
import static dev.slipgate.protocol.slipgate.EndpointNet.KEYS;
import static dev.slipgate.protocol.slipgate.EndpointNet.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.protocol.slipgate.handshake.HandshakeLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a gateway says of a session that it does not know, and who believes it. */
class ResetTest {
    private static final int RESET_BYTES = 36;

    private final Recorder clientSide = new Recorder();
    private final EndpointNet net = EndpointNet.datagrams(1);

    /** The last sealed packet of a client that is connected. */
    private byte[] sealedOfConnected() {
        net.connected(CLIENT, clientSide);
        return net.sentBy(CLIENT).getLast();
    }

    @Test
    void clientsOfARestartedGatewayKnowAtOnce() {
        sealedOfConnected();
        net.restart(KEYS, EndpointNet.NAME);
        sendSomething();
        net.runFor(100 * MS);
        assertThat(clientSide.closed).containsExactly(CloseReason.SESSION_UNKNOWN);
    }

    private void sendSomething() {
        var session = clientSide.connected.getFirst();
        byte[] message = new byte[10];
        session.send(
                0,
                dev.slipgate.protocol.channel.Delivery.ORDERED,
                1,
                message,
                0,
                message.length,
                net.nowNs());
    }

    @Test
    void aGatewayOfAnotherNameIsNotBelieved() {
        sealedOfConnected();
        net.restart(KEYS, "gateway-2");
        sendSomething();
        net.runFor(100 * MS);
        assertThat(clientSide.closed).isEmpty();
        assertThat(net.clientDrops.total(DropReason.BAD_RESET)).isPositive();
    }

    @Test
    void aGatewayOfAnotherKeyIsNotBelieved() {
        sealedOfConnected();
        GatewayKey other = GatewayKey.of(CRYPTO, CRYPTO.generateX25519());
        net.restart(new GatewayKeys(List.of(other, KEY)), EndpointNet.NAME);
        sendSomething();
        net.runFor(100 * MS);
        assertThat(clientSide.closed).isEmpty();
    }

    @Test
    void anyBitThatIsForgedIsSeen() {
        byte[] sealed = sealedOfConnected();
        net.restart(KEYS, EndpointNet.NAME);
        byte[] reset = net.inject(CLIENT, sealed).getFirst();
        for (int bit = 12 * 8; bit < RESET_BYTES * 8; bit++) {
            byte[] forged = reset.clone();
            forged[bit / 8] ^= (byte) (1 << (bit % 8));
            net.network.inject(GATEWAY, CLIENT, forged);
        }
        assertThat(clientSide.closed).isEmpty();
        assertThat(net.clientDrops.total(DropReason.BAD_RESET)).isEqualTo(24 * 8);
        net.network.inject(CLIENT.withPort(5), CLIENT, reset);
        assertThat(clientSide.closed).as("from elsewhere").isEmpty();
        net.network.inject(GATEWAY, CLIENT, reset);
        assertThat(clientSide.closed).containsExactly(CloseReason.SESSION_UNKNOWN);
    }

    @Test
    void itIsNeverLargerThanWhatItAnswers() {
        byte[] sealed = sealedOfConnected();
        net.restart(KEYS, EndpointNet.NAME);
        for (int length = 0; length <= sealed.length; length++) {
            byte[] packet = java.util.Arrays.copyOf(sealed, length);
            List<byte[]> answers = length == 0 ? List.of() : net.inject(CLIENT, packet);
            if (length < RESET_BYTES) {
                assertThat(answers).isEmpty();
            } else {
                assertThat(answers).hasSize(1);
                assertThat(answers.getFirst()).hasSize(RESET_BYTES);
            }
        }
    }

    @Test
    void nothingAnswersAReset() {
        byte[] sealed = sealedOfConnected();
        net.restart(KEYS, EndpointNet.NAME);
        byte[] reset = net.inject(CLIENT, sealed).getFirst();
        assertThat(net.inject(CLIENT, reset)).isEmpty();
    }

    @Test
    void reservedBitsAreDroppedBeforeTheSessionIsLookedFor() {
        byte[] sealed = sealedOfConnected();
        net.restart(KEYS, EndpointNet.NAME);
        sealed[0] |= 0x40;
        assertThat(net.inject(CLIENT, sealed)).isEmpty();
        assertThat(net.dropped(DropReason.RESERVED_BITS)).isEqualTo(1);
    }

    @Test
    void theRateOfAnswersIsBoundedAndCounted() {
        HandshakeLimits limits = HandshakeLimits.defaults().withAnswers(100, 40);
        EndpointNet bounded =
                EndpointNet.datagrams(1, SlipgateServerConfig.defaults().withHandshakes(limits));
        byte[] unknown = new byte[RESET_BYTES];
        unknown[0] = (byte) 0x80;
        int answers = 0;
        for (int i = 0; i < 1_000; i++) {
            answers += bounded.inject(CLIENT, unknown).size();
        }
        assertThat(answers).isEqualTo(10);
        assertThat(bounded.dropped(DropReason.ANSWER_RATE)).isEqualTo(990);
        bounded.runFor(1_000 * MS);
        assertThat(bounded.inject(CLIENT, unknown)).hasSize(1);
    }

    @Test
    void onAStreamItIsNeitherSaidNorBelieved() {
        EndpointNet streams = EndpointNet.streams(1);
        streams.connected(CLIENT, clientSide);
        byte[] sealed = streams.sentBy(CLIENT).getLast();
        streams.restart(KEYS, EndpointNet.NAME);
        assertThat(streams.inject(CLIENT, sealed)).isEmpty();
    }
}
