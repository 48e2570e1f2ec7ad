package dev.slipgate.protocol.memorynet;

import org.jspecify.annotations.Nullable;

/**
 * One end of a path through a {@link MemoryNetwork}. Thread-safe, though meant for one thread at
 * each end.
 */
public final class MemoryEnd implements AutoCloseable {
    private final MemoryMode mode;
    private final MemoryQueue in;
    private final MemoryQueue out;

    MemoryEnd(MemoryMode mode, MemoryQueue in, MemoryQueue out) {
        this.mode = mode;
        this.in = in;
        this.out = out;
    }

    public MemoryMode mode() {
        return mode;
    }

    /**
     * Sends a packet to the other end.
     *
     * @param bytes copied during the call
     * @return false when it was not taken: on a stream it may be tried again when the end is
     *     writable, as a datagram it is lost and counted
     */
    public boolean trySend(byte[] bytes, int offset, int length) {
        return out.tryAdd(bytes, offset, length);
    }

    /** The next packet that came, now the caller's; null when there is none. */
    public byte @Nullable [] poll() {
        return in.poll();
    }

    /** Whether a packet of any length would be taken. */
    public boolean writable() {
        return out.writable();
    }

    /** Packets from this end that were lost since the queue was full, or refused and not kept. */
    public long refusedPackets() {
        return out.refusedPackets();
    }

    /** False once either end was closed. What came before is still to be polled. */
    public boolean open() {
        return out.open();
    }

    /** Ends the path for both ends; harmless when repeated. */
    @Override
    public void close() {
        in.close();
        out.close();
    }
}
