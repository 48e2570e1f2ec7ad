package dev.slipgate.protocol.memorynet;

/** What a path in memory is like. */
public enum MemoryMode {
    /** Like UDP: what finds the queue full is lost. Packets of at most 1200 bytes. */
    DATAGRAM(1200),
    /** Like TCP: what finds the queue full is refused and waits with its sender. */
    STREAM(16384);

    private final int maxPacketBytes;

    MemoryMode(int maxPacketBytes) {
        this.maxPacketBytes = maxPacketBytes;
    }

    /** The longest packet that is taken. */
    public int maxPacketBytes() {
        return maxPacketBytes;
    }
}
