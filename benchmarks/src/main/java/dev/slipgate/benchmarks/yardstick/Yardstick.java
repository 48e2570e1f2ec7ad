package dev.slipgate.benchmarks.yardstick;

import dev.slipgate.benchmarks.measure.Core;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A plain UDP echo that serves, in a process of its own on loopback. */
public record Yardstick(String name, ServerProcess process, InetSocketAddress address)
        implements AutoCloseable {
    private static final String LISTENING = "listening ";
    private static final int START_PATIENCE_S = 30;
    private static final int COMPILE_PATIENCE_S = 60;

    /** The echo on Netty's epoll channel, pinned to the core where there is one. */
    public static Yardstick epoll(Optional<Core> core) throws IOException, InterruptedException {
        return start("epoll", JavaCommand.of(EpollEchoMain.class.getName()), core);
    }

    /** The echo in C; empty where there is no {@code cc} that compiles it. */
    public static Optional<Yardstick> c(Optional<Core> core)
            throws IOException, InterruptedException {
        Optional<Path> program = compile();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(start("c", List.of(program.get().toString()), core));
    }

    private static Yardstick start(String name, List<String> command, Optional<Core> core)
            throws IOException, InterruptedException {
        var process =
                ServerProcess.start(
                        name, Core.pinned(command, core), line -> line.startsWith(LISTENING));
        try {
            String line = process.awaitReady(START_PATIENCE_S);
            int port = Integer.parseInt(line.substring(LISTENING.length()));
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return new Yardstick(name, process, address);
        } catch (IOException | InterruptedException | RuntimeException notReady) {
            process.close();
            throw notReady;
        }
    }

    private static Optional<Path> compile() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("slipgate-bench");
        Path source = directory.resolve("echo.c");
        Path program = directory.resolve("echo");
        directory.toFile().deleteOnExit();
        program.toFile().deleteOnExit();
        source.toFile().deleteOnExit();
        try (InputStream resource = Yardstick.class.getResourceAsStream("echo.c")) {
            if (resource == null) {
                throw new IllegalStateException("echo.c is not in the distribution");
            }
            Files.copy(resource, source);
        }
        return compiles(List.of("cc", "-O2", "-o", program.toString(), source.toString()))
                ? Optional.of(program)
                : Optional.empty();
    }

    private static boolean compiles(List<String> command) throws InterruptedException {
        try {
            Process compiler =
                    new ProcessBuilder(new ArrayList<>(command))
                            .redirectErrorStream(true)
                            .redirectOutput(new File("/dev/null"))
                            .start();
            return compiler.waitFor(COMPILE_PATIENCE_S, TimeUnit.SECONDS)
                    && compiler.exitValue() == 0;
        } catch (IOException noCompiler) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
