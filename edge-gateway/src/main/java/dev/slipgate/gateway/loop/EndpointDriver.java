package dev.slipgate.gateway.loop;

import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Transmit;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes and jobs between one endpoint, its carrier and the job pool; when, is decided by the
 * {@link SessionLoop}. Confined to the loop.
 */
final class EndpointDriver implements PacketSink, EndpointCounts {
    /**
     * Datagrams sent in one turn of the loop; the rest follows in the next, so that it still reads.
     */
    static final int MAX_TRANSMITS_PER_TURN = 1024;

    private final SessionLoop loop;
    private final Endpoint endpoint;
    private final JobPool jobs;
    private final Transmit transmit;
    private @Nullable PacketCarrier carrier;
    private int jobsOut;
    private volatile int sessions;
    private volatile int handshakes;

    EndpointDriver(SessionLoop loop, Endpoint endpoint, JobPool jobs, int maxDatagramBytes) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.jobs = jobs;
        this.transmit = new Transmit(maxDatagramBytes);
    }

    void sendBy(PacketCarrier carrier) {
        this.carrier = carrier;
    }

    @Override
    public void onPacket(PeerAddress peer, ByteBuffer packet) {
        if (!loop.closed()) {
            endpoint.onDatagram(peer, packet, loop.burstNowNs());
        }
    }

    @Override
    public void onPeerGone(PeerAddress peer) {
        if (!loop.closed()) {
            endpoint.onPeerGone(peer, loop.nowNs());
        }
    }

    @Override
    public void onPeerWritable(PeerAddress peer, boolean writable) {
        if (!loop.closed()) {
            endpoint.onPeerWritable(peer, writable, loop.nowNs());
        }
    }

    @Override
    public void onBurstEnd() {
        loop.onBurstEnd();
    }

    void onTimeout(long nowNs) {
        if (endpoint.nextTimeoutNs() <= nowNs) {
            endpoint.onTimeout(nowNs);
        }
    }

    long nextTimeoutNs() {
        return endpoint.nextTimeoutNs();
    }

    /** Makes the counts of this moment visible to all threads; a write only where one changed. */
    void publishCounts() {
        if (sessions != endpoint.sessionCount()) {
            sessions = endpoint.sessionCount();
        }
        if (handshakes != endpoint.handshakeCount()) {
            handshakes = endpoint.handshakeCount();
        }
    }

    @Override
    public int sessions() {
        return sessions;
    }

    @Override
    public int handshakes() {
        return handshakes;
    }

    /** Hands on the jobs that have room in the pool; those that have not wait in the endpoint. */
    void submitJobs() {
        while (jobsOut < JobPool.MAX_JOBS_PER_ENDPOINT) {
            Job job = endpoint.pollJob();
            if (job == null) {
                return;
            }
            if (jobs.trySubmit(job, () -> loop.execute(() -> onJobDone(job)))
                    && ++jobsOut == JobPool.MAX_JOBS_PER_ENDPOINT) {
                jobs.countBoundReached();
            }
        }
    }

    private void onJobDone(Job job) {
        jobsOut--;
        if (!loop.closed()) {
            endpoint.onJobDone(job, loop.nowNs());
            loop.onInput();
        }
    }

    /**
     * Sends what the endpoint has to send.
     *
     * @return whether it may have more, since the turn's bound was reached
     */
    boolean transmit(long nowNs) {
        PacketCarrier out = Objects.requireNonNull(carrier);
        int sent = 0;
        while (sent < MAX_TRANSMITS_PER_TURN && endpoint.pollTransmit(transmit, nowNs)) {
            out.trySend(Objects.requireNonNull(transmit.peer), transmit.bytes, transmit.length);
            sent++;
        }
        if (sent > 0) {
            out.flush();
        }
        boolean more = sent == MAX_TRANSMITS_PER_TURN;
        if (!more) {
            closeStreams(out);
        }
        return more;
    }

    private void closeStreams(PacketCarrier out) {
        for (PeerAddress peer = endpoint.pollStreamToClose();
                peer != null;
                peer = endpoint.pollStreamToClose()) {
            out.closeStream(peer);
        }
    }

    void close(CloseReason reason, long nowNs) {
        endpoint.close(reason, nowNs);
    }
}
