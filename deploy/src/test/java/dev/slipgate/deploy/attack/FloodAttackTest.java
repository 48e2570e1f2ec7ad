package dev.slipgate.deploy.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flood leaves a gateway's live heap flat, its caps kept, and its clients served. */
class FloodAttackTest {
    private static final int PER_SECOND = 20_000;

    /** Below it the machine was too busy for the test to mean anything. */
    private static final int LEAST_PER_SECOND = 15_000;

    private static final int MAX_SESSIONS = 100;
    private static final int MAX_HANDSHAKES = 200;
    private static final long WARM_UP_S = 30;
    private static final long SAMPLE_EVERY_S = 10;
    private static final double FLAT_WITHIN = 0.05;
    private static final long MESSAGE_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CAPTURED_MESSAGES = 100;

    @TempDir Path directory;
    private RealChain chain;
    private RealProcess node;

    @BeforeEach
    void start() throws Exception {
        chain =
                new RealChain(
                        directory,
                        "gateway.mpgameserver.max-sessions=" + MAX_SESSIONS,
                        "gateway.mpgameserver.handshakes-pending=" + MAX_HANDSHAKES);
        node = chain.echoNode();
    }

    @AfterEach
    void stop() {
        chain.close();
    }

    @Test
    @Tag("ci")
    void twoMinutes() throws Exception {
        flood(Duration.ofMinutes(2));
    }

    @Test
    @Tag("soak")
    void tenMinutes() throws Exception {
        flood(Duration.ofMinutes(10));
    }

    private void flood(Duration time) throws Exception {
        List<byte[]> captured = capture();
        int logLines = chain.gateway.err.size();
        List<Long> heaps = new ArrayList<>();
        try (var client = new EchoedClient(chain.player());
                var rogue = new RogueClient(chain);
                var flood = new Flood(chain.address, captured, rogue, PER_SECOND)) {
            long startNs = System.nanoTime();
            for (long s = SAMPLE_EVERY_S; s <= time.toSeconds(); s += SAMPLE_EVERY_S) {
                echoUntil(client, startNs + TimeUnit.SECONDS.toNanos(s));
                long heap = sample(s, client, flood);
                if (s >= WARM_UP_S) {
                    heaps.add(heap);
                }
            }
            double perSecond = flood.sent() * 1e9 / (System.nanoTime() - startNs);
            flood.stop();
            await().atMost(PATIENCE).until(() -> client.outstanding() == 0);
            client.mustBeWell();
            mustHaveHeld(heaps, perSecond, logLines);
        }
    }

    /** A real exchange, whose client is gone when the flood begins. */
    private List<byte[]> capture() throws IOException {
        try (var proxy = new RecordingProxy(chain.address);
                var client = new EchoedClient(chain.player(proxy.address()))) {
            client.exchange(CAPTURED_MESSAGES);
            return List.copyOf(proxy.up);
        }
    }

    private static void echoUntil(EchoedClient client, long endNs) {
        while (System.nanoTime() < endNs) {
            client.send();
            LockSupport.parkNanos(MESSAGE_EVERY_NS);
        }
    }

    /** The live heap now, in bytes; what has a cap is checked on the way. */
    private long sample(long s, EchoedClient client, Flood flood) throws Exception {
        long heap = Math.min(collectedHeap(), collectedHeap());
        JsonNode gateway = chain.gateway.stats().at("/gateway");
        int sessions = gateway.at("/sessions").asInt();
        int handshakes = gateway.at("/handshakes").asInt();
        int outstanding = client.outstanding();
        System.out.printf(
                "%3d s: live heap %,d bytes, sent %,d, read %,d, sessions %d, handshakes %d,"
                        + " echoes outstanding %d of %d%n",
                s,
                heap,
                flood.sent(),
                gateway.at("/listeners/mpgameserver/datagrams/datagramsIn").asLong(),
                sessions,
                handshakes,
                outstanding,
                client.sent());
        assertThat(sessions).isBetween(1, MAX_SESSIONS);
        assertThat(handshakes).isLessThanOrEqualTo(MAX_HANDSHAKES);
        client.mustBeWell();
        return heap;
    }

    private long collectedHeap() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process collection =
                new ProcessBuilder(jcmd, String.valueOf(chain.gateway.pid()), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(collection.waitFor()).isZero();
        return chain.gateway.stats().at("/process/heapAfterGcBytes").asLong();
    }

    private void mustHaveHeld(List<Long> heaps, double perSecond, int logLines) {
        JsonNode gateway = chain.gateway.stats().at("/gateway");
        System.out.printf("%,.0f datagrams/s; drops %s%n", perSecond, gateway.at("/drops"));
        long least = Collections.min(heaps);
        long most = Collections.max(heaps);
        System.out.printf(
                "live heap %,d to %,d bytes: %.1f %%%n",
                least, most, 100.0 * (most - least) / least);

        assertThat(perSecond).isGreaterThan(LEAST_PER_SECOND);
        assertThat(most - least).isLessThan((long) (least * FLAT_WITHIN));
        assertThat(gateway.at("/jobs/failed").asLong()).isZero();
        for (String reason : List.of("bad_fragment", "bad_framing", "bad_hello", "handshake_cap")) {
            assertThat(gateway.at("/drops/" + reason).asLong()).as(reason).isPositive();
        }
        assertThat(node.alive()).isTrue();
        assertThat(chain.gateway.err).as("log lines").hasSize(logLines);
    }
}
