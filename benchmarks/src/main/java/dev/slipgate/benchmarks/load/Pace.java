package dev.slipgate.benchmarks.load;

/** When the next message is due. */
public sealed interface Pace {
    /**
     * Closed loop: each of the first {@code clients} always has {@code window} messages on the way,
     * so the server sets the rate. A round trip counts from the moment of sending.
     */
    record Closed(int clients, int window) implements Pace {
        public Closed {
            if (window < 1 || window > EchoLedger.MAX_WINDOW) {
                throw new IllegalArgumentException(
                        "window " + window + ", must be 1 to " + EchoLedger.MAX_WINDOW);
            }
        }
    }

    /**
     * Open loop: so many messages per second, whatever comes back. A round trip counts from the
     * moment when the message was due, so a stalled server is not flattered.
     */
    record Open(long messagesPerSecond) implements Pace {
        public Open {
            if (messagesPerSecond < 1) {
                throw new IllegalArgumentException("rate " + messagesPerSecond + ", least is 1");
            }
        }
    }
}
