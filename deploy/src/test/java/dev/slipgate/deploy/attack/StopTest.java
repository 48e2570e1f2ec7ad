package dev.slipgate.deploy.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM ends every process with exit code 0 within 10 s, whatever it is doing. */
@Tag("ci")
class StopTest {
    private static final long STOP_S = 10;
    private static final Pattern WAITS = Pattern.compile("(waiting for a broker)");

    @TempDir Path directory;
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void dev() throws Exception {
        RealProcess dev =
                start(
                        RealProcess.with(
                                new String[] {"dev", "--admin-port=0"}, RealProcess.ON_FREE_PORTS));
        stop(dev.awaitReady());
    }

    @Test
    void aGatewayAndANodeThatWaitForABroker() throws Exception {
        String nobody = "--brokers=127.0.0.1:" + RealChain.freePort();
        assertThat(start("keygen", directory.toString()).exitCode(STOP_S)).isZero();
        RealProcess gateway = start("gateway", nobody, "--admin-port=0", "--root-key=root.key");
        RealProcess node = start("node", nobody, "--admin-port=0");
        gateway.awaitLine(WAITS);
        node.awaitLine(WAITS);
        stop(gateway);
        stop(node);
    }

    @Test
    void theProcessesOfAClusterWithTheBrokerLast() throws Exception {
        var chain = new RealChain(directory);
        open.add(chain);
        RealProcess node = chain.echoNode();
        stop(node);
        stop(chain.gateway);
        stop(chain.broker);
    }

    @Test
    void theProcessesOfAClusterWithTheBrokerFirst() throws Exception {
        var chain = new RealChain(directory);
        open.add(chain);
        RealProcess node = chain.echoNode();
        stop(chain.broker);
        stop(chain.gateway);
        stop(node);
    }

    private static void stop(RealProcess process) throws Exception {
        process.terminate();
        assertThat(process.exitCode(STOP_S)).as("%s", process).isZero();
        assertThat(process.err).noneMatch(line -> line.startsWith("\tat "));
    }

    private RealProcess start(String... arguments) throws IOException {
        RealProcess process = RealProcess.start(directory, RealProcess.MAIN, arguments);
        open.add(process);
        return process;
    }
}
