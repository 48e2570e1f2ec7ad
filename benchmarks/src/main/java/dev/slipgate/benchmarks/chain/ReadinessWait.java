package dev.slipgate.benchmarks.chain;

import dev.slipgate.benchmarks.yardstick.ServerProcess;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits until processes answer that they are ready, or one of them has ended. */
final class ReadinessWait {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(90);
    private static final long POLL_MS = 200;
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(2);

    private final List<ServerProcess> processes;

    ReadinessWait(List<ServerProcess> processes) {
        this.processes = processes;
    }

    /**
     * @throws StartFailure with the last output of a process that ended, or of all when time is
     *     over
     */
    void await(List<URI> readiness) throws InterruptedException {
        long giveUpNs = System.nanoTime() + PATIENCE_NS;
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (URI uri : readiness) {
                while (!ready(http, uri)) {
                    check(giveUpNs);
                    TimeUnit.MILLISECONDS.sleep(POLL_MS);
                }
            }
        }
    }

    private static boolean ready(HttpClient http, URI uri) throws InterruptedException {
        var request = HttpRequest.newBuilder(uri).timeout(ANSWER_PATIENCE).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void check(long giveUpNs) {
        for (ServerProcess process : processes) {
            if (!process.alive()) {
                throw new StartFailure(
                        "the bench's own " + process.name() + " ended",
                        "its last words were: " + process.lastOutput());
            }
        }
        if (System.nanoTime() > giveUpNs) {
            throw new StartFailure(
                    "the bench's own processes are not ready after "
                            + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NS)
                            + " s",
                    "their last words were: "
                            + String.join(
                                    " | ",
                                    processes.stream().map(ServerProcess::lastOutput).toList()));
        }
    }
}
