package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.handshake.ReadyDatagrams;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.session.Transmit;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client side of the dialect: an endpoint with one session. Sans-IO and confined to one thread
 * like any endpoint; cheap enough that one thread drives thousands. Used once: a new connection
 * takes a new client.
 */
public final class MpClient implements Endpoint {
    private static final int BEST_EFFORT_CHANNEL = 1;

    private final MpClientConfig config;
    private final Crypto crypto;
    private final RandomGenerator random;
    private final DropCounter drops;
    private final SessionContext context;
    private final ReadyDatagrams farewells = new ReadyDatagrams(1);
    private ClientState state = ClientState.IDLE;
    private @Nullable PeerAddress server;
    private @Nullable ClientHandshake handshake;
    private @Nullable MpSession session;
    private boolean keepsHistory;
    private boolean ready;
    private long deadlineNs = NEVER;

    /**
     * @param random cryptographically strong; pads the hello and draws the session's local id
     * @param epochAtZeroNs unix time in nanoseconds at {@code nowNs} 0, for the header
     */
    public MpClient(
            MpClientConfig config,
            Crypto crypto,
            RandomGenerator random,
            SessionListener listener,
            DropCounter drops,
            BytePool pool,
            long epochAtZeroNs) {
        this.config = config;
        this.crypto = crypto;
        this.random = random;
        this.drops = drops;
        this.context =
                new SessionContext(
                        false, config.session(), new Host(), listener, drops, pool, epochAtZeroNs);
    }

    /**
     * Input: begins the handshake.
     *
     * @param rootKey the server's lasting key; null trusts whoever answers
     */
    public void connect(PeerAddress serverAddress, @Nullable PublicKey rootKey, long nowNs) {
        if (state != ClientState.IDLE) {
            throw new IllegalStateException("this client was used before; make a new one");
        }
        server = serverAddress;
        handshake = new ClientHandshake(config, crypto, random, context, rootKey, nowNs);
        state = ClientState.CONNECTING;
    }

    /** Input: keeps what is done in each second; call it before {@link #connect}. */
    public void keepHistory() {
        keepsHistory = true;
    }

    /** What the session did in each second; null unless kept and connected. */
    public @Nullable SecondHistory history() {
        return session == null ? null : session.history;
    }

    public ClientState state() {
        return state;
    }

    /** The session; null until {@link SessionListener#onConnected}. */
    public @Nullable Session session() {
        return session;
    }

    /**
     * Input: a message for the server, in one of the original's modes.
     *
     * @param number comes back in {@link SessionListener#onDelivered} of a message with {@link
     *     RetryMode#RETRY_ON_TIMEOUT}, on channel 1
     */
    public SendResult send(
            RetryMode mode, long number, byte[] bytes, int offset, int length, long nowNs) {
        MpSession live = session;
        if (live == null) {
            return SendResult.CLOSED;
        }
        Delivery delivery =
                mode == RetryMode.RETRY_ON_TIMEOUT ? Delivery.RELIABLE : Delivery.UNRELIABLE;
        return live.send(
                BEST_EFFORT_CHANNEL,
                delivery,
                mode == RetryMode.BEST_EFFORT,
                number,
                bytes,
                offset,
                length,
                nowNs);
    }

    @Override
    public void onDatagram(PeerAddress peer, ByteBuffer datagram, long nowNs) {
        byte[] bytes = datagram.array();
        int offset = datagram.arrayOffset() + datagram.position();
        DropReason refusal = take(peer, bytes, offset, datagram.remaining(), nowNs);
        if (refusal != null) {
            drops.count(refusal);
        }
    }

    private @Nullable DropReason take(
            PeerAddress peer, byte[] bytes, int offset, int length, long nowNs) {
        if (!peer.equals(server)) {
            return DropReason.NO_SESSION;
        }
        DropReason refusal = context.headerRefusal(bytes, offset, length, Wire.SERVER_HELLO);
        if (refusal != null) {
            return refusal;
        }
        if (Wire.type(bytes, offset) == Wire.SERVER_HELLO) {
            return handshake == null
                    ? DropReason.HELLO_ON_LIVE_SESSION
                    : handshake.onAnswer(bytes, offset, length);
        }
        if (!context.sealedLengthAgrees(bytes, offset, length)) {
            return DropReason.BAD_LENGTH;
        }
        MpSession live = session;
        if (live == null || !live.connected()) {
            return DropReason.NO_SESSION;
        }
        int opened = live.open(bytes, offset, length);
        return opened < 0
                ? DropReason.BAD_TAG
                : live.onOpened(bytes, offset, length, opened, nowNs);
    }

    @Override
    public void onTimeout(long nowNs) {
        ClientHandshake pending = handshake;
        if (pending != null && pending.expired(nowNs)) {
            state = pending.failure();
            handshake = null;
        }
        MpSession live = session;
        if (live != null && nowNs >= deadlineNs) {
            deadlineNs = NEVER;
            live.onTimer(nowNs);
        }
    }

    @Override
    public boolean pollTransmit(Transmit out, long nowNs) {
        if (farewells.poll(out)) {
            return true;
        }
        PeerAddress to = server;
        byte[] hello = handshake == null ? null : handshake.pollHello(nowNs);
        if (hello != null && to != null) {
            ReadyDatagrams.fill(out, to, hello);
            return true;
        }
        MpSession live = session;
        if (live == null || !ready) {
            return false;
        }
        if (live.poll(out, nowNs)) {
            return true;
        }
        ready = false;
        live.settle(nowNs);
        return false;
    }

    @Override
    public @Nullable Job pollJob() {
        return handshake == null ? null : handshake.pollJob();
    }

    @Override
    public void onJobDone(Job job, long nowNs) {
        ClientHandshake pending = handshake;
        if (pending == null) {
            return;
        }
        if (job instanceof ClientKeysJob made) {
            pending.onKeys(made, nowNs);
        } else if (job instanceof ClientCheckJob checked) {
            onChecked(pending, checked, nowNs);
        }
    }

    private void onChecked(ClientHandshake pending, ClientCheckJob job, long nowNs) {
        ServerHello hello = job.hello();
        byte[] key = job.key();
        PeerAddress peer = server;
        if (hello == null || key == null || peer == null) {
            drops.count(DropReason.BAD_HELLO);
            pending.onRefused();
            return;
        }
        handshake = null;
        var made = new MpSession(random.nextLong(), peer, hello.token(), key, crypto, context);
        made.recordHandshake(
                Wire.packetNumber(job.answer, 0),
                Wire.seconds(job.answer, 0),
                Wire.u16(job.answer, Wire.HEADER_BYTES));
        made.history = keepsHistory ? new SecondHistory(nowNs) : null;
        session = made;
        state = ClientState.CONNECTED;
        made.connectAsClient(nowNs);
    }

    @Override
    public long nextTimeoutNs() {
        return handshake != null ? handshake.nextTimeoutNs() : deadlineNs;
    }

    @Override
    public int sessionCount() {
        return state == ClientState.CONNECTED ? 1 : 0;
    }

    @Override
    public void close(CloseReason reason, long nowNs) {
        handshake = null;
        if (session != null) {
            session.close(reason, nowNs);
        }
        if (state == ClientState.CONNECTING) {
            state = ClientState.CLOSED;
        }
    }

    /** How the session reaches back into this endpoint. */
    private final class Host implements SessionHost {
        @Override
        public void onReady(MpSession ignored) {
            ready = true;
        }

        @Override
        public void onDeadline(MpSession ignored, long dueNs, long nowNs) {
            deadlineNs = Math.min(deadlineNs, dueNs);
        }

        @Override
        public void onProven(MpSession ignored, long nowNs) {}

        @Override
        public void onEnded(MpSession ignored) {
            state = ClientState.CLOSED;
            deadlineNs = NEVER;
        }

        @Override
        public void onFarewell(PeerAddress peer, byte[] datagram) {
            farewells.tryAdd(peer, datagram);
        }
    }
}
