package dev.slipgate.benchmarks.yardstick;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A process that a bench starts and ends. Its output is read all the time and its end is kept. */
public final class ServerProcess implements AutoCloseable {
    private static final int KEPT_LINES = 30;
    private static final long STOP_PATIENCE_S = 10;

    private final String name;
    private final Process process;
    private final Predicate<String> ready;
    private final CompletableFuture<String> readyLine = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();

    private ServerProcess(String name, Process process, Predicate<String> ready) {
        this.name = name;
        this.process = process;
        this.ready = ready;
        Thread.ofPlatform().name("output-of-" + name).daemon().start(this::readOutput);
    }

    /**
     * Starts a process in this one's directory and environment.
     *
     * @param ready tells the line of its output that says it serves
     */
    public static ServerProcess start(String name, List<String> command, Predicate<String> ready)
            throws IOException {
        return start(name, new ProcessBuilder(command), ready);
    }

    /** The same, for one whose directory or environment differ. */
    public static ServerProcess start(String name, ProcessBuilder builder, Predicate<String> ready)
            throws IOException {
        return new ServerProcess(name, builder.redirectErrorStream(true).start(), ready);
    }

    /**
     * Waits for the line that says it serves.
     *
     * @throws IOException with the end of its output when it ends before, or takes too long
     */
    public String awaitReady(long timeoutS) throws IOException, InterruptedException {
        try {
            return readyLine.get(timeoutS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException notReady) {
            throw new IOException(name + " did not start: " + lastOutput(), notReady);
        }
    }

    /** The last lines that it printed. */
    public String lastOutput() {
        synchronized (lastLines) {
            return String.join(System.lineSeparator(), lastLines);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    private void readOutput() {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = output.readLine()) != null) {
                keep(line);
                if (ready.test(line)) {
                    readyLine.complete(line);
                }
            }
        } catch (IOException endedWhileReading) {
            keep("(output ends: " + endedWhileReading.getMessage() + ")");
        }
        readyLine.completeExceptionally(new IOException("it ended"));
    }

    private void keep(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == KEPT_LINES) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
        }
    }

    /** Ends it: SIGTERM, and SIGKILL when that is not heard. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
