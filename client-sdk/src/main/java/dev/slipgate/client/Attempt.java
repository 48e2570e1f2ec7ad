package dev.slipgate.client;

import dev.slipgate.client.carrier.Carrier;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.protocol.slipgate.SlipgateClientEndpoint;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One session's way over one carrier, from the first byte to the last. */
final class Attempt {
    /** Packets that one turn reads, and sends: a game's frame must end. */
    static final int MAX_PACKETS_PER_TURN = 64;

    /** Makes the endpoint once the carrier is open, since the time to connect runs already. */
    interface EndpointFactory {
        SlipgateClientEndpoint create(long nowNs);
    }

    private final Carrier carrier;
    private final EndpointFactory endpoints;
    private final PeerAddress gateway;
    private final Transmit transmit = new Transmit(CarrierKind.MAX_STREAM_PACKET_BYTES);
    private @Nullable SlipgateClientEndpoint endpoint;
    private boolean writable = true;
    private boolean goneTold;

    Attempt(Carrier carrier, EndpointFactory endpoints, PeerAddress gateway) {
        this.carrier = carrier;
        this.endpoints = endpoints;
        this.gateway = gateway;
    }

    Carrier carrier() {
        return carrier;
    }

    @Nullable Session session() {
        return endpoint == null ? null : endpoint.session();
    }

    /**
     * Reads what has come, does what is due, sends what is to be sent.
     *
     * @return whether there may be more to do at once
     */
    boolean turn(long nowNs) {
        int packets = carrier.receive((b, o, l) -> onPacket(b, o, l, nowNs), MAX_PACKETS_PER_TURN);
        SlipgateClientEndpoint open = endpoint;
        if (open == null) {
            open = openIfReady(nowNs);
            if (open == null) {
                return false;
            }
        }
        if (carrier.state() == Carrier.State.CLOSED && !goneTold) {
            goneTold = true;
            open.onPeerGone(gateway, nowNs);
        }
        if (open.nextTimeoutNs() <= nowNs) {
            open.onTimeout(nowNs);
        }
        runJobs(open, nowNs);
        boolean more = transmit(nowNs);
        if (open.pollStreamToClose() != null) {
            carrier.close();
        }
        return more || packets == MAX_PACKETS_PER_TURN;
    }

    private @Nullable SlipgateClientEndpoint openIfReady(long nowNs) {
        if (carrier.state() == Carrier.State.OPEN) {
            endpoint = endpoints.create(nowNs);
            endpoint.start(nowNs);
        }
        return endpoint;
    }

    /** Nobody speaks before the client does. */
    private void onPacket(byte[] bytes, int offset, int length, long nowNs) {
        if (endpoint != null) {
            endpoint.onDatagram(gateway, ByteBuffer.wrap(bytes, offset, length), nowNs);
        }
    }

    /** The handshake's key agreements: two, of less than a millisecond each. */
    private static void runJobs(SlipgateClientEndpoint of, long nowNs) {
        for (Job job = of.pollJob(); job != null; job = of.pollJob()) {
            job.run();
            of.onJobDone(job, nowNs);
        }
    }

    /**
     * Sends what is to be sent now.
     *
     * @return whether there may be more, since the turn's bound was reached
     */
    boolean transmit(long nowNs) {
        SlipgateClientEndpoint from = endpoint;
        carrier.flush();
        if (from == null) {
            return false;
        }
        tellWritable(from, nowNs);
        int sent = 0;
        while (writable && sent < MAX_PACKETS_PER_TURN && from.pollTransmit(transmit, nowNs)) {
            carrier.trySend(transmit.bytes, transmit.length);
            sent++;
            if (!carrier.writable()) {
                carrier.flush();
                tellWritable(from, nowNs);
            }
        }
        carrier.flush();
        return sent == MAX_PACKETS_PER_TURN;
    }

    private void tellWritable(SlipgateClientEndpoint to, long nowNs) {
        if (writable != carrier.writable()) {
            writable = !writable;
            to.onPeerWritable(gateway, writable, nowNs);
        }
    }

    /** When {@link #turn} is next worth a call without anything having come. */
    long nextTimeoutNs() {
        return endpoint == null ? Endpoint.NEVER : endpoint.nextTimeoutNs();
    }

    /** Whether its carrier gave up before there was anything to say. */
    boolean neverOpened() {
        return endpoint == null && carrier.state() == Carrier.State.CLOSED;
    }

    /** Ends its session with a goodbye, which leaves if the carrier takes it now. */
    void close(CloseReason reason, long nowNs) {
        if (endpoint != null) {
            endpoint.close(reason, nowNs);
            transmit(nowNs);
        }
    }

    /** Whether nothing is left to be said, or nobody to say it to. */
    boolean silent() {
        return endpoint == null
                || endpoint.sessionCount() == 0
                || carrier.state() == Carrier.State.CLOSED;
    }
}
