package dev.slipgate.protocol.slipgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.end.EndConfig;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.end.TestApp;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.protocol.slipgate.handshake.Offer;
import dev.slipgate.protocol.testnet.NetAddress;
import dev.slipgate.protocol.testnet.NetFaults;
import dev.slipgate.protocol.testnet.NetNode;
import dev.slipgate.protocol.testnet.TestNetwork;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Two ends over one real session after another, each cut off at some moment: the client goes on
 * from a new address, and nothing is lost, repeated or out of order.
 */
class EndsOverSessionsTest {
    private static final long MS = 1_000_000L;
    private static final int MESSAGE_BYTES = 4_000;
    private static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);
    private static final GatewayKey KEY = GatewayKey.of(CRYPTO, CRYPTO.generateX25519());
    private static final NetAddress GATEWAY = new NetAddress("gateway", 7770);

    @Test
    void nothingIsLostOverDatagrams() {
        int generations = 0;
        for (int seed = 0; seed < 12; seed++) {
            generations += new Run(seed, CarrierKind.DATAGRAM).play();
        }
        assertThat(generations).isGreaterThan(12 * 3);
    }

    @Test
    void nothingIsLostOverStreams() {
        int generations = 0;
        for (int seed = 100; seed < 106; seed++) {
            generations += new Run(seed, CarrierKind.STREAM).play();
        }
        assertThat(generations).isGreaterThan(6 * 3);
    }

    private static final class Run {
        private static final EndConfig CLIENT =
                new EndConfig(EndConfig.Role.CLIENT, 60_000, 30_000, MESSAGE_BYTES);
        private static final EndConfig NODE =
                new EndConfig(EndConfig.Role.NODE, 60_000, 40_000, MESSAGE_BYTES);

        private final long seed;
        private final CarrierKind kind;
        private final Random random;
        private final TestNetwork network;
        private final TestApp client;
        private final TestApp node;
        private final DropCounter drops = new DropCounter();
        private NetAddress address = new NetAddress("client", 0);
        private int sessions;

        Run(long seed, CarrierKind kind) {
            this.seed = seed;
            this.kind = kind;
            random = new Random(seed);
            network = new TestNetwork(seed);
            client = new TestApp(CLIENT, random);
            node = new TestApp(NODE, random);
            network.attach(GATEWAY, new EndpointNode(server()));
            if (kind == CarrierKind.STREAM) {
                network.makeStream();
            } else {
                network.setFaults(NetFaults.BAD);
            }
        }

        private Offer offer(long creditBytes) {
            return new Offer(kind.maxPacketBytes(), 30_000, creditBytes, MESSAGE_BYTES);
        }

        private SlipgateServerEndpoint server() {
            return new SlipgateServerEndpoint(
                    SlipgateServerConfig.defaults().withOffer(offer(40_000)),
                    kind,
                    CRYPTO,
                    new GatewayKeys(List.of(KEY)),
                    "gateway-1",
                    TokenVerifier.ANONYMOUS,
                    random,
                    node.end,
                    drops,
                    new BytePool(1 << 20),
                    0,
                    0,
                    new byte[32]);
        }

        /** How many sessions the ends met on. */
        int play() {
            try {
                connect();
                for (int step = 0; step < 600; step++) {
                    network.runFor(random.nextInt(8) * MS);
                    live();
                    if (random.nextInt(100) == 0) {
                        cut();
                        connect();
                    }
                }
                settle();
                return client.attached;
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ", " + sessions + " sessions", failure);
            }
        }

        private void live() {
            long nowNs = network.nowNs();
            client.send(nowNs);
            node.send(nowNs);
            client.handle(random.nextInt(3), nowNs);
            node.handle(random.nextInt(3), nowNs);
        }

        /** The client's socket is gone; its gateway notices nothing. */
        private void cut() {
            network.attach(address, new Nobody());
            Session last = client.end.session();
            if (last != null && random.nextBoolean()) {
                client.end.onClosed(last, CloseReason.GATEWAY_LOST, network.nowNs());
            }
            for (int i = random.nextInt(10); i > 0; i--) {
                live();
            }
        }

        private void connect() {
            sessions++;
            address = new NetAddress("client", sessions);
            var config =
                    SlipgateClientConfig.defaults().withOffer(offer(client.end.firstCreditBytes()));
            var endpoint =
                    new SlipgateClientEndpoint(
                            config,
                            kind,
                            CRYPTO,
                            KEY.publicKey().bytes(),
                            new byte[0],
                            GATEWAY,
                            random,
                            new ToEnd(client.end),
                            drops,
                            new BytePool(1 << 20));
            network.attach(address, new EndpointNode(endpoint));
            endpoint.start(network.nowNs());
        }

        private void settle() {
            boolean done =
                    network.runUntil(
                            () -> {
                                client.handle(10, network.nowNs());
                                node.handle(10, network.nowNs());
                                return client.end.outboxBytes() == 0 && node.end.outboxBytes() == 0;
                            },
                            60_000 * MS);
            assertThat(done).as("in the end all is handled").isTrue();
            check(client, node);
            check(node, client);
            assertThat(client.end.generation()).isLessThanOrEqualTo(sessions).isPositive();
        }

        private static void check(TestApp from, TestApp to) {
            assertThat(from.reliableSent()).isGreaterThan(50);
            assertThat(to.reliableGot()).isEqualTo(from.reliableSent());
            assertThat(from.delivered).isEqualTo(from.reliableSent());
            assertThat(to.end.unhandledBytes()).isZero();
        }
    }

    /** What a socket that is closed does. */
    private static final class Nobody implements NetNode {
        @Override
        public void onPacket(PeerAddress from, byte[] packet, long nowNs) {}

        @Override
        public boolean poll(Transmit out, long nowNs) {
            return false;
        }

        @Override
        public void onTimeout(long nowNs) {}

        @Override
        public long nextTimeoutNs() {
            return Endpoint.NEVER;
        }
    }

    /** A client's endpoint wants to tell of failed handshakes as well. */
    private record ToEnd(SessionEnd end) implements SlipgateClientEndpoint.Listener {
        @Override
        public void onFailed(ConnectFailure failure, long nowNs) {
            throw new AssertionError(failure.toString());
        }

        @Override
        public void onConnected(Session session, long nowNs) {
            end.onConnected(session, nowNs);
        }

        @Override
        public boolean tryReserve(Session session, int bytes, long nowNs) {
            return end.tryReserve(session, bytes, nowNs);
        }

        @Override
        public void unreserve(Session session, int bytes) {
            end.unreserve(session, bytes);
        }

        @Override
        public void onMessage(
                Session session,
                int channel,
                Delivery delivery,
                long number,
                byte[] bytes,
                int offset,
                int length,
                int reserved,
                long nowNs) {
            end.onMessage(
                    session, channel, delivery, number, bytes, offset, length, reserved, nowNs);
        }

        @Override
        public void onDelivered(Session session, int channel, long number, long nowNs) {
            end.onDelivered(session, channel, number, nowNs);
        }

        @Override
        public void onDeliveryAck(Session session, int channel, Positions handled, long nowNs) {
            end.onDeliveryAck(session, channel, handled, nowNs);
        }

        @Override
        public void onAttach(Session session, Attach attach, long nowNs) {
            end.onAttach(session, attach, nowNs);
        }

        @Override
        public void onWritable(Session session, long nowNs) {
            end.onWritable(session, nowNs);
        }

        @Override
        public void onClosed(Session session, CloseReason reason, long nowNs) {
            end.onClosed(session, reason, nowNs);
        }
    }
}
