package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.EndpointNet.CLIENT;
import static dev.slipgate.protocol.slipgate.EndpointNet.KEY;
import static dev.slipgate.protocol.slipgate.EndpointNet.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.slipgate.handshake.HandshakeLimits;
import dev.slipgate.protocol.testnet.NetAddress;
import dev.slipgate.protocol.testnet.NetFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses that have to be proven before anything is kept or computed for them. */
class CookieExchangeTest {
    private static final int COOKIE_BYTES = 52;
    private static final int COOKIE_OFFSET = 12;

    private final Recorder clientSide = new Recorder();

    private static EndpointNet above(int threshold) {
        HandshakeLimits limits = HandshakeLimits.defaults().withCookieThreshold(threshold);
        return EndpointNet.datagrams(1, SlipgateServerConfig.defaults().withHandshakes(limits));
    }

    @Test
    void aboveTheThresholdAClientConnectsOneRoundTripLater() {
        EndpointNet net = above(0);
        long beganNs = net.nowNs();
        net.connected(CLIENT, clientSide);
        assertThat(net.nowNs() - beganNs).isEqualTo(5 * NetFaults.NONE.delayNs());
        assertThat(net.dropped(DropReason.COOKIE_NEEDED)).isEqualTo(1);
    }

    @Test
    void upToTheThresholdNobodyIsAsked() {
        EndpointNet net = above(5);
        for (int i = 0; i < 5; i++) {
            assertThat(net.inject(CLIENT.withPort(i), net.freshInit(KEY)).getFirst()).hasSize(103);
        }
        assertThat(net.inject(CLIENT.withPort(5), net.freshInit(KEY)).getFirst())
                .hasSize(COOKIE_BYTES);
        net.runFor(2_000 * MS);
        assertThat(net.inject(CLIENT.withPort(6), net.freshInit(KEY)).getFirst())
                .as("two quiet seconds later")
                .hasSize(103);
    }

    @Test
    void nothingIsKeptOrComputedBeforeTheCookieHolds() {
        EndpointNet net = above(0);
        for (int i = 0; i < 100; i++) {
            net.inject(CLIENT.withPort(i), net.freshInit(KEY));
        }
        assertThat(net.server().handshakeCount()).isZero();
        assertThat(net.server().pollJob()).isNull();
        assertThat(net.server().nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
    }

    private static byte[] withCookieOf(byte[] init, byte[] cookiePacket) {
        byte[] copy = init.clone();
        System.arraycopy(cookiePacket, COOKIE_OFFSET, copy, COOKIE_OFFSET, 32);
        return copy;
    }

    @Test
    void aForgedCookieIsAnsweredByAnother() {
        EndpointNet net = above(0);
        byte[] init = net.freshInit(KEY);
        byte[] cookie = net.inject(CLIENT, init).getFirst();
        byte[] forged = withCookieOf(init, cookie);
        forged[COOKIE_OFFSET + 31] ^= 1;
        assertThat(net.inject(CLIENT, forged).getFirst()).hasSize(COOKIE_BYTES);
        assertThat(net.inject(CLIENT, withCookieOf(init, cookie)).getFirst()).hasSize(103);
    }

    @Test
    void anotherAddressCannotUseIt() {
        EndpointNet net = above(0);
        byte[] init = net.freshInit(KEY);
        byte[] cookie = net.inject(CLIENT, init).getFirst();
        assertThat(net.inject(CLIENT.withPort(2), withCookieOf(init, cookie)).getFirst())
                .hasSize(COOKIE_BYTES);
    }

    @Test
    void anotherInitCannotUseIt() {
        EndpointNet net = above(0);
        byte[] cookie = net.inject(CLIENT, net.freshInit(KEY)).getFirst();
        assertThat(net.inject(CLIENT, withCookieOf(net.freshInit(KEY), cookie)).getFirst())
                .hasSize(COOKIE_BYTES);
    }

    @Test
    void anOldCookieIsAnsweredByAnother() {
        EndpointNet net = above(0);
        byte[] init = net.freshInit(KEY);
        byte[] cookie = net.inject(CLIENT, init).getFirst();
        net.runFor(11_000 * MS);
        byte[] another = net.inject(CLIENT, withCookieOf(init, cookie)).getFirst();
        assertThat(another).hasSize(COOKIE_BYTES);
        assertThat(net.inject(CLIENT, withCookieOf(init, another)).getFirst()).hasSize(103);
    }

    @Test
    void underLossClientsStillConnect() {
        EndpointNet net = above(0);
        net.network.setFaults(NetFaults.BAD);
        List<Recorder> listeners =
                java.util.stream.IntStream.range(0, 20).mapToObj(i -> new Recorder()).toList();
        for (int i = 0; i < listeners.size(); i++) {
            net.client(new NetAddress("client" + i, 1), listeners.get(i));
        }
        assertThat(
                        net.runUntil(
                                () -> net.serverSide.connected.size() == listeners.size(),
                                10_000 * MS))
                .as("%s", listeners)
                .isTrue();
    }

    @Test
    void onAStreamNobodyIsAsked() {
        HandshakeLimits limits = HandshakeLimits.defaults().withCookieThreshold(0);
        var net =
                new EndpointNet(
                        1,
                        CarrierKind.STREAM,
                        SlipgateServerConfig.defaults().withHandshakes(limits),
                        TokenVerifier.ANONYMOUS);
        assertThat(net.inject(CLIENT, net.freshInit(KEY)).getFirst()).hasSize(103);
    }
}
