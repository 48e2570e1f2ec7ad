package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.testing.fault.FaultCounts;
import dev.slipgate.testing.fault.FaultPlan;
import dev.slipgate.testing.fault.FaultRates;
import dev.slipgate.testing.relay.UdpRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broker, gateway and a node with {@link LedgerApp}, behind a relay that loses a tenth each way.
 */
@PythonTest
class LossyPathInteropTest {
    private static final FaultRates RATES =
            FaultRates.NONE
                    .withLoss(0.1)
                    .withDuplication(0.05)
                    .withReordering(0.1, FaultRates.DEFAULT_REORDER_MS);

    /** Datagrams of the handshake in each direction: HELLO and the answer to the challenge. */
    private static final int HANDSHAKE_DATAGRAMS = 2;

    @TempDir private static Path directory;
    private static Servers servers;

    @BeforeAll
    static void startServers() throws IOException {
        servers = new Servers(directory);
        servers.startCluster("ledger");
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @Test
    void messagesAndLargeAnswersArriveOnceThoughTheConnectionIsLossy() throws Exception {
        var plan = FaultPlan.symmetric(1, RATES).withCleanFirst(HANDSHAKE_DATAGRAMS);

        assertThat(play(plan, 1000, Duration.ofMinutes(8)))
                .contains("connected, attempts 1\n")
                .contains("sent 1000, acked 1000, answers 100, app saw [1000, 100]");
    }

    @Test
    void aClientThatTriesAgainGetsThroughThoughHandshakesAreLost() throws Exception {
        long seed =
                LongStream.range(0, 1_000_000)
                        .filter(this::losesHandshakes)
                        .findFirst()
                        .orElseThrow();

        assertThat(play(FaultPlan.symmetric(seed, RATES), 100, Duration.ofMinutes(3)))
                .contains("connected, attempts 3\n", "no response to challenge")
                .contains("sent 100, acked 100, answers 10, app saw [100, 10]");
    }

    /** The first client loses its HELLO, the second the answer, the third its CHALLENGE_RESP. */
    private boolean losesHandshakes(long seed) {
        var plan = FaultPlan.symmetric(seed, RATES);
        return lost(plan, 0, true, 0)
                && !lost(plan, 1, true, 0)
                && lost(plan, 1, false, 0)
                && !lost(plan, 2, true, 0)
                && !lost(plan, 2, false, 0)
                && lost(plan, 2, true, 1);
    }

    private static boolean lost(FaultPlan plan, int client, boolean up, int datagram) {
        var counts = new FaultCounts();
        var line = up ? plan.upLine(client, counts) : plan.downLine(client, counts);
        boolean lost = false;
        for (int i = 0; i <= datagram; i++) {
            lost = line.offer(new byte[1], 0).isEmpty();
        }
        return lost;
    }

    private static String play(FaultPlan plan, int messages, Duration limit) throws Exception {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var relay = UdpRelay.start(anyPort, servers.address(), plan);
                ToolRun run =
                        ToolRun.play(
                                ToolRun.script("ledger.py"),
                                relay.address(),
                                servers.publicKey(),
                                "--count=" + messages)) {
            String printed = run.awaitSuccess(limit);
            System.out.printf("%s%s%n%s%n", printed, plan, relay.totals());
            return printed;
        }
    }
}
