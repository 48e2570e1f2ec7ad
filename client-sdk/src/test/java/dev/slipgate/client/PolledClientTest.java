package dev.slipgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipgate.client.SendOutcome.DeliveryState;
import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import dev.slipgate.testing.gateway.EchoGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A client that is driven by a game's loop. */
class PolledClientTest {
    private final RecordingListener heard = new RecordingListener();
    private final MemoryNetwork network = new MemoryNetwork();
    private final List<Thread> threadsBefore = clientThreads(); // of other tests, ending

    @Test
    void everythingHappensWithinPollAndOnItsThread() throws Exception {
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway)) {
            pollUntil(client, () -> heard.told.contains("connected"));
            List<CompletableFuture<DeliveryState>> deliveries = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                deliveries.add(
                        ((SendOutcome.Queued) client.send(new byte[] {(byte) i})).delivery());
            }
            assertThat(gateway.sessions().received()).isZero();
            client.flush();
            await().until(() -> gateway.sessions().received() > 0);
            assertThat(heard.messages).isEmpty();

            pollUntil(client, () -> heard.messages.size() == 100);

            assertThat(heard.threads).containsOnly(Thread.currentThread());
            pollUntil(client, () -> deliveries.stream().allMatch(CompletableFuture::isDone));
            assertThat(threadsBefore).containsAll(clientThreads());
        }
    }

    @Test
    void joinPollsByItself() throws Exception {
        try (var gateway = EchoGateway.memory(network, MemoryMode.STREAM);
                var client = connect(gateway)) {
            client.join();
            assertThat(client.connected()).isTrue();
            assertThat(heard.told).containsExactly("connected");
            assertThat(client.outcome()).isEqualTo(new ConnectOutcome.Connected());
        }
    }

    @Test
    void aPollWithNothingToDoReturnsAtOnceAndTellsWhenItIsDue() throws Exception {
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway)) {
            client.join();
            pollUntil(client, () -> client.untilDeadlineNs() > TimeUnit.SECONDS.toNanos(1));

            long beganNs = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                assertThat(client.poll()).isFalse();
            }
            assertThat(System.nanoTime() - beganNs).isLessThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(client.untilDeadlineNs()).isPositive().isLessThan(SlipgateClient.NEVER);
        }
    }

    @Test
    void itLivesOnTheClockThatItIsGiven() throws Exception {
        var nowNs = new AtomicLong(Long.MAX_VALUE - 1000);
        ClientOptions options =
                ClientOptions.builder()
                        .listener(heard)
                        .polled()
                        .clock(nowNs::get)
                        .connectTimeout(Duration.ofHours(0).plusSeconds(60))
                        .build();
        try (var gateway = EchoGateway.udp()) {
            gateway.fallSilent(true);
            try (var client = SlipgateClient.connect(gateway.uri(), options)) {
                client.poll();
                assertThat(client.untilDeadlineNs()).isEqualTo(250_000_000);
                nowNs.addAndGet(TimeUnit.SECONDS.toNanos(59));
                client.poll();
                assertThat(heard.told).isEmpty();

                nowNs.addAndGet(TimeUnit.SECONDS.toNanos(1));
                client.poll();

                assertThat(heard.told).containsExactly("failed NoAnswer");
                assertThat(client.closed()).isTrue();
                assertThat(client.untilDeadlineNs()).isEqualTo(SlipgateClient.NEVER);
            }
        }
    }

    @Test
    void aCloseSettlesAtOnceAndGivesUpTheSocket() throws Exception {
        try (var gateway = EchoGateway.udp()) {
            SlipgateClient client = connect(gateway);
            client.join();
            gateway.sessions().beLazy();
            var sent = (SendOutcome.Queued) client.send(new byte[1]);

            client.close();

            assertThat(sent.delivery()).isCompletedWithValue(DeliveryState.UNKNOWN);
            assertThat(heard.told).containsExactly("connected", "closed CLIENT_CLOSED");
            assertThat(client.closed()).isTrue();
            assertThat(client.poll()).isFalse();
        }
    }

    @Test
    void whatACallbackThrowsComesOutOfPollAndTheRestIsToldByTheNext() throws Exception {
        ClientListener throwing =
                new ClientListener() {
                    @Override
                    public void onConnected(SlipgateClient client) {
                        throw new IllegalStateException("the application's");
                    }

                    @Override
                    public void onMessage(SlipgateClient client, int channel, byte[] bytes) {
                        heard.onMessage(client, channel, bytes);
                    }
                };
        ClientOptions options = ClientOptions.builder().listener(throwing).polled().build();
        try (var gateway = EchoGateway.udp();
                var client = SlipgateClient.connect(gateway.uri(), options)) {
            client.send(new byte[1]);
            assertThatThrownBy(client::join).hasMessage("the application's");

            pollUntil(client, () -> heard.messages.size() == 1);
        }
    }

    @Test
    void pollWithinACallbackIsTheCallersBug() throws Exception {
        ClientListener polling =
                new ClientListener() {
                    @Override
                    public void onConnected(SlipgateClient client) {
                        client.poll();
                    }
                };
        ClientOptions options = ClientOptions.builder().listener(polling).polled().build();
        try (var gateway = EchoGateway.udp();
                var client = SlipgateClient.connect(gateway.uri(), options)) {
            assertThatThrownBy(client::join).hasMessageContaining("being polled already");
        }
    }

    private SlipgateClient connect(EchoGateway gateway) {
        return SlipgateClient.connect(
                gateway.uri(),
                ClientOptions.builder().listener(heard).network(network).polled().build());
    }

    private static List<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> thread.getName().startsWith("slipgate-client-"))
                .toList();
    }

    private static void pollUntil(SlipgateClient client, BooleanSupplier condition) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> {
                            client.poll();
                            return condition.getAsBoolean();
                        });
    }
}
