package dev.slipgate.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipgate.runtime.config.AdminSettings;
import dev.slipgate.runtime.config.ClusterSettings;
import dev.slipgate.runtime.config.HostPort;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerProcessTest {
    private final int port = freePort();
    private final ProcessLifecycle first = new ProcessLifecycle();
    private final ProcessLifecycle second = new ProcessLifecycle();

    @AfterEach
    void stop() {
        second.stop();
        first.stop();
    }

    @Test
    void aBrokerIsReadySaysWhatItSeesAndStopsCleanly() throws Exception {
        BrokerProcess broker = BrokerProcess.start(settings("one", port), first);
        assertThat(get(broker, "/health/ready")).contains("\"ready\":true");
        await().untilAsserted(
                        () ->
                                assertThat(get(broker, "/stats"))
                                        .contains("\"address\":\"127.0.0.1:" + port + "\"")
                                        .contains("\"members\":1")
                                        .contains("\"brokers\":1"));
        assertThat(first.stop()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aBrokerOfAnotherClusterNameDoesNotStart() throws Exception {
        BrokerProcess.start(settings("one", port), first);
        assertThatThrownBy(() -> BrokerProcess.start(settings("two", freePort()), second))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("'one'")
                .hasMessageContaining("'two'")
                .hasMessageContaining("set cluster.name alike");
    }

    @Test
    void aPortInUseIsNamedWithItsRemedy() throws Exception {
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> BrokerProcess.start(settings("one", port), first))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("TCP port " + port)
                    .hasMessageContaining("set cluster.hazelcast-port");
        }
    }

    private Settings settings(String clusterName, int hazelcastPort) {
        Settings defaults = Settings.defaults();
        return new Settings(
                new ClusterSettings(
                        clusterName,
                        List.of(new HostPort("127.0.0.1", port)),
                        "127.0.0.1",
                        OptionalInt.of(hazelcastPort)),
                defaults.bus(),
                new AdminSettings("127.0.0.1", OptionalInt.of(freePort())),
                defaults.gateway(),
                defaults.node(),
                defaults.link(),
                defaults.log());
    }

    private static String get(BrokerProcess broker, String path)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(broker.adminUrl() + path)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
