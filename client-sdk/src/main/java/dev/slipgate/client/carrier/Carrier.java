package dev.slipgate.client.carrier;

import java.io.IOException;
import java.nio.channels.Selector;

/**
 * What moves packets between one client and one gateway. Nothing here blocks, and nothing here has
 * a thread: whoever drives it calls {@link #receive} when it likes, or waits on a selector between
 * calls. Confined to one thread at a time.
 */
public interface Carrier extends AutoCloseable {
    /** How far it is. */
    enum State {
        /** Connecting, or in the handshakes of TLS or WebSocket: no packet is taken yet. */
        OPENING,
        /** Packets flow. */
        OPEN,
        /** Over, for the reason that {@link #detail} tells. */
        CLOSED
    }

    /**
     * Goes on with whatever is under way, and hands over packets that have come.
     *
     * @param maxPackets after how many it stops; then there may be more
     * @return how many it handed over
     */
    int receive(PacketSink sink, int maxPackets);

    /**
     * Takes a packet; it leaves at the next {@link #flush} at the latest.
     *
     * @param bytes copied during the call
     * @return false when it was not taken: a datagram is lost then, a stream takes it later
     */
    boolean trySend(byte[] bytes, int length);

    /** Hands everything taken so far to the network, or as much as it takes now. */
    void flush();

    /** Whether a packet of any length would be taken now. */
    boolean writable();

    State state();

    /** Why it is closed, or what last went wrong; empty when nothing did. One clause, for users. */
    String detail();

    /**
     * Registers what it waits for, or what changed of that, before the driver waits. Carriers
     * without a socket wake the selector themselves.
     */
    void watch(Selector selector) throws IOException;

    /** Gives up the socket; what was taken and not flushed is lost. Harmless when repeated. */
    @Override
    void close();
}
