package dev.slipgate.benchmarks.load;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.end.ClientEndListener;
import dev.slipgate.protocol.end.EndConfig;
import dev.slipgate.protocol.end.EndListener;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.protocol.slipgate.ConnectFailure;
import dev.slipgate.protocol.slipgate.SlipgateClientConfig;
import dev.slipgate.protocol.slipgate.SlipgateClientEndpoint;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A client of the native protocol by UDP: session and end as a player's, who handles each message
 * as it comes. Messages are RELIABLE, so all acknowledgements that a player causes are paid for;
 * what had to be sent again shows as more than one packet per message, or as lost when it is late.
 */
final class NativeClient implements LoadClient, EndListener {
    /** RELIABLE unless declared otherwise; the echo comes back on it. */
    private static final int CHANNEL = 1;

    private static final byte[] NO_TOKEN = {};

    /** A handshake that comes to nothing is begun anew so often. */
    private static final int MAX_TRIES = 5;

    /** The one gateway of a load; its address is the sockets' business. */
    private record Gateway() implements PeerAddress {
        @Override
        public Object host() {
            return this;
        }
    }

    /** What all clients of a load share. */
    static final class Common {
        private static final long MAX_RETAINED_BYTES = 16 << 20;

        final byte[] gatewayKey;
        final Crypto crypto;
        final SecureRandom random = new SecureRandom();
        final DropCounter drops = new DropCounter();
        final BytePool pool = new BytePool(MAX_RETAINED_BYTES);

        Common(byte[] gatewayKey, Crypto crypto) {
            this.gatewayKey = gatewayKey;
            this.crypto = crypto;
        }
    }

    private static final Gateway GATEWAY = new Gateway();
    private static final EndConfig END = EndConfig.defaults(EndConfig.Role.CLIENT);

    private final int client;
    private final Echoes echoes;
    private final Common common;
    private SessionEnd end;
    private SlipgateClientEndpoint endpoint;
    private int tries;
    private boolean over;
    private boolean met;
    private @Nullable String failure;

    NativeClient(int client, Echoes echoes, Common common) {
        this.client = client;
        this.echoes = echoes;
        this.common = common;
        this.end = new SessionEnd(common.pool, END, this);
        this.endpoint = endpoint();
    }

    private SlipgateClientEndpoint endpoint() {
        return new SlipgateClientEndpoint(
                SlipgateClientConfig.defaults(),
                CarrierKind.DATAGRAM,
                common.crypto,
                common.gatewayKey,
                NO_TOKEN,
                GATEWAY,
                common.random,
                new ClientEndListener(end, this::onFailed),
                common.drops,
                common.pool);
    }

    /** A handshake of which too much was lost is begun anew, some times. */
    @Override
    public void start(long nowNs) {
        boolean again = over && failure == null;
        if (again) {
            over = false;
            end = new SessionEnd(common.pool, END, this);
            endpoint = endpoint();
        }
        if (tries == 0 || again) {
            tries++;
            endpoint.start(nowNs);
            runJobs(nowNs);
        }
    }

    private void onFailed(ConnectFailure why) {
        over = true;
        if (why.kind() != ConnectFailure.Kind.NO_ANSWER || tries == MAX_TRIES) {
            failure = why.kind() + ", " + why.detail();
        }
    }

    @Override
    public boolean connected() {
        return end.attached();
    }

    @Override
    public @Nullable String failure() {
        return failure;
    }

    @Override
    public void onDatagram(ByteBuffer datagram, long nowNs) {
        endpoint.onDatagram(GATEWAY, datagram, nowNs);
        runJobs(nowNs);
    }

    @Override
    public boolean send(byte[] message, int length, long nowNs) {
        return end.send(CHANNEL, message, 0, length, nowNs) == SendResult.QUEUED;
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

    /** Here and now: where connecting is measured, it is the gateway's share that is. */
    private void runJobs(long nowNs) {
        for (Job job = endpoint.pollJob(); job != null; job = endpoint.pollJob()) {
            job.run();
            endpoint.onJobDone(job, nowNs);
        }
    }

    @Override
    public void close(long nowNs) {
        end.close(CloseReason.CLIENT_CLOSED, nowNs);
    }

    @Override
    public void onAttached(Attach peer, long nowNs) {
        met = true;
    }

    /** Handled first: the delivery ack then rides with the message that answers the echo. */
    @Override
    public void onMessage(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        end.handled(channel, number, length, nowNs);
        echoes.onEcho(client, bytes, offset, length, nowNs);
    }

    @Override
    public void onDelivered(int channel, long number, @Nullable Object tag, long nowNs) {
        // The echo tells.
    }

    @Override
    public void onWritable(long nowNs) {
        // The window is far below what may be kept.
    }

    /** What the gateway has forgotten before it heard of it is as good as unanswered. */
    @Override
    public void onClosed(CloseReason reason, long nowNs) {
        over = true;
        boolean unheard = !met && reason == CloseReason.SESSION_UNKNOWN && tries < MAX_TRIES;
        if (!unheard) {
            failure = "the session was closed: " + reason.text();
        }
    }
}
