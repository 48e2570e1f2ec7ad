package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.benchmarks.yardstick.JavaCommand;
import dev.slipgate.deploy.Main;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that does one thing and ends, such as a Python client, and what it printed. */
final class ToolRun implements AutoCloseable {
    /** The environment variable that names the Python to play with. */
    static final String VARIABLE = "SLIPGATE_TEST_PYTHON";

    /** The script that users are given. */
    static final Path EXAMPLE = Path.of("..", "examples", "mpgameserver_echo.py");

    private final Process process;
    private final Path log;

    private ToolRun(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** A script of these tests. */
    static Path script(String name) {
        return Path.of("src", "test", "resources", "interop", name);
    }

    /** Starts a script of ours: its arguments begin with where to connect and whom to trust. */
    static ToolRun play(Path script, InetSocketAddress server, Path publicKey, String... arguments)
            throws IOException {
        var all = new ArrayList<String>();
        all.add(System.getenv(VARIABLE));
        all.add(script.toString());
        all.add(server.getAddress().getHostAddress());
        all.add(Integer.toString(server.getPort()));
        all.addAll(List.of("--key", publicKey.toString()));
        all.addAll(List.of(arguments));
        return start(all);
    }

    /** Starts a line of Python. */
    static ToolRun python(String line) throws IOException {
        return start(List.of(System.getenv(VARIABLE), "-c", line));
    }

    /** Starts a script with these arguments and no others. */
    static ToolRun python(Path script, String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(System.getenv(VARIABLE), script.toString()));
        all.addAll(List.of(arguments));
        return start(all);
    }

    /** Starts {@code ./slipgate} with these arguments. */
    static ToolRun slipgate(String... arguments) throws IOException {
        return start(JavaCommand.of(Main.class.getName(), arguments));
    }

    private static ToolRun start(List<String> command) throws IOException {
        Path log = Files.createTempFile("slipgate-tool", ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new ToolRun(process, log);
    }

    /** Waits for its end and returns the exit code. */
    int await(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("it ends within %s; it printed: %s", limit, output())
                .isTrue();
        return process.exitValue();
    }

    /** Waits for its end with exit code 0, and returns what it printed. */
    String awaitSuccess(Duration limit) throws InterruptedException {
        assertThat(await(limit)).as("it printed: %s", output()).isZero();
        return output();
    }

    /** What it printed so far, errors included. */
    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(its output cannot be read: " + e.getMessage() + ")";
        }
    }

    /** SIGKILL: nothing of it runs any more, no goodbye is sent. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.deleteIfExists(log);
    }
}
