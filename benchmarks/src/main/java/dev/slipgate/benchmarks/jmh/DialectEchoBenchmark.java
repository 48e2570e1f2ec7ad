package dev.slipgate.benchmarks.jmh;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.mpgameserver.MpClient;
import dev.slipgate.protocol.mpgameserver.MpClientConfig;
import dev.slipgate.protocol.mpgameserver.MpServerConfig;
import dev.slipgate.protocol.mpgameserver.MpServerEndpoint;
import dev.slipgate.protocol.mpgameserver.RetryMode;
import dev.slipgate.protocol.mpgameserver.SessionSettings;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One message of 200 bytes from an mpgameserver client to a server endpoint and its echo back, in
 * memory: sealed, opened, acknowledged, at both sides together, so about twice a gateway's share.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DialectEchoBenchmark {
    private static final int HANDSHAKE_TURNS = 10;
    private static final long ECHO_NS = 50_000; // far below a packet number a second too many

    @Param({CryptoProviders.ACCP, CryptoProviders.JDK})
    public String provider;

    private final byte[] message = new byte[200];
    private CoupledEndpoints pair;
    private MpClient client;
    private Echo echoed;
    private long nowNs = 1_000_000_000L;
    private long number;

    /** Connects. */
    @Setup
    public void connect() {
        Crypto crypto = CryptoProviders.select(provider);
        KeyPair root = crypto.generateP256();
        var random = new SecureRandom();
        var server =
                new MpServerEndpoint(
                        MpServerConfig.defaults()
                                .withSession(
                                        SessionSettings.serverDefaults().withPacingIntervalNs(0)),
                        crypto,
                        root.getPrivate(),
                        root.getPublic().getEncoded(),
                        random,
                        new Echo(true),
                        new DropCounter(),
                        new BytePool(1 << 20),
                        0,
                        0);
        echoed = new Echo(false);
        client =
                new MpClient(
                        MpClientConfig.unpaced(),
                        crypto,
                        random,
                        echoed,
                        new DropCounter(),
                        new BytePool(1 << 20),
                        0);
        client.connect(CoupledEndpoints.SERVER, root.getPublic(), nowNs);
        pair = new CoupledEndpoints(client, server);
        for (int turn = 0; turn < HANDSHAKE_TURNS; turn++) {
            pair.tick(nowNs);
            pair.exchange(nowNs);
        }
        if (client.session() == null || !client.session().connected()) {
            throw new IllegalStateException("the client did not connect: " + client.state());
        }
    }

    /** There and back. */
    @Benchmark
    public long echo() {
        nowNs += ECHO_NS;
        client.send(RetryMode.RETRY_ON_TIMEOUT, ++number, message, 0, message.length, nowNs);
        long before = echoed.messages;
        pair.exchange(nowNs);
        if (echoed.messages != before + 1) {
            throw new IllegalStateException("no echo");
        }
        return echoed.messages;
    }

    /** Counts messages, and at the server sends each back. */
    private static final class Echo implements SessionListener {
        private final boolean answers;
        long messages;

        Echo(boolean answers) {
            this.answers = answers;
        }

        @Override
        public void onConnected(Session session, long nowNs) {}

        @Override
        public boolean tryReserve(Session session, int bytes, long nowNs) {
            return true;
        }

        @Override
        public void unreserve(Session session, int bytes) {}

        @Override
        public void onMessage(
                Session session,
                int channel,
                Delivery delivery,
                long sentNumber,
                byte[] bytes,
                int offset,
                int length,
                int reservedBytes,
                long nowNs) {
            messages++;
            if (answers) {
                session.send(channel, Delivery.RELIABLE, messages, bytes, offset, length, nowNs);
            }
        }

        @Override
        public void onDelivered(Session session, int channel, long number, long nowNs) {}

        @Override
        public void onClosed(Session session, CloseReason reason, long nowNs) {}
    }
}
