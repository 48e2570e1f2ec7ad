package dev.slipgate.deploy.echo;

import dev.slipgate.runtime.lifecycle.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Ends a run at SIGINT or SIGTERM: with its summary, and with its exit code. */
final class EndOnSignal {
    private static final long LIMIT_MS = 8000;

    private final EchoRun run;
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final Thread hook = new Thread(this::onSignal, "echo-stop");

    EndOnSignal(EchoRun run) {
        this.run = run;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    int run(PrintWriter err) throws InterruptedException {
        int ended = ExitCode.FAILURE;
        try {
            ended = run.run(err);
        } finally {
            code.complete(ended);
        }
        return ended;
    }

    /** A hook that returned would leave 128 plus the signal as the exit code. */
    private void onSignal() {
        run.stop();
        Runtime.getRuntime()
                .halt(
                        code.completeOnTimeout(ExitCode.FAILURE, LIMIT_MS, TimeUnit.MILLISECONDS)
                                .join());
    }

    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The hook ends the process.
        }
    }
}
