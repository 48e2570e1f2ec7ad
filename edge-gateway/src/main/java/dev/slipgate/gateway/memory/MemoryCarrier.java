package dev.slipgate.gateway.memory;

import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.memorynet.MemoryEnd;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The connections in memory of one event loop. What one of them brings in a turn of the loop is a
 * burst. Confined to the loop but for {@link #accept} and {@link #close}.
 */
final class MemoryCarrier implements PacketCarrier {
    /** Connections of a loop; one more is closed at once. */
    static final int MAX_CONNECTIONS = 10_000;

    /** Packets of a burst. */
    private static final int BURST = 64;

    private final EventLoop loop;
    private final PacketSink sink;
    private final Set<MemoryPeer> peers = new HashSet<>();
    private boolean closed;

    MemoryCarrier(EventLoop loop, PacketSink sink) {
        this.loop = loop;
        this.sink = sink;
    }

    /** Takes a connection; what it answers is to be called when there is news. Any thread. */
    Runnable accept(MemoryEnd end) {
        var peer = new MemoryPeer(end, this);
        loop.execute(() -> onAccepted(peer));
        return peer::onActivity;
    }

    private void onAccepted(MemoryPeer peer) {
        if (closed || peers.size() == MAX_CONNECTIONS) {
            peer.end().close();
        } else {
            peers.add(peer);
            peer.onActivity();
        }
    }

    /** Has the news of a connection read in a turn of the loop; any thread. */
    void schedule(MemoryPeer peer) {
        loop.execute(() -> onNews(peer));
    }

    private void onNews(MemoryPeer peer) {
        peer.beginReading();
        if (!peers.contains(peer)) {
            return;
        }
        if (peer.becomesWritable()) {
            sink.onPeerWritable(peer, true);
        }
        // Asked first: what came before the close is still read.
        boolean open = peer.end().open();
        int packets = 0;
        byte[] packet = peer.end().poll();
        while (packet != null) {
            sink.onPacket(peer, ByteBuffer.wrap(packet));
            packet = ++packets < BURST ? peer.end().poll() : null;
        }
        if (packets == BURST) {
            peer.onActivity();
        } else if (!open) {
            peers.remove(peer);
            sink.onPeerGone(peer);
        }
        sink.onBurstEnd();
    }

    @Override
    public boolean trySend(PeerAddress peer, byte[] bytes, int length) {
        var to = (MemoryPeer) peer;
        boolean sent = to.end().trySend(bytes, 0, length);
        if (to.becomesFull()) {
            sink.onPeerWritable(to, false);
        }
        return sent;
    }

    @Override
    public void closeStream(PeerAddress peer) {
        ((MemoryPeer) peer).end().close();
    }

    @Override
    public void flush() {
        // The client is told as soon as its queue holds something.
    }

    /** Closes all connections; any thread. */
    void close() {
        loop.execute(
                () -> {
                    closed = true;
                    peers.forEach(peer -> peer.end().close());
                });
    }
}
