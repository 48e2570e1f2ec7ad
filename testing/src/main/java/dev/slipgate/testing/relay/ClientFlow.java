package dev.slipgate.testing.relay;

import dev.slipgate.testing.fault.FaultLine;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client of the relay: its two fault lines, and the socket under which the server sees it. */
final class ClientFlow implements AutoCloseable {
    /** Makes a socket towards the server. */
    @FunctionalInterface
    interface UpstreamOpener {
        DatagramChannel open(ClientFlow flow) throws IOException;
    }

    final SocketAddress client;
    final FaultLine up;
    final FaultLine down;
    private final long rebindNs;
    private final UpstreamOpener opener;
    private @Nullable DatagramChannel upstream;
    private long boundAtNs;

    ClientFlow(
            SocketAddress client,
            FaultLine up,
            FaultLine down,
            int rebindMs,
            UpstreamOpener opener) {
        this.client = client;
        this.up = up;
        this.down = down;
        this.rebindNs = TimeUnit.MILLISECONDS.toNanos(rebindMs);
        this.opener = opener;
    }

    boolean rebindDue(long nowNs) {
        return rebindNs > 0 && nowNs - boundAtNs >= rebindNs;
    }

    /** Takes a fresh port towards the server; what still comes to the old one is lost. */
    void rebind(long nowNs) throws IOException {
        DatagramChannel fresh = opener.open(this);
        close();
        upstream = fresh;
        boundAtNs = nowNs;
    }

    /** Sends to the server. */
    void sendUp(ByteBuffer datagram) throws IOException {
        if (upstream != null) {
            upstream.write(datagram);
        }
    }

    /** Takes a datagram of the server into {@code into}; false when there is none. */
    boolean receive(ByteBuffer into) {
        try {
            return upstream != null && upstream.receive(into) != null;
        } catch (IOException refused) {
            // The server's port is closed (ICMP): the same as silence to a client behind a relay.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (upstream != null) {
            upstream.close();
        }
    }
}
