package dev.slipgate.benchmarks.load;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.mpgameserver.ClientState;
import dev.slipgate.protocol.mpgameserver.MpClient;
import dev.slipgate.protocol.mpgameserver.MpClientConfig;
import dev.slipgate.protocol.mpgameserver.RetryMode;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.session.Transmit;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of the mpgameserver dialect: our own session with its pacing off, so that it sends a
 * message when it is told to. Messages are sent in the mode that never retries: what is lost shows.
 */
final class SealedClient implements LoadClient, SessionListener {
    /** A handshake that gets no answer is begun anew so often. */
    private static final int MAX_TRIES = 5;

    /** The one server of a load; its address is the sockets' business. */
    private record Server() implements PeerAddress {
        @Override
        public Object host() {
            return this;
        }
    }

    /** What all clients of a load share. */
    static final class Common {
        private static final long MAX_RETAINED_BYTES = 16 << 20;

        final PublicKey rootKey;
        final Crypto crypto;
        final SecureRandom random = new SecureRandom();
        final DropCounter drops = new DropCounter();
        final BytePool pool = new BytePool(MAX_RETAINED_BYTES);
        final long epochAtZeroNs =
                TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();

        Common(PublicKey rootKey, Crypto crypto) {
            this.rootKey = rootKey;
            this.crypto = crypto;
        }
    }

    private static final Server SERVER = new Server();

    private final int client;
    private final Echoes echoes;
    private final Common common;
    private MpClient endpoint;
    private int tries;

    SealedClient(int client, Echoes echoes, Common common) {
        this.client = client;
        this.echoes = echoes;
        this.common = common;
        this.endpoint = fresh();
    }

    private MpClient fresh() {
        return new MpClient(
                MpClientConfig.unpaced(),
                common.crypto,
                common.random,
                this,
                common.drops,
                common.pool,
                common.epochAtZeroNs);
    }

    @Override
    public void start(long nowNs) {
        if (endpoint.state() == ClientState.TIMED_OUT && tries < MAX_TRIES) {
            endpoint = fresh();
        }
        if (endpoint.state() == ClientState.IDLE) {
            tries++;
            endpoint.connect(SERVER, common.rootKey, nowNs);
            runJobs(nowNs);
        }
    }

    @Override
    public boolean connected() {
        return endpoint.state() == ClientState.CONNECTED;
    }

    @Override
    public @Nullable String failure() {
        return switch (endpoint.state()) {
            case REFUSED -> "the server's signature is not by the root key";
            case TIMED_OUT -> tries < MAX_TRIES ? null : "the server does not answer";
            case CLOSED -> "the server closed the connection";
            case IDLE, CONNECTING, CONNECTED -> null;
        };
    }

    @Override
    public void onDatagram(ByteBuffer datagram, long nowNs) {
        endpoint.onDatagram(SERVER, datagram, nowNs);
        runJobs(nowNs);
    }

    @Override
    public boolean send(byte[] message, int length, long nowNs) {
        return endpoint.send(RetryMode.NONE, 1, message, 0, length, nowNs) == SendResult.QUEUED;
    }

    @Override
    public boolean pollTransmit(Transmit out, long nowNs) {
        return endpoint.pollTransmit(out, nowNs);
    }

    @Override
    public void onTimeout(long nowNs) {
        endpoint.onTimeout(nowNs);
        runJobs(nowNs);
    }

    @Override
    public long nextTimeoutNs() {
        return endpoint.nextTimeoutNs();
    }

    /** Here and now: handshakes are over before anything is measured. */
    private void runJobs(long nowNs) {
        Job job = endpoint.pollJob();
        while (job != null) {
            job.run();
            endpoint.onJobDone(job, nowNs);
            job = endpoint.pollJob();
        }
    }

    @Override
    public void close(long nowNs) {
        endpoint.close(CloseReason.CLIENT_CLOSED, nowNs);
    }

    @Override
    public void onConnected(Session session, long nowNs) {
        // The state says so.
    }

    @Override
    public boolean tryReserve(Session session, int bytes, long nowNs) {
        return true;
    }

    @Override
    public void unreserve(Session session, int bytes) {
        // Nothing was set aside.
    }

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
        echoes.onEcho(client, bytes, offset, length, nowNs);
    }

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {
        // Messages are sent once.
    }

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {
        // The state says so.
    }
}
