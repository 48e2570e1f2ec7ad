package dev.slipgate.deploy.attack;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipgate.benchmarks.yardstick.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the product with this test's class path; what it prints is kept. */
final class RealProcess implements AutoCloseable {
    static final String MAIN = "dev.slipgate.deploy.Main";

    /** Keeps the listeners of a gateway or of dev off the ports that others may have. */
    static final String[] ON_FREE_PORTS = {
        "--mpgameserver-host=127.0.0.1",
        "--mpgameserver-port=0",
        "--slipgate-host=127.0.0.1",
        "--udp-port=0",
        "--tcp-port=0",
        "--tls-port=0",
        "--ws-port=0",
        "--wss-port=0"
    };

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);
    private static final Pattern ADMIN =
            Pattern.compile("health(?: and stats at|, stats) (http://[^/]+)");
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER_PATIENCE)
                    .build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Thread stdout;
    private final Thread stderr;
    final List<String> out = new CopyOnWriteArrayList<>();
    final List<String> err = new CopyOnWriteArrayList<>();

    private RealProcess(Process process) {
        this.process = process;
        this.stdout = reader(process.getInputStream(), out);
        this.stderr = reader(process.getErrorStream(), err);
    }

    /** Starts a main class in a directory, where it finds no configuration of the user. */
    static RealProcess start(Path directory, String main, String... arguments) throws IOException {
        var builder = new ProcessBuilder(JavaCommand.of(main, arguments));
        builder.directory(directory.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("SLIPGATE_"));
        return new RealProcess(builder.start());
    }

    /** These arguments, then those. */
    static String[] with(String[] arguments, String... more) {
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }

    private static Thread reader(InputStream stream, List<String> lines) {
        return Thread.ofPlatform().daemon().start(() -> read(stream, lines));
    }

    private static void read(InputStream stream, List<String> lines) {
        try (var reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            lines.add("(output ends: " + ended.getMessage() + ")");
        }
    }

    /** Waits for a line on either stream, and hands out the pattern's first group. */
    String awaitLine(Pattern pattern) {
        return await().atMost(START_PATIENCE)
                .failFast(this::mustLive)
                .until(() -> find(pattern), found -> !found.isEmpty());
    }

    private void mustLive() {
        if (!process.isAlive()) {
            throw new AssertionError("it ended:\n" + this);
        }
    }

    private String find(Pattern pattern) {
        for (List<String> stream : List.of(out, err)) {
            for (String line : stream) {
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    return matcher.group(1);
                }
            }
        }
        return "";
    }

    /** Waits until it says of itself that it is ready. */
    RealProcess awaitReady() {
        awaitLine(ADMIN);
        await().atMost(START_PATIENCE)
                .failFast(this::mustLive)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> request("/health/ready").statusCode() == 200);
        return this;
    }

    /** What {@code /stats} says. */
    JsonNode stats() {
        try {
            return JSON.readTree(request("/stats").body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> request(String path) throws IOException {
        var uri = URI.create(awaitLine(ADMIN) + path);
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(uri).timeout(ANSWER_PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits until it ended and its output is read; its exit code. */
    int exitCode(long withinS) throws InterruptedException {
        if (!process.waitFor(withinS, SECONDS)) {
            throw new AssertionError("still runs after " + withinS + " s:\n" + this);
        }
        stdout.join();
        stderr.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "stdout:\n" + String.join("\n", out) + "\nstderr:\n" + String.join("\n", err);
    }
}
