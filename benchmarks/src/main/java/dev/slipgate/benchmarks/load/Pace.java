package dev.slipgate.benchmarks.load;

/** When the next message is due. */
public sealed interface Pace {
    /**
     * Closed loop: each of the first {@code clients} always has up to {@code window} messages on
     * the way, so the server sets the rate. A round trip counts from the moment of sending.
     *
     * @param atOnce messages that leave together, when there is room for as many
     */
    record Closed(int clients, int window, int atOnce) implements Pace {
        public Closed {
            if (window < 1 || window > EchoLedger.MAX_WINDOW || atOnce < 1 || atOnce > window) {
                throw new IllegalArgumentException(
                        "window %d of %d at once, must be 1 to %d"
                                .formatted(window, atOnce, EchoLedger.MAX_WINDOW));
            }
        }

        /** One message at a time. */
        public Closed(int clients, int window) {
            this(clients, window, 1);
        }
    }

    /**
     * Open loop: so many messages per second, whatever comes back. A round trip counts from the
     * moment when the message was due, so a stalled server is not flattered.
     *
     * @param clients the first so many take turns
     * @param atOnce messages that a client sends together, due when the first of them is
     */
    record Open(long messagesPerSecond, int clients, int atOnce) implements Pace {
        public Open {
            if (messagesPerSecond < 1
                    || clients < 1
                    || atOnce < 1
                    || atOnce > EchoLedger.MAX_WINDOW) {
                throw new IllegalArgumentException(
                        "rate %d of %d clients, %d at once; least is 1, most %d at once"
                                .formatted(
                                        messagesPerSecond, clients, atOnce, EchoLedger.MAX_WINDOW));
            }
        }

        /** All clients, one message at a time. */
        public Open(long messagesPerSecond) {
            this(messagesPerSecond, Integer.MAX_VALUE, 1);
        }
    }
}
