package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.EndpointNet.CLIENT;
import static dev.slipgate.protocol.slipgate.EndpointNet.CRYPTO;
import static dev.slipgate.protocol.slipgate.EndpointNet.GATEWAY;
import static dev.slipgate.protocol.slipgate.EndpointNet.KEY;
import static dev.slipgate.protocol.slipgate.EndpointNet.MS;
import static dev.slipgate.protocol.slipgate.EndpointNet.NO_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is different on a stream: one session, nothing comes again, what breaks is closed. */
class StreamEndpointTest {
    private final Recorder clientSide = new Recorder();
    private final EndpointNet net = EndpointNet.streams(1);

    /** Puts a packet into the gateway, and whether it then closes the stream. */
    private boolean closes(byte[] packet) {
        var closed = new java.util.ArrayList<Object>();
        net.gateway.onStreamToClose = (peer, nowNs) -> closed.add(peer);
        net.inject(CLIENT, packet);
        return closed.equals(List.of(CLIENT));
    }

    @Test
    void aStreamThatIsGoneEndsTheSessionOnBothSides() {
        SlipgateClientEndpoint client = net.connected(CLIENT, clientSide);
        net.server().onPeerGone(CLIENT, net.nowNs());
        client.onPeerGone(GATEWAY, net.nowNs());
        assertThat(net.serverSide.closed).containsExactly(CloseReason.CLIENT_CLOSED);
        assertThat(clientSide.closed).containsExactly(CloseReason.GATEWAY_LOST);
        assertThat(net.server().sessionCount()).isZero();
        assertThat(client.sessionCount()).isZero();
        assertThat(net.server().nextTimeoutNs()).as("the answer is kept").isPositive();
    }

    @Test
    void aStreamThatIsGoneEndsTheHandshake() {
        net.inject(CLIENT, net.freshInit(KEY));
        net.server().onPeerGone(CLIENT, net.nowNs());
        assertThat(net.server().handshakeCount()).isZero();
    }

    @Test
    void whoIsClosedFirstHearsWhyThenLosesTheStream() {
        net.connected(CLIENT, clientSide);
        net.server().close(CloseReason.GATEWAY_STOPPING, net.nowNs());
        net.runFor(100 * MS);
        assertThat(clientSide.closed).containsExactly(CloseReason.GATEWAY_STOPPING);
        assertThat(net.server().sessionCount()).isZero();
    }

    @Test
    void anotherHandshakeOnTheSameStreamClosesIt() {
        net.connected(CLIENT, clientSide);
        assertThat(closes(net.freshInit(KEY))).isTrue();
        assertThat(net.serverSide.closed).containsExactly(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void aPacketOfAnotherStreamsSessionClosesTheOneItCameOn() {
        net.connected(CLIENT.withPort(2), clientSide);
        byte[] foreign = net.sentBy(CLIENT.withPort(2)).getLast();
        assertThat(closes(foreign)).isTrue();
        assertThat(net.server().sessionCount()).isEqualTo(1);
    }

    @Test
    void aPacketThatDoesNotOpenClosesTheStream() {
        net.connected(CLIENT, clientSide);
        byte[] sealed = net.sentBy(CLIENT).getLast().clone();
        sealed[sealed.length - 1] ^= 1;
        assertThat(closes(sealed)).isTrue();
        assertThat(net.serverSide.closed).containsExactly(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void whatIsNoPacketClosesTheStream() {
        assertThat(closes(new byte[] {1, 2, 3})).isTrue();
    }

    @Test
    void anInitThatIsRefusedIsAnsweredBeforeTheStreamCloses() {
        GatewayKey other = GatewayKey.of(CRYPTO, CRYPTO.generateX25519());
        net.client(CLIENT, clientSide, other, NO_TOKEN);
        net.runFor(1_000 * MS);
        assertThat(clientSide.kinds()).containsExactly(ConnectFailure.Kind.WRONG_KEY);
        assertThat(net.sentTo(CLIENT)).hasSize(1);
    }

    @Test
    void anInitThatDoesNotOpenClosesTheStreamAndNobodyWaits() {
        net.gateway.filter =
                packet -> {
                    packet[100] ^= 1;
                    return packet;
                };
        net.client(CLIENT, clientSide);
        net.runFor(100 * MS);
        assertThat(clientSide.kinds()).containsExactly(ConnectFailure.Kind.NO_ANSWER);
    }

    @Test
    void aStreamWhoseClientNeverProvesItselfIsClosed() {
        var closed = new java.util.ArrayList<Object>();
        net.gateway.onStreamToClose = (peer, nowNs) -> closed.add(peer);
        net.inject(CLIENT, net.freshInit(KEY));
        net.runFor(10_100 * MS);
        assertThat(closed).containsExactly(CLIENT);
    }

    @Test
    void whatIsSentToAStreamThatTakesNothingWaits() {
        net.connected(CLIENT, clientSide);
        net.runFor(100 * MS);
        net.server().onPeerWritable(CLIENT, false, net.nowNs());
        int before = net.sentTo(CLIENT).size();
        byte[] message = new byte[100];
        net.serverSide
                .connected
                .getFirst()
                .send(
                        0,
                        dev.slipgate.protocol.channel.Delivery.ORDERED,
                        1,
                        message,
                        0,
                        message.length,
                        net.nowNs());
        net.runFor(100 * MS);
        assertThat(net.sentTo(CLIENT)).hasSize(before);
        net.server().onPeerWritable(CLIENT, true, net.nowNs());
        net.runFor(100 * MS);
        assertThat(clientSide.messages).hasSize(1);
    }
}
