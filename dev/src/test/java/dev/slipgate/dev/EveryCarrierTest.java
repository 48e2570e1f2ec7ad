package dev.slipgate.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.client.CertificatePin;
import dev.slipgate.client.ClientListener;
import dev.slipgate.client.ClientOptions;
import dev.slipgate.client.SlipgateClient;
import dev.slipgate.gateway.Entrance;
import dev.slipgate.gateway.Entrances;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import dev.slipgate.sdk.echo.EchoApp;
import dev.slipgate.testing.check.EchoWorkload;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One program over every carrier, against a gateway and a node in this process. */
class EveryCarrierTest {
    private static final ProcessLifecycle LIFECYCLE = new ProcessLifecycle();

    @TempDir static Path directory;

    private static DevKeys keys;
    private static DevProcess process;

    @BeforeAll
    static void start() {
        Settings settings =
                DevRun.settings(
                        "gateway.slipgate.host",
                        "127.0.0.1",
                        "gateway.slipgate.udp-port",
                        "0",
                        "gateway.slipgate.tcp-port",
                        "0",
                        "gateway.slipgate.tls-port",
                        "0",
                        "gateway.slipgate.ws-port",
                        "0",
                        "gateway.slipgate.wss-port",
                        "0");
        keys = DevKeys.of(settings.gateway(), directory);
        List<Entrance> entrances =
                new ArrayList<>(Entrances.of(settings.gateway(), keys.credentials()));
        entrances.addAll(
                Entrances.inMemory(
                        settings.gateway(),
                        keys.credentials(),
                        MemoryNetwork.ofProcess(),
                        "every-carrier"));
        process = DevProcess.start(settings, new EchoApp(), entrances, LIFECYCLE);
    }

    @AfterAll
    static void stop() {
        LIFECYCLE.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls", "ws", "wss", "mem", "mem?mode=datagram"})
    void everyMessageGoesThereAndBackOnceAndInOrder(String carrier) throws Exception {
        var workload = new EchoWorkload(5);
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
                        .pin(CertificatePin.parse(keys.certificate().pin()))
                        .outboxBytes(64 << 20)
                        .build();
        try (var client = SlipgateClient.connect(uri(carrier), options)) {
            client.join();
            workload.sendAll((channel, message) -> client.send(channel, message).queued());

            await().atMost(Duration.ofSeconds(60)).until(workload::complete);
            assertThat(workload.violationsAtEnd()).isEmpty();
            assertThat(workload.arrivals()).isEqualTo(EchoWorkload.MESSAGES);
        }
    }

    private static String uri(String carrier) {
        if (carrier.startsWith("mem")) {
            return carrier.replace("mem", "mem://every-carrier");
        }
        InetSocketAddress address =
                process.listeners().stream()
                        .filter(listener -> listener.name().equals(carrier))
                        .findFirst()
                        .orElseThrow()
                        .addresses()
                        .getFirst();
        return "%s://127.0.0.1:%d?key=%s"
                .formatted(
                        carrier,
                        address.getPort(),
                        keys.gatewayKeys().announced().publicKey().text());
    }
}
