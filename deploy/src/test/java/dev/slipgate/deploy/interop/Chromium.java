package dev.slipgate.deploy.interop;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium with a profile of its own, which has one page open. */
final class Chromium implements AutoCloseable {
    /** The environment variable that names the browser to play with. */
    static final String VARIABLE = "SLIPGATE_TEST_CHROMIUM";

    private static final long END_PATIENCE_S = 10;

    private final Process process;

    private Chromium(Process process) {
        this.process = process;
    }

    /**
     * Opens a page of ours.
     *
     * @param profile an empty directory
     */
    static Chromium open(URI page, Path profile) throws IOException {
        var builder =
                new ProcessBuilder(
                        System.getenv(VARIABLE),
                        "--headless=new",
                        // It would refuse to run as root, and sees no page but those of the test.
                        "--no-sandbox",
                        "--disable-gpu",
                        // Containers have little of it.
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--user-data-dir=" + profile,
                        page.toString());
        // What it leaves behind goes with the profile.
        builder.environment().put("TMPDIR", profile.toString());
        builder.redirectErrorStream(true).redirectOutput(profile.resolve("chromium.log").toFile());
        return new Chromium(builder.start());
    }

    /** Whether it runs. */
    boolean alive() {
        return process.isAlive();
    }

    /** Ends it and the processes that it started: none writes into the profile any more. */
    @Override
    public void close() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
        process.destroy();
        process.onExit().completeOnTimeout(process, END_PATIENCE_S, TimeUnit.SECONDS).join();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }
}
