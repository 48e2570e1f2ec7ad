package dev.slipgate.protocol.session;

import dev.slipgate.protocol.PeerAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What stands between one socket and its sessions: finds the session of a datagram, and answers
 * strangers without keeping state for them. Sans-IO, confined to one thread. Its driver reads a
 * burst, feeds it, then polls in this order until each runs dry: {@link #pollJob}, {@link
 * #pollTransmit}, {@link #pollStreamToClose}; then arms one timer for {@link #nextTimeoutNs}.
 */
public interface Endpoint {
    /** What {@link #nextTimeoutNs} answers when nothing is due. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Input: a datagram. Anything may be in it: it is counted under a {@code DropReason} or taken,
     * never answered by an exception.
     *
     * @param datagram backed by an array, position to limit; read, and perhaps overwritten, during
     *     the call only
     */
    void onDatagram(PeerAddress peer, ByteBuffer datagram, long nowNs);

    /** Input: time has passed; harmless when early. */
    void onTimeout(long nowNs);

    /** Output: the next datagram to send; false when there is none now. */
    boolean pollTransmit(Transmit out, long nowNs);

    /** Output: the next job to run elsewhere, or null. */
    @Nullable Job pollJob();

    /** Input: a job of {@link #pollJob} has run. */
    void onJobDone(Job job, long nowNs);

    /** Output: when {@link #onTimeout} is next due, or {@link #NEVER}. */
    long nextTimeoutNs();

    /** Input: the stream that led to this peer is closed; sessions over it end. */
    default void onPeerGone(PeerAddress peer, long nowNs) {}

    /**
     * Input: the stream to this peer takes more, or does not for now; then nothing is polled for
     * it. A stream is writable when it opens.
     */
    default void onPeerWritable(PeerAddress peer, boolean writable, long nowNs) {}

    /**
     * Output: a stream to close, once what was polled for it is sent; null when there is none. Each
     * is told once; {@link #onPeerGone} answers it.
     */
    default @Nullable PeerAddress pollStreamToClose() {
        return null;
    }

    /** Live sessions. */
    int sessionCount();

    /** Strangers in the midst of a handshake. */
    default int handshakeCount() {
        return 0;
    }

    /** Input: closes every session with the dialect's goodbye; what is then polled is the last. */
    void close(dev.slipgate.protocol.CloseReason reason, long nowNs);
}
