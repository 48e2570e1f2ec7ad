package dev.slipgate.testing.gateway;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.memorynet.MemoryEnd;
import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import dev.slipgate.protocol.session.Endpoint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A name in a memory network. */
final class MemoryNet implements GatewayNet {
    private static final String NAME = "test";
    private static final long TURN_NS = 100_000;

    private final MemoryMode mode;
    private final List<MemoryEnd> ends = new CopyOnWriteArrayList<>();
    private final MemoryNetwork.Port port;
    private final Thread thread;

    private record Peer(MemoryEnd end) implements PeerAddress {
        @Override
        public Object host() {
            return end;
        }
    }

    /**
     * @param thread is woken when there is news
     */
    MemoryNet(MemoryNetwork network, MemoryMode mode, byte[] gatewayKey, Thread thread) {
        this.mode = mode;
        this.thread = thread;
        this.port = network.listen(NAME, mode, gatewayKey, this::accept);
    }

    private Runnable accept(MemoryEnd end) {
        ends.add(end);
        return () -> LockSupport.unpark(thread);
    }

    @Override
    public void read(Endpoint into) {
        LockSupport.parkNanos(TURN_NS);
        for (MemoryEnd end : ends) {
            readFrom(end, into);
        }
    }

    private void readFrom(MemoryEnd end, Endpoint into) {
        var peer = new Peer(end);
        // Asked first: what came before the close is still read.
        boolean open = end.open();
        for (byte[] packet = end.poll(); packet != null; packet = end.poll()) {
            into.onDatagram(peer, ByteBuffer.wrap(packet), System.nanoTime());
        }
        if (mode == MemoryMode.STREAM) {
            into.onPeerWritable(peer, end.writable(), System.nanoTime());
        }
        if (!open && ends.remove(end)) {
            into.onPeerGone(peer, System.nanoTime());
        }
    }

    @Override
    public void send(PeerAddress peer, byte[] bytes, int length) {
        ((Peer) peer).end().trySend(bytes, 0, length);
    }

    @Override
    public void closeStream(PeerAddress peer) {
        ((Peer) peer).end().close();
    }

    @Override
    public String place() {
        return "mem://" + NAME + (mode == MemoryMode.DATAGRAM ? "?mode=datagram" : "");
    }

    @Override
    public void close() {
        port.close();
        ends.forEach(MemoryEnd::close);
    }
}
