package dev.slipgate.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.protocol.session.SessionListener;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connection may cost: time, memory, and how many there are. */
@Timeout(60)
final class StreamBoundsTest {
    private static final StreamOptions DEFAULTS = StreamOptions.defaults();

    @Test
    void aSlowReaderIsToldOnceItTakesNoMoreAndAgainWhenItDoes() throws IOException {
        try (var server = tcp(DEFAULTS);
                var client = StreamClient.slow(server.at(StreamKind.TCP))) {
            var echo = server.echo();
            client.ask(new byte[] {1});
            var sent = new AtomicInteger();
            var pending = new AtomicLong();
            echo.onLoop(
                    () -> {
                        // As an endpoint does: nothing for a peer that takes no more.
                        while (echo.writable.isEmpty() && echo.send(new byte[1200])) {
                            sent.incrementAndGet();
                        }
                        pending.set(echo.lastPeer.unsentBytes());
                    });
            await().until(() -> echo.writable.equals(List.of(false)));
            await().until(() -> pending.get() > 0);
            assertThat(pending.get())
                    .isBetween(
                            (long) DEFAULTS.highWaterBytes(),
                            DEFAULTS.highWaterBytes() + 2L * StreamConnection.MAX_UNFLUSHED_BYTES);
            for (int i = 0; i < sent.get(); i++) {
                assertThat(client.readFramed()).hasSize(1200);
            }
            await().until(() -> echo.writable.equals(List.of(false, true)));
            assertThat(server.stats().overruns()).isZero();
        }
    }

    @Test
    void aSlowReaderThatIsSentToAllTheSameIsClosedAtTheBound() throws IOException {
        try (var server = tcp(DEFAULTS);
                var client = StreamClient.slow(server.at(StreamKind.TCP))) {
            var echo = server.echo();
            client.ask(new byte[] {1});
            var most = new AtomicLong();
            var refused = new AtomicInteger();
            echo.onLoop(
                    () -> {
                        while (echo.send(new byte[16_384])) {
                            most.accumulateAndGet(echo.lastPeer.unsentBytes(), Math::max);
                        }
                        refused.incrementAndGet();
                    });
            await().until(() -> refused.get() == 1);
            assertThat(most.get())
                    .isLessThan(
                            DEFAULTS.maxUnsentBytes() + 2L * StreamConnection.MAX_UNFLUSHED_BYTES);
            await().until(() -> echo.gone.size() == 1);
            assertThat(server.stats().overruns()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionWithoutASessionIsClosedInTimeAndOneWithIsNot() throws IOException {
        try (var server = tcp(times(300, 15_000));
                var client = StreamClient.to(server.at(StreamKind.TCP));
                var proven = StreamClient.to(server.at(StreamKind.TCP))) {
            proven.ask(new byte[] {1});
            server.echo().onLoop(() -> server.echo().lastPeer.onProven());
            assertThat(client.closedByServer()).isTrue();
            assertThat(server.stats().unproven()).isEqualTo(1);
            assertThat(proven.ask(new byte[] {2})).containsExactly(2);
            assertThat(server.listeners.ports().getFirst().sessions()).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatItsEndpointClosesIsSoBehindTheLastWords() throws IOException {
        try (var server = tcp(DEFAULTS);
                var client = StreamClient.to(server.at(StreamKind.TCP))) {
            client.ask(new byte[] {1});
            var echo = server.echo();
            echo.onLoop(
                    () -> {
                        echo.lastPeer.onProven();
                        echo.send(new byte[] {7});
                        echo.end();
                    });
            assertThat(client.readFramed()).containsExactly(7);
            assertThat(client.closedByServer()).isTrue();
            await().until(() -> server.listeners.ports().getFirst().sessions() == 0);
        }
    }

    @Test
    void aHostHasOnlySoManyConnectionsAndSoHasTheProcess() throws IOException {
        for (boolean perHost : new boolean[] {true, false}) {
            var caps = DEFAULTS.withCaps(perHost ? 100 : 2, perHost ? 2 : 100);
            try (var server = tcp(caps);
                    var first = StreamClient.to(server.at(StreamKind.TCP));
                    var second = StreamClient.to(server.at(StreamKind.TCP))) {
                first.ask(new byte[] {1});
                second.ask(new byte[] {2});
                try (var third = StreamClient.to(server.at(StreamKind.TCP))) {
                    assertThat(third.closedByServer()).isTrue();
                }
                StreamStats stats = server.stats();
                assertThat(perHost ? stats.refusedByHostCap() : stats.refusedByCap()).isEqualTo(1);
                second.disconnect();
                await().until(() -> server.stats().connections() == 1);
                try (var next = StreamClient.to(server.at(StreamKind.TCP))) {
                    assertThat(next.ask(new byte[] {3})).containsExactly(3);
                }
            }
        }
    }

    @Test
    void aWebSocketThatAnswersNoPingIsDeadAfterTwo() throws IOException {
        try (var server = new StreamServer(1, times(10_000, 100), StreamKind.WS).start();
                var client = StreamClient.to(server.at(StreamKind.WS))) {
            assertThat(client.upgrade("/v1")).contains("101");
            assertThat(client.read(2)).containsExactly(0x89, 0);
            client.write(StreamClient.frame(0xA, new byte[0]));
            assertThat(client.read(4)).containsExactly(0x89, 0, 0x89, 0);
            assertThat(client.closedByServer()).isTrue();
            assertThat(server.stats().pingTimeouts()).isEqualTo(1);
        }
    }

    @Test
    void whatSessionsReportPassesWhole() {
        assertThat(SessionListener.class.getMethods())
                .extracting(Method::getName)
                .allSatisfy(
                        name ->
                                assertThat(
                                                Arrays.stream(
                                                                StreamSessions.class
                                                                        .getDeclaredMethods())
                                                        .map(Method::getName))
                                        .contains(name));
    }

    private static StreamOptions times(long provenWithinMs, long pingIntervalMs) {
        return new StreamOptions(
                DEFAULTS.maxPacketBytes(),
                DEFAULTS.lowWaterBytes(),
                DEFAULTS.highWaterBytes(),
                DEFAULTS.maxUnsentBytes(),
                provenWithinMs,
                pingIntervalMs,
                DEFAULTS.maxConnections(),
                DEFAULTS.maxConnectionsPerHost());
    }

    private static StreamServer tcp(StreamOptions options) {
        return new StreamServer(1, options, StreamKind.TCP).start();
    }
}
