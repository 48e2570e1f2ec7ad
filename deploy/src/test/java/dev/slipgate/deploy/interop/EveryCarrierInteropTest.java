package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.client.ClientListener;
import dev.slipgate.client.ClientOptions;
import dev.slipgate.client.SlipgateClient;
import dev.slipgate.testing.check.EchoWorkload;
import dev.slipgate.testing.fault.FaultPlan;
import dev.slipgate.testing.fault.FaultRates;
import dev.slipgate.testing.relay.UdpRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program that dev's own test runs in one process, against a {@code slipgate dev} process. */
@Tag("ci")
class EveryCarrierInteropTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final FaultRates RATES =
            FaultRates.NONE
                    .withLoss(0.05)
                    .withDuplication(0.05)
                    .withReordering(0.05, FaultRates.DEFAULT_REORDER_MS)
                    .withDelay(10, 0);
    private static final int REBIND_MS = 1000;

    @TempDir private static Path directory;
    private static Servers servers;

    @BeforeAll
    static void startServers() throws IOException {
        servers = new Servers(directory);
        servers.start("dev");
        servers.awaitReady();
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls", "ws", "wss"})
    void everyMessageGoesThereAndBackOnceAndInOrder(String scheme) throws Exception {
        play(scheme, servers.uri(scheme));
    }

    @Test
    void soItDoesThroughLossDuplicatesReorderingAndAnAddressThatChanges() throws Exception {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        FaultPlan plan = FaultPlan.symmetric(3, RATES).withRebindMs(REBIND_MS);
        try (var relay = UdpRelay.start(anyPort, servers.nativeUdp(), plan)) {
            play("udp, " + plan, servers.uri("udp", relay.address()));
            System.out.println(relay.totals());
        }
    }

    private static void play(String name, String uri) throws Exception {
        var workload = new EchoWorkload(7);
        ClientListener listener =
                new ClientListener() {
                    @Override
                    public void onMessage(SlipgateClient client, int channel, byte[] bytes) {
                        workload.arrived(channel, bytes);
                    }
                };
        ClientOptions options =
                ClientOptions.builder()
                        .listener(listener)
                        .pin(servers.certificatePin())
                        .outboxBytes(64 << 20)
                        .build();
        try (var client = SlipgateClient.connect(uri, options)) {
            client.join();
            workload.sendAll((channel, message) -> client.send(channel, message).queued());

            await().atMost(PATIENCE).until(workload::complete);
            System.out.printf(
                    "%s: sent %d, echoed %d, violations %s%n",
                    name, EchoWorkload.MESSAGES, workload.arrivals(), workload.violationsAtEnd());
            assertThat(workload.violationsAtEnd()).isEmpty();
            assertThat(workload.arrivals()).isEqualTo(EchoWorkload.MESSAGES);
        }
    }
}
