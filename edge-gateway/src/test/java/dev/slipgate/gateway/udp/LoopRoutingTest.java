package dev.slipgate.gateway.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.protocol.DropReason;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Datagrams whose first byte names the loop that they belong to. */
@Timeout(30)
final class LoopRoutingTest {
    private static final LoopRouter FIRST_BYTE = (bytes, offset, length) -> bytes[offset];

    @BeforeEach
    void needsSharedPorts() {
        UdpCarrierTest.assumePossible(true, "127.0.0.1");
    }

    @Test
    void aClientThatChangesItsPortStaysAtItsLoop() throws IOException {
        try (var server = server()) {
            var to = server.addresses.getFirst();
            for (int i = 0; i < 32; i++) {
                try (var rebound = TestClient.at("127.0.0.1")) {
                    var answer = rebound.ask(new byte[] {1, (byte) i}, to);
                    assertThat(answer.bytes()).containsExactly(1, i);
                    assertThat(answer.from()).isEqualTo(to);
                    assertThat(server.echoes.getLast().lastPeer)
                            .hasToString("127.0.0.1:" + rebound.port());
                }
            }
            assertThat(server.echoes.getLast().seen).hasValue(32);
            assertThat(server.echoes.getFirst().seen).hasValue(0);
            await().until(() -> server.listener.counters().snapshot().datagramsIn() == 32);
        }
    }

    @Test
    void aLoopThatDoesNotExistIsTheOneThatWasReached() throws IOException {
        try (var server = server();
                var client = TestClient.at("127.0.0.1")) {
            for (byte loop : new byte[] {-1, 2, 127}) {
                var answer = client.ask(new byte[] {loop}, server.addresses.getFirst());
                assertThat(answer.bytes()).containsExactly(loop);
            }
        }
    }

    @Test
    void aLoopThatIsStuckGetsNoMoreThanItsQueueHolds() throws Exception {
        try (var server = server()) {
            var release = new CountDownLatch(1);
            var stuck = new CountDownLatch(1);
            server.echoes.getLast().onLoop(() -> waitFor(stuck, release));
            stuck.await();
            try (var client = clientOfFirstLoop(server)) {
                int sent = 0;
                while (server.drops.total(DropReason.LOOP_QUEUE_FULL) == 0) {
                    // Each burst is answered by the loop that reads, so that none is lost below.
                    client.send(new byte[] {1}, server.addresses.getFirst());
                    sent++;
                    client.ask(new byte[] {0}, server.addresses.getFirst());
                }
                assertThat(sent).isGreaterThan(LoopInbox.MAX_WAITING);
                release.countDown();
                await().until(() -> server.echoes.getLast().seen.get() >= LoopInbox.MAX_WAITING);
            }
        }
    }

    private static EchoServer server() {
        var spec = ListenSpec.of("127.0.0.1", 0, "port");
        var options = UdpOptions.defaults();
        return new EchoServer(true, 2, spec, options, UdpListener.SCAN_INTERVAL_MS, FIRST_BYTE)
                .start();
    }

    /** A client whose datagrams come to the socket of the first loop, which is not stuck. */
    private static TestClient clientOfFirstLoop(EchoServer server) throws IOException {
        while (true) {
            var client = TestClient.at("127.0.0.1");
            client.send(new byte[] {-1}, server.addresses.getFirst());
            if (client.hearsWithinMs(200)) {
                return client;
            }
            client.close();
        }
    }

    private static void waitFor(CountDownLatch stuck, CountDownLatch release) {
        stuck.countDown();
        try {
            release.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
