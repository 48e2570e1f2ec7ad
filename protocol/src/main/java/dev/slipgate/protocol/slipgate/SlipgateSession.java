package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.noise.TransportKeys;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionStats;
import dev.slipgate.protocol.session.Transmit;
import org.jspecify.annotations.Nullable;

/**
 * One native session, either side, from the moment its keys are known. The endpoint feeds it sealed
 * packets with its id, polls it when {@link SessionHost#onReady} says so, and keeps its timer.
 */
final class SlipgateSession implements Session {
    private final long id;
    private final Side side;
    private final SlipgateContext context;
    private final SessionStats stats = new SessionStats();
    private PeerAddress peer;
    private @Nullable Object attachment;

    SlipgateSession(
            long id,
            Side side,
            PeerAddress peer,
            TransportKeys keys,
            Agreed agreed,
            SlipgateContext context) {
        this.id = id;
        this.side = side;
        this.peer = peer;
        this.context = context;
    }

    /**
     * Client side, once: messages may flow, TOKEN goes first. Calls onConnected of the listener.
     */
    void startAsClient(int tokenSort, byte[] token, long nowNs) {}

    /** Gateway side: the answer to {@link SessionHost#onToken}. Calls onConnected. */
    void accepted(String identity, long nowNs) {}

    /** Gateway side: the other answer. */
    void refused(String reason, long nowNs) {}

    /** Takes a sealed packet with this session's id; null, or why it was dropped. */
    @Nullable DropReason onPacket(
            PeerAddress from, byte[] bytes, int offset, int length, long nowNs) {
        return null;
    }

    /** Fills the next packet, if one is due now. */
    boolean poll(Transmit out, long nowNs) {
        return false;
    }

    /** The timer of {@link SessionHost#onDeadline} fired; harmless when early. */
    void onDeadline(long nowNs) {}

    /** Tells the host what this session needs next: a poll, or a timer. Call it when polled dry. */
    void settle(long nowNs) {}

    /** Stream carriers: whether the stream takes more. */
    void onPeerWritable(boolean writable, long nowNs) {}

    /** Ends the session without a goodbye; harmless when it is over. */
    void end(CloseReason reason, long nowNs) {}

    /** 0 a connect token, 1 a resume ticket. */
    int tokenSort() {
        return 0;
    }

    @Override
    public SendResult send(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        return SendResult.CLOSED;
    }

    @Override
    public void close(CloseReason reason, long nowNs) {}

    @Override
    public boolean connected() {
        return false;
    }

    @Override
    public boolean betweenEnds() {
        return true;
    }

    @Override
    public long id() {
        return id;
    }

    Side side() {
        return side;
    }

    SlipgateContext context() {
        return context;
    }

    @Override
    public PeerAddress peer() {
        return peer;
    }

    @Override
    public SessionStats stats() {
        return stats;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object value) {
        this.attachment = value;
    }
}
