package dev.slipgate.benchmarks.load;

/** The senders of the two paces. */
final class PaceSender {
    private PaceSender() {}

    static LoadLoop.Sender of(Pace pace, long startNs) {
        return switch (pace) {
            case Pace.Closed closed -> new Closed(closed);
            case Pace.Open open -> new Open(open, startNs);
        };
    }

    /** Answers each echo with the next message, and fills windows that losses have emptied. */
    private static final class Closed implements LoadLoop.Sender {
        /** How often windows are filled, and how long a wait for echoes lasts. */
        private static final long REFILL_NS = 2_000_000;

        private final Pace.Closed pace;
        private long nextRefillNs;

        Closed(Pace.Closed pace) {
            this.pace = pace;
        }

        @Override
        public void onEcho(LoadLoop loop, int client, long nowNs) {
            if (client < pace.clients() && loop.outstanding(client) < pace.window()) {
                loop.send(client, nowNs);
            }
        }

        @Override
        public long onTurn(LoadLoop loop, long nowNs) {
            if (nowNs >= nextRefillNs) {
                nextRefillNs = nowNs + REFILL_NS;
                refill(loop, nowNs);
            }
            return REFILL_NS;
        }

        private void refill(LoadLoop loop, long nowNs) {
            for (int client = 0; client < pace.clients(); client++) {
                while (loop.outstanding(client) < pace.window() && loop.send(client, nowNs)) {
                    loop.transmit(client);
                }
            }
        }
    }

    /** Sends by the clock, the clients in turn. */
    private static final class Open implements LoadLoop.Sender {
        /** Messages that one turn may send, so that a stall is worked off between reads. */
        private static final int MAX_PER_TURN = 1024;

        private final long rate;
        private final long startNs;
        private long issued;
        private int nextClient;

        Open(Pace.Open pace, long startNs) {
            this.rate = pace.messagesPerSecond();
            this.startNs = startNs;
        }

        @Override
        public void onEcho(LoadLoop loop, int client, long nowNs) {
            // The clock decides.
        }

        @Override
        public long onTurn(LoadLoop loop, long nowNs) {
            int budget = MAX_PER_TURN;
            while (budget-- > 0 && dueNs(issued) <= nowNs) {
                issue(loop, dueNs(issued));
                issued++;
            }
            return Math.max(0, dueNs(issued) + LoadLoop.TICK_NS - nowNs);
        }

        private void issue(LoadLoop loop, long dueNs) {
            int client = nextClient;
            nextClient = nextClient + 1 == loop.clientCount() ? 0 : nextClient + 1;
            if (loop.outstanding(client) < EchoLedger.MAX_WINDOW && loop.send(client, dueNs)) {
                loop.transmit(client);
            } else {
                loop.blocked();
            }
        }

        private long dueNs(long number) {
            return startNs + (long) (number * (1e9 / rate));
        }
    }
}
