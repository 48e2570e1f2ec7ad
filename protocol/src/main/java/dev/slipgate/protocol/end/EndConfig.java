package dev.slipgate.protocol.end;

import dev.slipgate.protocol.channel.MessageCost;

/**
 * Bounds of an end, and which it is.
 *
 * @param role which of the two ends
 * @param outboxBytes what may be kept for the other end, each message at its {@linkplain
 *     MessageCost cost}; at least one largest message
 * @param creditBytes what the other end may have sent and this one not handled: the first FLOW
 *     limit that a handshake grants is {@link SessionEnd#firstCreditBytes}
 * @param maxMessageBytes the largest message, either way; sessions may allow less
 */
public record EndConfig(Role role, long outboxBytes, long creditBytes, int maxMessageBytes) {
    /** Which of the two ends. */
    public enum Role {
        /** Counts the generations, and says ATTACH first. */
        CLIENT,
        /** Answers the client's ATTACH. */
        NODE
    }

    public EndConfig {
        long largest = MessageCost.of(maxMessageBytes);
        if (maxMessageBytes < 0 || outboxBytes < largest || creditBytes < largest) {
            throw new IllegalArgumentException(
                    "an outbox of "
                            + outboxBytes
                            + " and a credit of "
                            + creditBytes
                            + " bytes do not hold a message of "
                            + maxMessageBytes);
        }
    }

    /**
     * What may wait for its predecessors: twice the credit, since each new session grants at least
     * a largest message, whatever waits already.
     */
    long maxEarlyBytes() {
        return 2 * creditBytes;
    }

    /** 4 MiB of outbox, 1 MiB of credit, messages up to 256 KiB. */
    public static EndConfig defaults(Role role) {
        return new EndConfig(role, 4 * 1024 * 1024, 1024 * 1024, 256 * 1024);
    }
}
