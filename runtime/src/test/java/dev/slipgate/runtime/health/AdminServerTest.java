package dev.slipgate.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.runtime.net.PortChoice;
import dev.slipgate.runtime.stats.StatsRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
    private static final String HOST = "127.0.0.1";

    private record Drops(long replayed, List<Long> perLane) {}

    private final HealthChecks health = new HealthChecks();
    private final StatsRegistry stats = new StatsRegistry();
    private final HttpClient client = HttpClient.newHttpClient();
    private AdminServer server;

    @BeforeEach
    void start() {
        server = AdminServer.start(HOST, new PortChoice.Exactly(0), health, stats);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aProcessLivesBeforeItIsReady() throws Exception {
        HealthChecks.Condition cluster = health.add("cluster");
        cluster.unmet("waits for a broker");

        assertThat(request("GET", "/health/live").statusCode()).isEqualTo(200);
        HttpResponse<String> waiting = request("GET", "/health/ready");
        assertThat(waiting.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(waiting.body()).getJsonObject("conditions"))
                .isEqualTo(new JsonObject().put("cluster", "waits for a broker"));

        cluster.met();
        assertThat(request("GET", "/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void withoutAnyConditionNothingIsReady() throws Exception {
        assertThat(request("GET", "/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void statsHaveTheProcessAndWhatWasRegistered() throws Exception {
        stats.register("gateway", () -> Map.of("drops", new Drops(3, List.of(1L, 2L))));
        stats.register(
                "broken",
                () -> {
                    throw new IllegalStateException("no figures");
                });

        JsonObject all = new JsonObject(request("GET", "/stats").body());

        assertThat(all.getJsonObject("gateway").getJsonObject("drops").encode())
                .isEqualTo("{\"replayed\":3,\"perLane\":[1,2]}");
        assertThat(all.getJsonObject("broken").getString("error")).contains("no figures");
        JsonObject process = all.getJsonObject("process");
        assertThat(process.getLong("pid")).isEqualTo(ProcessHandle.current().pid());
        assertThat(process.getLong("cpuNs")).isPositive();
        assertThat(process.getLong("allocatedBytes")).isPositive();
        assertThat(process.getLong("heapUsedBytes")).isPositive();
        assertThat(process.getJsonObject("gc").isEmpty()).isFalse();
    }

    @Test
    void allocatedBytesCountThreadsThatHaveEnded() throws Exception {
        long before = allocatedBytes();
        byte[][] kept = new byte[64][];
        Thread thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int i = 0; i < kept.length; i++) {
                                        kept[i] = new byte[1024 * 1024];
                                    }
                                });
        thread.join();

        assertThat(allocatedBytes() - before).isGreaterThan(64L * 1024 * 1024);
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(request("GET", "/").statusCode()).isEqualTo(404);
        assertThat(request("POST", "/stats").statusCode()).isEqualTo(405);
    }

    @Test
    void twoProcessesTakeNeighbouringPorts() {
        PortChoice next = new PortChoice.NextFree(server.port());
        try (AdminServer second = AdminServer.start(HOST, next, health, stats)) {
            assertThat(second.port()).isGreaterThan(server.port());
        }
    }

    @Test
    void aSetPortInUseIsAStartFailure() {
        PortChoice taken = new PortChoice.Exactly(server.port());

        assertThatThrownBy(() -> AdminServer.start(HOST, taken, health, stats))
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("in use", "admin.port");
    }

    private long allocatedBytes() throws Exception {
        JsonObject all = new JsonObject(request("GET", "/stats").body());
        return all.getJsonObject("process").getLong("allocatedBytes");
    }

    private HttpResponse<String> request(String method, String path)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
