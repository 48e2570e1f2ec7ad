package dev.slipgate.benchmarks.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Replaces each client that is connected, or has failed, by a new one. */
final class ConnectSender implements LoadLoop.Sender {
    private static final long MAX_NS = TimeUnit.MINUTES.toNanos(1);

    private final Histogram tookNs = new Histogram(MAX_NS, 3);
    private final long[] startedNs;
    private boolean begun;
    private long connected;
    private long failed;

    ConnectSender(int clients) {
        startedNs = new long[clients];
    }

    @Override
    public void onEcho(LoadLoop loop, int client, long nowNs) {
        // Nobody asks for one.
    }

    @Override
    public long onTurn(LoadLoop loop, long nowNs) {
        for (int i = 0; i < startedNs.length; i++) {
            LoadClient client = loop.client(i);
            if (!begun) {
                renew(loop, i, nowNs);
            } else if (client.connected()) {
                connected++;
                tookNs.recordValue(Math.clamp(nowNs - startedNs[i], 0, MAX_NS));
                renew(loop, i, nowNs);
            } else if (client.failure() != null) {
                failed++;
                renew(loop, i, nowNs);
            }
        }
        begun = true;
        return LoadLoop.TICK_NS;
    }

    private void renew(LoadLoop loop, int client, long nowNs) {
        startedNs[client] = nowNs;
        loop.renew(client);
    }

    ConnectFigures figures(long durationNs) {
        return new ConnectFigures(durationNs, connected, failed, tookNs);
    }
}
