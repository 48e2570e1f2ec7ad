package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.slipgate.frame.FrameReader;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway's session has of the client before the client is accepted: the token, in parts,
 * and the frames of packets that came meanwhile. Let go then.
 */
final class TokenIntake {
    /** How long the whole token may take, from the first packet. */
    static final long PATIENCE_NS = 5_000_000_000L;

    static final int MAX_WAITING_PACKETS = 16;
    static final int MAX_WAITING_BYTES = 32 * 1024;

    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(2);
    private final ByteRanges received = new ByteRanges();
    private byte @Nullable [] token;
    private int sort;
    private int waitingBytes;
    private boolean handedOver;

    /** Takes a TOKEN frame; false when it contradicts an earlier one. */
    boolean take(FrameReader frame) {
        if (token == null) {
            token = new byte[frame.total()];
            sort = frame.tokenSort();
        }
        if (frame.total() != token.length || frame.tokenSort() != sort) {
            return false;
        }
        if (frame.dataLength() == 0) {
            return true;
        }
        return switch (received.add(frame.offsetInWhole(), frame.dataLength())) {
            case BROKEN -> false;
            case DUPLICATE -> true;
            case NEW -> {
                System.arraycopy(
                        frame.array(),
                        frame.dataOffset(),
                        token,
                        frame.offsetInWhole(),
                        frame.dataLength());
                yield true;
            }
        };
    }

    /** The token, once, when it is whole; else null. */
    byte @Nullable [] pollWhole() {
        if (handedOver || token == null || !received.covers(token.length)) {
            return null;
        }
        handedOver = true;
        return token;
    }

    /** Whether the token is whole, and was handed over to be verified. */
    boolean handedOver() {
        return handedOver;
    }

    int sort() {
        return sort;
    }

    /** Keeps a packet's frames for later; false when there is no room. */
    boolean tryKeep(byte[] frames, int length) {
        if (waiting.size() == MAX_WAITING_PACKETS || waitingBytes + length > MAX_WAITING_BYTES) {
            return false;
        }
        waiting.addLast(Arrays.copyOf(frames, length));
        waitingBytes += length;
        return true;
    }

    /** The frames of the next packet that waits, or null. */
    byte @Nullable [] pollWaiting() {
        return waiting.pollFirst();
    }
}
