package dev.slipgate.gateway.stream;

import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections of one event loop, of all listeners for streams. What several of them bring in
 * one turn of the loop is one burst: it is answered, and handed to the bus, together. Reading
 * copies a packet once, from the connection's buffer to a scratch array; sending copies it once
 * back. Confined to the loop but for {@link #adopt} and {@link #close}.
 */
final class StreamCarrier implements PacketCarrier {
    /** Packets of a burst, at most, as with datagrams. */
    static final int BURST = 64;

    private final EventLoop loop;
    private final PacketSink sink;
    private final DropCounter drops;
    private final ByteBuffer scratch;
    private final Set<StreamConnection> connections = new HashSet<>();
    private final List<StreamConnection> unflushed = new ArrayList<>();
    private final Runnable onBurstDue = this::onBurstDue;
    private int burstPackets;
    private boolean burstDue;
    private boolean closed;

    StreamCarrier(EventLoop loop, StreamOptions options, PacketSink sink, DropCounter drops) {
        this.loop = loop;
        this.sink = sink;
        this.drops = drops;
        this.scratch = ByteBuffer.allocate(options.maxPacketBytes());
    }

    EventLoop loop() {
        return loop;
    }

    /** Takes a connection in, whose pipeline ends in a {@link StreamConnection}; any thread. */
    void adopt(Channel channel) {
        var unused = loop.register(channel);
    }

    void onOpen(StreamConnection connection) {
        connections.add(connection);
        if (closed) {
            connection.closeNow();
        }
    }

    void onPacket(StreamConnection from, ByteBuf in, int index, int length) {
        in.getBytes(index, scratch.array(), 0, length);
        sink.onPacket(from, scratch.limit(length).position(0));
        if (++burstPackets >= BURST) {
            endBurst();
        } else {
            burst();
        }
    }

    /** The other connections that are ready are read before this runs. */
    private void burst() {
        if (!burstDue) {
            burstDue = true;
            loop.execute(onBurstDue);
        }
    }

    private void onBurstDue() {
        burstDue = false;
        endBurst();
    }

    private void endBurst() {
        burstPackets = 0;
        sink.onBurstEnd();
    }

    void onBroken() {
        drops.count(DropReason.BAD_STREAM);
    }

    void onWritable(StreamConnection connection, boolean writable) {
        sink.onPeerWritable(connection, writable);
        if (writable) {
            // It was told in the midst of a flush: what waited is polled in the next turn.
            burst();
        }
    }

    void onGone(StreamConnection connection, boolean heard) {
        connections.remove(connection);
        if (heard) {
            sink.onPeerGone(connection);
            burst();
        }
    }

    @Override
    public boolean trySend(PeerAddress peer, byte[] bytes, int length) {
        var to = (StreamConnection) peer;
        boolean first = !to.unflushed();
        if (!to.tryWrite(bytes, length)) {
            return false;
        }
        if (first && to.unflushed()) {
            unflushed.add(to);
        }
        return true;
    }

    @Override
    public void closeStream(PeerAddress peer) {
        ((StreamConnection) peer).closeBehindLastWords();
    }

    @Override
    public void flush() {
        for (int i = 0; i < unflushed.size(); i++) {
            if (unflushed.get(i).unflushed()) {
                unflushed.get(i).flush();
            }
        }
        unflushed.clear();
    }

    /** Closes all connections once what was flushed has left; any thread. */
    Future<Void> close() {
        Promise<Void> done = Promise.promise();
        loop.execute(
                () -> {
                    closed = true;
                    List<Future<Void>> each = new ArrayList<>();
                    for (StreamConnection connection : List.copyOf(connections)) {
                        each.add(closedOf(connection));
                        connection.closeBehindLastWords();
                    }
                    Future.join(each).<Void>mapEmpty().onComplete(done);
                });
        return done.future();
    }

    private static Future<Void> closedOf(StreamConnection connection) {
        Promise<Void> closed = Promise.promise();
        connection.closed().addListener(unused -> closed.complete());
        return closed.future();
    }
}
