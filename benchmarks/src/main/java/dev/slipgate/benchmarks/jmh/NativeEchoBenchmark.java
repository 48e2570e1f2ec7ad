package dev.slipgate.benchmarks.jmh;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.MessageCost;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.protocol.slipgate.ConnectFailure;
import dev.slipgate.protocol.slipgate.SlipgateClientConfig;
import dev.slipgate.protocol.slipgate.SlipgateClientEndpoint;
import dev.slipgate.protocol.slipgate.SlipgateServerConfig;
import dev.slipgate.protocol.slipgate.SlipgateServerEndpoint;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One message of 200 bytes from a native client to a gateway's endpoint and its echo back, in
 * memory, with both delivery acks: at both sides together, so about twice a gateway's share.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NativeEchoBenchmark {
    private static final int HANDSHAKE_TURNS = 10;
    private static final long ECHO_NS = 1_000_000;

    @Param({CryptoProviders.ACCP, CryptoProviders.JDK})
    public String provider;

    private final byte[] message = new byte[200];
    private final Echo echoed = new Echo(false);
    private CoupledEndpoints pair;
    private long nowNs = 1_000_000_000L;
    private long number;

    /** Connects. */
    @Setup
    public void connect() {
        Crypto crypto = CryptoProviders.select(provider);
        GatewayKey key = GatewayKey.of(crypto, crypto.generateX25519());
        var random = new SecureRandom();
        var server =
                new SlipgateServerEndpoint(
                        SlipgateServerConfig.defaults(),
                        CarrierKind.DATAGRAM,
                        crypto,
                        new GatewayKeys(List.of(key)),
                        "bench",
                        TokenVerifier.ANONYMOUS,
                        random,
                        new Echo(true),
                        new DropCounter(),
                        new BytePool(1 << 20),
                        0,
                        0,
                        random.generateSeed(32));
        var client =
                new SlipgateClientEndpoint(
                        SlipgateClientConfig.defaults(),
                        CarrierKind.DATAGRAM,
                        crypto,
                        key.publicKey().bytes(),
                        new byte[0],
                        CoupledEndpoints.SERVER,
                        random,
                        echoed,
                        new DropCounter(),
                        new BytePool(1 << 20));
        pair = new CoupledEndpoints(client, server);
        client.start(nowNs);
        for (int turn = 0; turn < HANDSHAKE_TURNS; turn++) {
            pair.tick(nowNs);
            pair.exchange(nowNs);
        }
    }

    /** There and back; the client acknowledges with its next message. */
    @Benchmark
    public long echo() {
        nowNs += ECHO_NS;
        long before = echoed.messages;
        Session session = Objects.requireNonNull(echoed.session, "not connected");
        session.send(1, Delivery.RELIABLE, ++number, message, 0, message.length, nowNs);
        pair.exchange(nowNs);
        pair.tick(nowNs);
        if (echoed.messages != before + 1) {
            throw new IllegalStateException("no echo");
        }
        return echoed.messages;
    }

    /** Handles what comes, and at the gateway sends it back. */
    private static final class Echo implements SlipgateClientEndpoint.Listener {
        private final boolean answers;
        private final Positions handled = new Positions();
        private @Nullable Session session;
        private long messages;

        Echo(boolean answers) {
            this.answers = answers;
        }

        @Override
        public void onFailed(ConnectFailure failure, long nowNs) {
            throw new IllegalStateException(failure.toString());
        }

        @Override
        public void onConnected(Session connected, long nowNs) {
            session = connected;
        }

        @Override
        public boolean tryReserve(Session from, int bytes, long nowNs) {
            return true;
        }

        @Override
        public void unreserve(Session from, int bytes) {}

        @Override
        public void onMessage(
                Session from,
                int channel,
                Delivery delivery,
                long sentNumber,
                byte[] bytes,
                int offset,
                int length,
                int reservedBytes,
                long nowNs) {
            messages++;
            handled.add(sentNumber);
            from.consumed(MessageCost.of(length), nowNs);
            from.deliveryAck(channel, handled, nowNs);
            if (answers) {
                from.send(channel, delivery, messages, bytes, offset, length, nowNs);
            }
        }

        @Override
        public void onDelivered(Session from, int channel, long sentNumber, long nowNs) {}

        @Override
        public void onClosed(Session from, CloseReason reason, long nowNs) {}
    }
}
