package dev.slipgate.deploy.echo;

import dev.slipgate.client.ClientListener;
import dev.slipgate.client.ClientOptions;
import dev.slipgate.client.ClientStats;
import dev.slipgate.client.ConnectOutcome;
import dev.slipgate.client.GatewayUri;
import dev.slipgate.client.SendOutcome;
import dev.slipgate.client.SlipgateClient;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.runtime.lifecycle.ExitCode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One run: connects, sends as planned, waits for the last echoes, tells. {@link #run} belongs to
 * one thread; any may {@link #stop} it.
 */
final class EchoRun implements ClientListener {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    /** How long the last echoes may take: seconds of loss at the retransmission's pace. */
    private static final long LAST_ECHOES_NS = 5 * SECOND_NS;

    /** The same after Ctrl-C, when somebody waits at a terminal. */
    private static final long LAST_ECHOES_AFTER_STOP_NS = SECOND_NS;

    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final GatewayUri gateway;
    private final EchoPlan plan;
    private final ClientOptions options;
    private final PrintWriter out;
    private final EchoLedger ledger;
    private volatile boolean stopped;
    private volatile @Nullable CloseReason lost;
    private volatile ClientStats path = ClientStats.NONE;
    private long nextNumber = 1;
    private long shownSeconds;

    EchoRun(GatewayUri gateway, EchoPlan plan, ClientOptions.Builder options, PrintWriter out) {
        this.gateway = gateway;
        this.plan = plan;
        this.options = options.listener(this).build();
        this.out = out;
        this.ledger = new EchoLedger(plan);
    }

    /** Sends no more, and ends soon; any thread. */
    void stop() {
        stopped = true;
    }

    /**
     * @param err where a failure is told, in one line
     * @return the exit code
     */
    int run(PrintWriter err) throws InterruptedException {
        try (var client = SlipgateClient.connect(gateway, options)) {
            long beganNs = System.nanoTime();
            ConnectOutcome outcome = client.awaitOutcome();
            if (outcome instanceof ConnectOutcome.Failed failed) {
                err.println("echo: " + failed.text());
                err.flush();
                return ExitCode.FAILURE;
            }
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
            tell("connected to %s://%s in %d ms", gateway.scheme().text(), where(), tookMs);
            sendAll(client, System.nanoTime());
            awaitEchoes(client, System.nanoTime());
            return end(err);
        }
    }

    private String where() {
        return gateway.port() < 0 ? gateway.host() : gateway.host() + ":" + gateway.port();
    }

    private void sendAll(SlipgateClient client, long beganNs) {
        long elapsedNs = 0;
        while (goesOn() && nextNumber <= plan.count() && elapsedNs < plan.forNs()) {
            boolean more = sendDue(client, plan.dueAfter(elapsedNs));
            if (!more) {
                LockSupport.parkNanos(NAP_NS);
            }
            elapsedNs = System.nanoTime() - beganNs;
            show(client, elapsedNs);
        }
    }

    /**
     * @return false when all that is due is sent, or nothing more is taken for now
     */
    private boolean sendDue(SlipgateClient client, long due) {
        while (nextNumber <= due && !ledger.full()) {
            ledger.sending(nextNumber, System.nanoTime());
            SendOutcome outcome = client.send(plan.channel(), plan.message(nextNumber));
            if (!outcome.queued()) {
                ledger.notSent(nextNumber);
                return false;
            }
            nextNumber++;
            if (nextNumber % 64 == 0) {
                return true; // seconds are shown, and a stop is seen, at any rate
            }
        }
        return false;
    }

    private void awaitEchoes(SlipgateClient client, long beganNs) {
        long waitedNs = 0;
        while (lost == null
                && ledger.total().underWay() > 0
                && waitedNs < (stopped ? LAST_ECHOES_AFTER_STOP_NS : LAST_ECHOES_NS)) {
            LockSupport.parkNanos(NAP_NS);
            waitedNs = System.nanoTime() - beganNs;
        }
        path = client.stats();
    }

    private boolean goesOn() {
        return !stopped && lost == null;
    }

    private void show(SlipgateClient client, long elapsedNs) {
        if (elapsedNs / SECOND_NS > shownSeconds) {
            shownSeconds = elapsedNs / SECOND_NS;
            tell("%s", EchoLines.second(shownSeconds, ledger.lately(), client.stats()));
        }
    }

    private int end(PrintWriter err) {
        EchoLedger.Totals total = ledger.total();
        tell("%s", EchoLines.summary(total, path));
        CloseReason reason = lost;
        if (reason != null) {
            err.println("echo: the connection ended: " + reason.text());
            err.flush();
        }
        return total.whole() && reason == null ? ExitCode.OK : ExitCode.FAILURE;
    }

    private void tell(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    @Override
    public void onMessage(SlipgateClient client, int channel, byte[] bytes) {
        ledger.came(bytes, System.nanoTime());
    }

    @Override
    public void onClosed(SlipgateClient client, CloseReason reason) {
        if (reason != CloseReason.CLIENT_CLOSED) {
            lost = reason;
        }
    }
}
