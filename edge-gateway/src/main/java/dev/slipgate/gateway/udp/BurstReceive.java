package dev.slipgate.gateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How the epoll sockets of a loop read: up to {@link #BURST} datagrams with one system call into
 * one buffer that all of them use again and again, then no more in this turn of the loop, so that
 * the burst is answered while it is in the cache and the other sockets get their turn. A socket
 * that has more is ready again at once, since epoll is level-triggered here. Confined to the loop.
 */
final class BurstReceive implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
    /** Datagrams per read, at most, and so the most that wait for one answering flush. */
    static final int BURST = 64;

    /** The buffer's bound: with jumbo datagrams a burst has fewer. */
    private static final int MAX_BUFFER_BYTES = 256 * 1024;

    private final ByteBufAllocator allocator;
    private final int bufferBytes;
    private ByteBuf buffer;
    private int lastBytesRead;
    private int attemptedBytesRead;

    /**
     * @param allocator pooled, so that Netty's slices of the buffer are recycled too
     * @param datagramBytes room per datagram; what is longer is cut to it
     */
    BurstReceive(ByteBufAllocator allocator, int datagramBytes) {
        this.allocator = allocator;
        int burst = Math.clamp(MAX_BUFFER_BYTES / datagramBytes, 1, BURST);
        this.bufferBytes = datagramBytes * burst;
        this.buffer = newBuffer();
    }

    private ByteBuf newBuffer() {
        return allocator.directBuffer(bufferBytes, bufferBytes);
    }

    /** Gives the buffer back; no socket may read by it afterwards. */
    void close() {
        buffer.release();
    }

    /** All sockets of the loop share this one: their reads never overlap. */
    @Override
    public BurstReceive newHandle() {
        return this;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator unused) {
        if (buffer.refCnt() != 1) {
            // Someone still holds a datagram of an earlier burst: the buffer stays theirs.
            buffer.release();
            buffer = newBuffer();
        }
        return buffer.clear().retain();
    }

    @Override
    public int guess() {
        return bufferBytes;
    }

    @Override
    public void reset(ChannelConfig config) {}

    @Override
    public void incMessagesRead(int count) {}

    @Override
    public void lastBytesRead(int bytes) {
        lastBytesRead = bytes;
    }

    @Override
    public int lastBytesRead() {
        return lastBytesRead;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
        attemptedBytesRead = bytes;
    }

    @Override
    public int attemptedBytesRead() {
        return attemptedBytesRead;
    }

    @Override
    public boolean continueReading() {
        return false;
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
        return false;
    }

    @Override
    public void readComplete() {}
}
