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
            if (client < pace.clients()) {
                fill(loop, client, nowNs);
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
                while (fill(loop, client, nowNs)) {
                    loop.transmit(client);
                }
            }
        }

        /** Sends as many messages as go at once, if there is room; whether all of them went. */
        private boolean fill(LoadLoop loop, int client, long nowNs) {
            return loop.outstanding(client) + pace.atOnce() <= pace.window()
                    && loop.send(client, pace.atOnce(), nowNs) == pace.atOnce();
        }
    }

    /** Sends by the clock, the clients in turn. */
    private static final class Open implements LoadLoop.Sender {
        /** Messages that one turn may send, so that a stall is worked off between reads. */
        private static final int MAX_PER_TURN = 1024;

        private final Pace.Open pace;
        private final long startNs;
        private long issued;
        private int nextClient;

        Open(Pace.Open pace, long startNs) {
            this.pace = pace;
            this.startNs = startNs;
        }

        @Override
        public void onEcho(LoadLoop loop, int client, long nowNs) {
            // The clock decides.
        }

        @Override
        public long onTurn(LoadLoop loop, long nowNs) {
            for (int n = 0; n < MAX_PER_TURN && dueNs(issued) <= nowNs; n += pace.atOnce()) {
                issue(loop, dueNs(issued));
                issued += pace.atOnce();
            }
            return Math.max(0, dueNs(issued) + LoadLoop.TICK_NS - nowNs);
        }

        private void issue(LoadLoop loop, long dueNs) {
            int client = nextClient;
            int clients = Math.min(pace.clients(), loop.clientCount());
            nextClient = nextClient + 1 == clients ? 0 : nextClient + 1;
            boolean room = loop.outstanding(client) + pace.atOnce() <= EchoLedger.MAX_WINDOW;
            int sent = room ? loop.send(client, pace.atOnce(), dueNs) : 0;
            loop.blocked(pace.atOnce() - sent);
            loop.transmit(client);
        }

        private long dueNs(long number) {
            return startNs + (long) (number * (1e9 / pace.messagesPerSecond()));
        }
    }
}
