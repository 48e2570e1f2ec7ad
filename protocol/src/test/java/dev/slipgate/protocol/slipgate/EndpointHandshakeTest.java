package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.EndpointNet.CLIENT;
import static dev.slipgate.protocol.slipgate.EndpointNet.CRYPTO;
import static dev.slipgate.protocol.slipgate.EndpointNet.GATEWAY;
import static dev.slipgate.protocol.slipgate.EndpointNet.KEY;
import static dev.slipgate.protocol.slipgate.EndpointNet.MS;
import static dev.slipgate.protocol.slipgate.EndpointNet.NO_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.session.TokenVerifier.Verdict;
import dev.slipgate.protocol.slipgate.ConnectFailure.Kind;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.protocol.testnet.NetAddress;
import dev.slipgate.protocol.testnet.NetFaults;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a session comes about between two endpoints, and how it does not. */
class EndpointHandshakeTest {
    private static final byte[] TOKEN = "a token".getBytes(StandardCharsets.US_ASCII);
    private static final long PATIENCE_NS = 11_000 * MS;

    private final Recorder clientSide = new Recorder();

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void bothSidesConnectInOneRoundTripAndAHalf(CarrierKind kind) {
        var net =
                new EndpointNet(1, kind, SlipgateServerConfig.defaults(), TokenVerifier.ANONYMOUS);
        long beganNs = net.nowNs();
        net.connected(CLIENT, clientSide);
        assertThat(net.nowNs() - beganNs).isEqualTo(3 * NetFaults.NONE.delayNs());
        assertThat(clientSide.connected).hasSize(1);
        assertThat(net.server().sessionCount()).isEqualTo(1);
        assertThat(net.server().handshakeCount()).isZero();
        assertThat(net.sent.get(0).bytes()).hasSize(1200);
        assertThat(net.sent.get(1).bytes()).hasSize(103);
    }

    @Test
    void theSessionIdHasTheLoopsBits() {
        EndpointNet net = EndpointNet.datagrams(1);
        net.connected(CLIENT, clientSide);
        byte[] sealed = net.sent.get(2).bytes();
        assertThat(SlipgateServerEndpoint.loopOf(sealed, 0, sealed.length))
                .isEqualTo(EndpointNet.LOOP);
        assertThat(SlipgateServerEndpoint.loopOf(sealed, 0, 35)).isEqualTo(-1);
        byte[] clear = net.sent.get(0).bytes();
        assertThat(SlipgateServerEndpoint.loopOf(clear, 0, clear.length)).isEqualTo(-1);
    }

    @Test
    void underThirtyPercentLossNearlyEveryoneConnectsAndTheOthersAreTold() {
        int connected = 0;
        for (int seed = 0; seed < 200; seed++) {
            EndpointNet net = EndpointNet.datagrams(seed);
            net.network.setFaults(NetFaults.BAD.withLoss(0.3));
            var listener = new Recorder();
            net.client(CLIENT, listener);
            if (net.runUntil(() -> !net.serverSide.connected.isEmpty(), PATIENCE_NS)) {
                connected++;
                assertThat(net.serverSide.connected).hasSize(1);
            } else {
                assertThat(listener.failures.size() + listener.closed.size())
                        .as("seed %d: %s", seed, listener)
                        .isEqualTo(1);
            }
        }
        assertThat(connected).isGreaterThanOrEqualTo(198);
    }

    @Test
    void theSameInitGetsTheSameBytesWithoutAnotherJob() {
        EndpointNet net = EndpointNet.datagrams(1);
        byte[] init = net.freshInit(KEY);
        List<byte[]> first = net.inject(CLIENT, init);
        List<byte[]> second = net.inject(CLIENT, init);
        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1);
        assertThat(second.getFirst()).isEqualTo(first.getFirst());
        assertThat(net.server().handshakeCount()).isEqualTo(1);
        assertThat(net.inject(CLIENT.withPort(2), init).getFirst())
                .as("another address")
                .isNotEqualTo(first.getFirst());
    }

    @Test
    void theSameInitGetsTheSameBytesThoughTheSessionIsProven() {
        EndpointNet net = EndpointNet.datagrams(1);
        net.connected(CLIENT, clientSide);
        byte[] init = net.sent.get(0).bytes();
        assertThat(net.inject(CLIENT, init).getFirst()).isEqualTo(net.sent.get(1).bytes());
        net.runFor(10_100 * MS);
        assertThat(net.server().sessionCount()).isEqualTo(1);
        net.inject(CLIENT, init);
        assertThat(net.server().handshakeCount()).as("another one, after 10 s").isEqualTo(1);
    }

    @Test
    void whileItIsBeingComputedTheSameInitIsDropped() {
        EndpointNet net = EndpointNet.datagrams(1);
        net.gateway.runsJobs = false;
        byte[] init = net.freshInit(KEY);
        net.inject(CLIENT, init);
        assertThat(net.inject(CLIENT, init)).isEmpty();
        assertThat(net.dropped(DropReason.REPLAYED_PACKET)).isEqualTo(1);
    }

    @Test
    void aStrangerThatDoesNotGoOnIsForgotten() {
        EndpointNet net = EndpointNet.datagrams(1);
        net.inject(CLIENT, net.freshInit(KEY));
        assertThat(net.server().handshakeCount()).isEqualTo(1);
        net.runFor(10_100 * MS);
        assertThat(net.server().handshakeCount()).isZero();
        assertThat(net.server().nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(net.serverSide.connected).isEmpty();
    }

    @Test
    void aResultThatComesAfterTheStrangerWasForgottenIsDropped() {
        EndpointNet net = EndpointNet.datagrams(1);
        net.gateway.runsJobs = false;
        net.inject(CLIENT, net.freshInit(KEY));
        net.runFor(10_100 * MS);
        net.gateway.runsJobs = true;
        assertThat(net.answers()).isEmpty();
        assertThat(net.server().handshakeCount()).isZero();
    }

    @Test
    void aKeyThatTheGatewayDoesNotHoldIsTheWrongOneWithinASecond() {
        EndpointNet net = EndpointNet.datagrams(1);
        net.client(CLIENT, clientSide, otherKey(), NO_TOKEN);
        assertThat(net.runUntil(() -> !clientSide.failures.isEmpty(), 1_000 * MS)).isTrue();
        assertThat(clientSide.kinds()).containsExactly(Kind.WRONG_KEY);
        assertThat(net.dropped(DropReason.UNKNOWN_KEY)).isPositive();
    }

    private static GatewayKey otherKey() {
        return GatewayKey.of(CRYPTO, CRYPTO.generateX25519());
    }

    @Test
    void whoPosesAsTheGatewayUnderTheIdOfItsKeyIsSeenThrough() {
        GatewayKey pinned = otherKey();
        EndpointNet net = EndpointNet.datagrams(1);
        // The impostor computes with its own key, to which INIT opens in no way: it makes one up.
        net.client(CLIENT, clientSide, pinned, NO_TOKEN);
        byte[] genuine = net.inject(CLIENT.withPort(9), net.freshInit(KEY)).getFirst();
        System.arraycopy(idOf(pinned), 0, genuine, 8, 4);
        net.gateway.filter = packet -> EndpointNode.lost();
        net.runFor(10 * MS);
        net.network.inject(GATEWAY, CLIENT, genuine);
        assertThat(net.runUntil(() -> !clientSide.failures.isEmpty(), PATIENCE_NS)).isTrue();
        assertThat(clientSide.kinds()).containsExactly(Kind.WRONG_KEY);
        assertThat(clientSide.connected).isEmpty();
    }

    private static byte[] idOf(GatewayKey key) {
        return Arrays.copyOf(CRYPTO.sha256(key.publicKey().bytes()), 4);
    }

    @Test
    void anInitForAnotherKeyUnderTheIdOfOursIsDroppedAndForgotten() {
        EndpointNet net = EndpointNet.datagrams(1);
        byte[] init = net.freshInit(otherKey());
        System.arraycopy(idOf(KEY), 0, init, 8, 4);
        assertThat(net.inject(CLIENT, init)).isEmpty();
        assertThat(net.dropped(DropReason.BAD_TAG)).isEqualTo(1);
        assertThat(net.server().handshakeCount()).isZero();
    }

    @Test
    void anotherVersionIsRefusedAndToldApart() {
        EndpointNet net = EndpointNet.datagrams(1);
        net.client(CLIENT, clientSide);
        // The gateway reads version 2, the client reads the answer to version 1.
        net.gateway.filter = packet -> withVersion(packet, 2);
        net.node(CLIENT).filter = packet -> withVersion(packet, 1);
        assertThat(net.runUntil(() -> !clientSide.failures.isEmpty(), 1_000 * MS)).isTrue();
        assertThat(clientSide.kinds()).containsExactly(Kind.VERSION_MISMATCH);
        assertThat(net.dropped(DropReason.BAD_VERSION)).isPositive();
    }

    private static byte[] withVersion(byte[] packet, int version) {
        byte[] copy = packet.clone();
        copy[5] = (byte) version;
        return copy;
    }

    @Test
    void aFullGatewaySaysWhenToAskAgain() {
        EndpointNet net =
                EndpointNet.datagrams(1, SlipgateServerConfig.defaults().withMaxSessions(1));
        net.connected(CLIENT, new Recorder());
        net.client(new NetAddress("another", 1), clientSide);
        assertThat(net.runUntil(() -> !clientSide.failures.isEmpty(), 1_000 * MS)).isTrue();
        assertThat(clientSide.kinds()).containsExactly(Kind.SERVER_FULL);
        assertThat(clientSide.failures.getFirst().retryAfterMs()).isEqualTo(5_000);
        assertThat(net.server().sessionCount()).isEqualTo(1);
    }

    @Test
    void whoProvesItselfWhenTheLastRoomIsTakenIsTurnedAway() {
        EndpointNet net =
                EndpointNet.datagrams(1, SlipgateServerConfig.defaults().withMaxSessions(1));
        net.client(CLIENT, new Recorder());
        net.client(new NetAddress("another", 1), clientSide);
        assertThat(net.runUntil(() -> !clientSide.closed.isEmpty(), 1_000 * MS)).isTrue();
        assertThat(clientSide.closed).containsExactly(CloseReason.SERVER_FULL);
        assertThat(net.serverSide.connected).hasSize(1);
        net.runFor(5_000 * MS);
        assertThat(net.server().sessionCount()).isEqualTo(1);
    }

    @Test
    void aTokenIsVerifiedByAJobAndNamesTheClient() {
        EndpointNet net = withVerifier(token -> new Verdict.Accepted("id of " + text(token)));
        net.client(CLIENT, clientSide, KEY, TOKEN);
        assertThat(net.runUntil(() -> !net.serverSide.connected.isEmpty(), 1_000 * MS)).isTrue();
        assertThat(net.serverSide.connected.getFirst().identity()).isEqualTo("id of a token");
    }

    @Test
    void aTokenOfTheLargestSizeArrivesWhole() {
        byte[] large = new byte[4096];
        Arrays.fill(large, (byte) 't');
        EndpointNet net = withVerifier(token -> new Verdict.Accepted(text(token)));
        net.client(CLIENT, clientSide, KEY, large);
        assertThat(net.runUntil(() -> !net.serverSide.connected.isEmpty(), 1_000 * MS)).isTrue();
        assertThat(net.serverSide.connected.getFirst().identity()).isEqualTo(text(large));
    }

    @Test
    void aRefusedTokenClosesTheSession() {
        EndpointNet net = withVerifier(token -> new Verdict.Refused("not you"));
        net.client(CLIENT, clientSide, KEY, TOKEN);
        assertThat(net.runUntil(() -> !clientSide.closed.isEmpty(), 1_000 * MS)).isTrue();
        assertThat(clientSide.closed).containsExactly(CloseReason.TOKEN_REFUSED);
        assertThat(net.serverSide.connected).isEmpty();
        net.runFor(5_000 * MS);
        assertThat(net.server().sessionCount()).isZero();
    }

    @Test
    void aVerifierThatThrowsLetsNobodyIn() {
        EndpointNet net =
                withVerifier(
                        token -> {
                            throw new IllegalStateException("the database is away");
                        });
        net.client(CLIENT, clientSide, KEY, TOKEN);
        assertThat(net.runUntil(() -> !clientSide.closed.isEmpty(), 1_000 * MS)).isTrue();
        assertThat(clientSide.closed).containsExactly(CloseReason.TOKEN_REFUSED);
    }

    private static EndpointNet withVerifier(TokenVerifier verifier) {
        return new EndpointNet(1, CarrierKind.DATAGRAM, SlipgateServerConfig.defaults(), verifier);
    }

    private static String text(byte[] token) {
        return new String(token, StandardCharsets.US_ASCII);
    }

    @Test
    void noAnswerIsToldWhenTheTimeIsOver() {
        EndpointNet net = EndpointNet.datagrams(1);
        net.network.setFaults(NetFaults.NONE.withLoss(1));
        net.client(CLIENT, clientSide);
        net.runFor(9_999 * MS);
        assertThat(clientSide.failures).isEmpty();
        net.runFor(1 * MS);
        assertThat(clientSide.kinds()).containsExactly(Kind.NO_ANSWER);
        assertThat(net.sentBy(CLIENT)).hasSize(8).allMatch(init -> init.length == 1200);
    }

    @Test
    void aGatewayThatChangesItsKeysTakesBothUntilTheOldOneIsWithdrawn() {
        GatewayKey next = otherKey();
        EndpointNet net = EndpointNet.datagrams(1);
        net.restart(new GatewayKeys(List.of(KEY, next)), EndpointNet.NAME);
        net.client(CLIENT, clientSide, KEY, NO_TOKEN);
        net.client(CLIENT.withPort(2), clientSide, next, NO_TOKEN);
        assertThat(net.runUntil(() -> net.serverSide.connected.size() == 2, 1_000 * MS)).isTrue();
        net.restart(new GatewayKeys(List.of(next)), EndpointNet.NAME);
        var late = new Recorder();
        net.client(CLIENT.withPort(3), late, KEY, NO_TOKEN);
        net.client(CLIENT.withPort(4), clientSide, next, NO_TOKEN);
        assertThat(net.runUntil(() -> net.serverSide.connected.size() == 3, 1_000 * MS)).isTrue();
        assertThat(net.runUntil(() -> !late.failures.isEmpty(), 1_000 * MS)).isTrue();
        assertThat(late.kinds()).containsExactly(Kind.WRONG_KEY);
    }

    @Test
    void closeSaysGoodbyeToAllAndTakesNobodyElse() {
        EndpointNet net = EndpointNet.datagrams(1);
        net.connected(CLIENT, clientSide);
        net.connected(CLIENT.withPort(2), clientSide);
        net.inject(CLIENT.withPort(3), net.freshInit(KEY));
        net.server().close(CloseReason.GATEWAY_STOPPING, net.nowNs());
        assertThat(net.server().handshakeCount()).isZero();
        net.runFor(100 * MS);
        assertThat(clientSide.closed)
                .containsExactly(CloseReason.GATEWAY_STOPPING, CloseReason.GATEWAY_STOPPING);
        assertThat(net.inject(CLIENT.withPort(4), net.freshInit(KEY))).isEmpty();
        net.runFor(10_000 * MS);
        assertThat(net.server().sessionCount()).isZero();
    }
}
