package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.testnet.NetNode;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** An endpoint on a {@code TestNetwork}, driven as a carrier drives it. */
final class EndpointNode implements NetNode {
    private static final byte[] LOST = new byte[0];

    Endpoint endpoint;
    boolean runsJobs = true;

    /** Told of streams to close: the peer, and when it was said. */
    BiConsumer<PeerAddress, Long> onStreamToClose = (peer, nowNs) -> {};

    /** What becomes of a packet before it is read. */
    Filter filter = packet -> packet;

    /** Changes packets on their way; an empty array loses one. */
    interface Filter {
        byte[] apply(byte[] packet);
    }

    EndpointNode(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    static byte[] lost() {
        return LOST;
    }

    @Override
    public void onPacket(PeerAddress from, byte[] packet, long nowNs) {
        byte[] filtered = filter.apply(packet);
        if (filtered.length > 0) {
            endpoint.onDatagram(from, ByteBuffer.wrap(filtered), nowNs);
        }
    }

    @Override
    public boolean poll(Transmit out, long nowNs) {
        if (runsJobs) {
            runJobs(nowNs);
        }
        if (endpoint.pollTransmit(out, nowNs)) {
            return true;
        }
        PeerAddress closing;
        while ((closing = endpoint.pollStreamToClose()) != null) {
            onStreamToClose.accept(closing, nowNs);
        }
        return false;
    }

    void runJobs(long nowNs) {
        Job job;
        while ((job = endpoint.pollJob()) != null) {
            job.run();
            endpoint.onJobDone(job, nowNs);
        }
    }

    @Override
    public void onTimeout(long nowNs) {
        endpoint.onTimeout(nowNs);
    }

    @Override
    public long nextTimeoutNs() {
        return endpoint.nextTimeoutNs();
    }
}
