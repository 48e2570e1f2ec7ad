package dev.slipgate.gateway.stream;

import dev.slipgate.gateway.carrier.HostKey;
import dev.slipgate.protocol.PeerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection: the last handler of its channel, and the peer's address at the same
 * time, equal to itself alone. Confined to its carrier's loop.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter implements PeerAddress {
    /** Gathered bytes that leave even without a flush, so that water marks tell in time. */
    static final int MAX_UNFLUSHED_BYTES = 32 * 1024;

    /** How long the peer may take to read the last words. */
    private static final long FAREWELL_MS = 2000;

    private final StreamCarrier carrier;
    private final StreamCounters counters;
    private final StreamOptions options;
    private final Framing framing;
    private final InetSocketAddress remote;
    private @Nullable Channel channel;
    private @Nullable Future<?> deadline;
    private int unflushedPackets;
    private int unflushedBytes;
    private boolean heard;
    private boolean proven;
    private boolean deaf;

    StreamConnection(
            StreamCarrier carrier,
            StreamCounters counters,
            StreamOptions options,
            Framing framing,
            InetSocketAddress remote) {
        this.carrier = carrier;
        this.counters = counters;
        this.options = options;
        this.framing = framing;
        this.remote = remote;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
        counters.connections.increment();
        carrier.onOpen(this);
        deadline =
                context.executor()
                        .schedule(
                                this::onDeadline, options.provenWithinMs(), TimeUnit.MILLISECONDS);
    }

    private void onDeadline() {
        counters.unproven.increment();
        closeNow();
    }

    /** A packet; within its buffer. */
    void onPacket(ByteBuf from, int index, int length) {
        heard = true;
        counters.packetsIn.increment();
        counters.bytesIn.add(length);
        carrier.onPacket(this, from, index, length);
    }

    /** The peer broke the framing: nothing more is read. */
    void breakOff() {
        if (!deaf) {
            deaf = true;
            counters.badStreams.increment();
            carrier.onBroken();
            closeNow();
        }
    }

    /** Whether what comes is thrown away, since the connection is about to be closed. */
    boolean deaf() {
        return deaf;
    }

    /** Pings go unanswered. */
    void onSilence() {
        counters.pingTimeouts.increment();
        closeNow();
    }

    /** A session has been proven over it: it may stay. */
    void onProven() {
        if (!proven) {
            proven = true;
            counters.sessions.increment();
            Objects.requireNonNull(deadline).cancel(false);
        }
    }

    /** Closes when the peer has taken what was written, or does not in time; reads no more. */
    void closeBehindLastWords() {
        deaf = true;
        Channel to = open();
        to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        var unused = to.eventLoop().schedule(this::closeNow, FAREWELL_MS, TimeUnit.MILLISECONDS);
    }

    void closeNow() {
        var unused = open().close();
    }

    /** Completes when it is closed. */
    Future<Void> closed() {
        return open().closeFuture();
    }

    /**
     * Gathers a packet for the next flush.
     *
     * @return false when it was dropped: the connection is gone, or goes since it reads too slowly
     */
    boolean tryWrite(byte[] bytes, int length) {
        Channel to = open();
        if (!to.isActive()) {
            counters.sendRefused.increment();
            return false;
        }
        if (unsentBytes() > options.maxUnsentBytes()) {
            // A packet left out would break the stream: nothing on it is sent again.
            counters.overruns.increment();
            closeNow();
            return false;
        }
        // The void promise is no object per packet; its failures come to exceptionCaught.
        var unused = to.write(framing.frame(to.alloc(), bytes, length), to.voidPromise());
        unflushedPackets++;
        unflushedBytes += length;
        if (unflushedBytes >= MAX_UNFLUSHED_BYTES) {
            flush();
        }
        return true;
    }

    /** What the kernel has not taken yet, as far as it was flushed. */
    long unsentBytes() {
        Channel to = open();
        return to.isWritable()
                ? options.highWaterBytes() - to.bytesBeforeUnwritable()
                : options.lowWaterBytes() + to.bytesBeforeWritable();
    }

    /** Whether something waits for a flush. */
    boolean unflushed() {
        return unflushedPackets > 0;
    }

    void flush() {
        counters.packetsOut.add(unflushedPackets);
        counters.bytesOut.add(unflushedBytes);
        unflushedPackets = 0;
        unflushedBytes = 0;
        open().flush();
    }

    private Channel open() {
        return Objects.requireNonNull(channel);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (heard) {
            carrier.onWritable(this, open().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        counters.connections.decrement();
        Objects.requireNonNull(deadline).cancel(false);
        if (proven) {
            counters.sessions.decrement();
        }
        carrier.onGone(this, heard);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls && !tls.isSuccess()) {
            counters.tlsFailures.increment();
            closeNow();
        }
    }

    /** Strangers cause these: what does not decode is counted, and the rest is a peer gone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException && !(cause.getCause() instanceof SSLException)) {
            breakOff();
        } else {
            closeNow();
        }
    }

    @Override
    public Object host() {
        return HostKey.of(remote.getAddress());
    }

    @Override
    public String toString() {
        return HostKey.text(remote);
    }
}
