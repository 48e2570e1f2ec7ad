package dev.slipgate.protocol.mpgameserver;

/**
 * How many packets may be out, by how long they wait for the peer. The original's client reads one
 * datagram per frame, and its frames may be fewer than our packets: what it does not read waits in
 * its socket, our acknowledgements with it, and after 1 s it sends everything again (fragments
 * unreadably). So the window shrinks by a quarter when round trips exceed the shortest one by the
 * peer's acknowledgement delay and a little, and grows again slowly.
 */
final class DelayWindow {
    static final int LEAST = 8;

    private static final long QUEUE_TARGET_NS = 100_000_000L;
    private static final int SCALE = 16;
    private static final int GROWTH = 4;

    private final long targetNs;
    private int scaledSize = SentPackets.SPAN * SCALE;
    private long shortestNs = Long.MAX_VALUE;
    private long shrinksAgainAtNs = Long.MIN_VALUE;

    DelayWindow(long peerAckDelayNs) {
        this.targetNs = peerAckDelayNs + QUEUE_TARGET_NS;
    }

    /** Takes the round trip of the newest packet of an acknowledgement. */
    void sample(long rttNs, long nowNs) {
        shortestNs = Math.min(shortestNs, rttNs);
        if (rttNs <= shortestNs + targetNs) {
            scaledSize = Math.min(scaledSize + GROWTH, SentPackets.SPAN * SCALE);
        } else if (nowNs >= shrinksAgainAtNs) {
            scaledSize = Math.max(scaledSize * 3 / 4, LEAST * SCALE);
            // What was sent before the cut still tells of the queue that it found.
            shrinksAgainAtNs = nowNs + rttNs;
        }
    }

    /** Packets, {@link #LEAST} to {@link SentPackets#SPAN}. */
    int size() {
        return scaledSize / SCALE;
    }
}
