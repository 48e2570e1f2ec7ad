package dev.slipgate.protocol.slipgate.recovery;

/** How many bytes may be in flight. Fed by {@link LossDetection}; one per path. */
public interface RateController {
    /** Packets of {@code bytes} left, and {@code bytesInFlight} are now in flight with them. */
    void onSent(int bytes, long bytesInFlight, long nowNs);

    /**
     * A packet that was in flight arrived.
     *
     * @param bytesInFlight in flight before its ACK came: when it was far less than the window, the
     *     sender had not more to send, and has not learnt that the path bears more
     */
    void onAcked(int bytes, long sentNs, long bytesInFlight);

    /** A packet that was in flight is lost. */
    void onLost(int bytes, long sentNs, long nowNs);

    /** Everything sent for more than three probe timeouts was lost. */
    void onPersistentCongestion();

    /** Nothing is known of the path. */
    void onNewPath();

    /** The congestion window in bytes. */
    long windowBytes();

    /** Whether another packet may leave. */
    default boolean mayTake(long bytesInFlight) {
        return bytesInFlight < windowBytes();
    }
}
