package dev.slipgate.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipgate.client.SendOutcome.DeliveryState;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import dev.slipgate.testing.gateway.EchoGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client with a thread, against the real endpoint of a gateway. */
class SlipgateClientTest {
    private final RecordingListener heard = new RecordingListener();
    private final MemoryNetwork network = new MemoryNetwork();

    @Test
    void whatIsSentComesBackOverUdpWholeAndInOrder() throws Exception {
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway, options())) {
            echoesInOrder(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STREAM", "DATAGRAM"})
    void andThroughMemory(MemoryMode mode) throws Exception {
        try (var gateway = EchoGateway.memory(network, mode);
                var client = connect(gateway, options())) {
            echoesInOrder(client);
        }
    }

    private void echoesInOrder(SlipgateClient client) throws Exception {
        client.join();
        var random = new Random(3);
        List<byte[]> sent = new ArrayList<>();
        List<CompletableFuture<DeliveryState>> deliveries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] message = new byte[i % 50 == 49 ? 40_000 : random.nextInt(500)];
            random.nextBytes(message);
            sent.add(message);
            deliveries.add(delivery(client.send(message)));
        }

        await().until(() -> heard.messages.size() == sent.size());

        for (int i = 0; i < sent.size(); i++) {
            assertThat(heard.messages.get(i)).isEqualTo(sent.get(i));
        }
        for (CompletableFuture<DeliveryState> delivery : deliveries) {
            assertThat(delivery.get()).isEqualTo(DeliveryState.HANDLED);
        }
        await().untilAsserted(() -> assertThat(client.stats().queuedBytes()).isZero());
        assertThat(client.stats().messagesReceived()).isEqualTo(200);
        assertThat(heard.threads.stream().distinct())
                .singleElement()
                .satisfies(thread -> assertThat(thread.getName()).startsWith("slipgate-client-"));
    }

    @Test
    void messagesSentBeforeItIsConnectedTravelWithTheHandshake() throws Exception {
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway, options())) {
            CompletableFuture<DeliveryState> delivery =
                    delivery(client.send("early".getBytes(UTF_8)));

            assertThat(delivery.get()).isEqualTo(DeliveryState.HANDLED);
            await().until(() -> heard.messages.size() == 1);
            assertThat(heard.told).startsWith("connected");
        }
    }

    @Test
    void everyModeWorksAndAChannelMayBeDeclared() throws Exception {
        ClientOptions.Builder options = options().channel(9, Delivery.UNRELIABLE);
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway, options)) {
            client.join();
            for (int channel : new int[] {0, 1, 2, 3, 9, 200}) {
                boolean tracked = channel < 2 || channel == 200;
                assertThat(delivery(client.send(channel, new byte[] {(byte) channel})).get())
                        .isEqualTo(tracked ? DeliveryState.HANDLED : DeliveryState.NOT_TRACKED);
            }
            await().until(() -> heard.messages.size() == 6);
        }
    }

    @Test
    void aMessageIsHandledWhenTheApplicationSaysSo() throws Exception {
        var kept = new AtomicReference<ReceivedMessage>();
        ClientListener listener =
                new ClientListener() {
                    @Override
                    public void onMessage(SlipgateClient client, ReceivedMessage message) {
                        kept.set(message);
                    }
                };
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway, options().listener(listener).explicitAck())) {
            client.join();
            assertThat(delivery(client.send(new byte[100])).get()).isEqualTo(DeliveryState.HANDLED);
            await().until(() -> kept.get() != null);
            // An ack of the echo would have come by now: it would ride with this delivery's ack.
            assertThat(delivery(client.send(3, new byte[1])).get())
                    .isEqualTo(DeliveryState.NOT_TRACKED);
            assertThat(gateway.sessions().unhandledByClientsBytes()).isEqualTo(164);

            kept.get().handled();
            kept.get().handled();

            await().until(() -> gateway.sessions().unhandledByClientsBytes() == 0);
        }
    }

    @Test
    void aNodeThatHandlesNothingMeansBackPressureAndWritableWhenItDoes() throws Exception {
        ClientOptions.Builder options = options().outboxBytes(200_000).maxMessageBytes(100_000);
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway, options)) {
            client.join();
            gateway.fallSilent(true);
            SendOutcome outcome = client.send(new byte[10_000]);
            int taken = 0;
            while (outcome.queued()) {
                taken++;
                outcome = client.send(new byte[10_000]);
            }
            assertThat(outcome)
                    .isEqualTo(new SendOutcome.Refused(SendOutcome.Reason.BACKPRESSURED));
            assertThat(taken).isEqualTo(19);
            assertThat(client.send(new byte[100_001]))
                    .isEqualTo(new SendOutcome.Refused(SendOutcome.Reason.TOO_LARGE));

            gateway.fallSilent(false);

            await().until(() -> heard.told.contains("writable"));
            assertThat(client.send(new byte[10_000]).queued()).isTrue();
        }
    }

    @Test
    void aCloseSettlesWhatIsUnderWayAndEndsTheThread() throws Exception {
        try (var gateway = EchoGateway.udp()) {
            gateway.sessions().beLazy();
            SlipgateClient client = connect(gateway, options());
            client.join();
            CompletableFuture<DeliveryState> delivery = delivery(client.send(new byte[10]));

            client.close();
            client.close();

            assertThat(delivery.get()).isEqualTo(DeliveryState.UNKNOWN);
            assertThat(client.awaitClosed(5000)).isTrue();
            assertThat(heard.told).containsExactly("connected", "closed CLIENT_CLOSED");
            assertThat(client.closed()).isTrue();
            assertThat(client.send(new byte[1]))
                    .isEqualTo(new SendOutcome.Refused(SendOutcome.Reason.CLOSED));
        }
    }

    @Test
    void aConnectionThatTheAppClosesIsOver() throws Exception {
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway, options().reconnect(ReconnectPolicy.backoff()))) {
            client.join();
            gateway.closeSessions(CloseReason.APP_CLOSED);

            await().until(() -> heard.told.contains("closed APP_CLOSED"));
            assertThat(client.connected()).isFalse();
        }
    }

    @Test
    void aLostConnectionIsMadeAnewAndWhatWasUnderWayIsUnknown() throws Exception {
        ClientOptions.Builder options = options().reconnect(new ReconnectPolicy(10, 50, 5));
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway, options)) {
            client.join();
            gateway.sessions().beLazy();
            CompletableFuture<DeliveryState> delivery = delivery(client.send(new byte[10]));
            await().until(() -> gateway.sessions().received() == 1);

            gateway.closeSessions(CloseReason.GATEWAY_STOPPING);

            await().until(() -> heard.told.size() == 3);
            assertThat(heard.told)
                    .containsExactly("connected", "reconnecting GATEWAY_STOPPING 1", "connected");
            assertThat(delivery.get()).isEqualTo(DeliveryState.UNKNOWN);
            assertThat(client.stats().connects()).isEqualTo(2);
        }
    }

    @Test
    void whatIsSentBetweenTwoConnectionsGoesByTheSecond() throws Exception {
        ClientOptions.Builder options = options().reconnect(new ReconnectPolicy(200, 200, 5));
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway, options)) {
            client.join();
            gateway.closeSessions(CloseReason.GATEWAY_STOPPING);
            await().until(() -> heard.told.size() == 2);

            assertThat(client.send(3, new byte[1]))
                    .isEqualTo(new SendOutcome.Refused(SendOutcome.Reason.CLOSED));
            assertThat(delivery(client.send(new byte[1])).get()).isEqualTo(DeliveryState.HANDLED);
        }
    }

    @Test
    void attemptsThatFailEndWhereThePolicySaysSo() throws Exception {
        ClientOptions.Builder options = options().reconnect(new ReconnectPolicy(1, 1, 2));
        try (var gateway = EchoGateway.memory(network, MemoryMode.STREAM);
                var client = connect(gateway, options)) {
            client.join();
            gateway.vanish();

            await().until(() -> heard.told.stream().anyMatch(t -> t.startsWith("closed")));
            assertThat(heard.told)
                    .containsExactly(
                            "connected",
                            "reconnecting GATEWAY_LOST 1",
                            "reconnecting GATEWAY_LOST 2",
                            "closed GATEWAY_LOST");
        }
    }

    @Test
    void aCallbackThatThrowsDoesNotEndTheClient() throws Exception {
        ClientListener throwing =
                new RecordingListener() {
                    @Override
                    public void onMessage(SlipgateClient client, int channel, byte[] bytes) {
                        super.onMessage(client, channel, bytes);
                        Thread.currentThread()
                                .setUncaughtExceptionHandler((t, e) -> told.add("uncaught"));
                        throw new IllegalStateException("the application's");
                    }
                };
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway, options().listener(throwing))) {
            client.join();
            client.send(new byte[1]);
            client.send(new byte[1]);

            var recorded = (RecordingListener) throwing;
            await().until(() -> recorded.messages.size() == 2);
            await().until(() -> recorded.told.stream().filter("uncaught"::equals).count() == 2);
            await().until(() -> gateway.sessions().unhandledByClientsBytes() == 0);
        }
    }

    @Test
    void aCallbackMayNotWaitForItsOwnThread() throws Exception {
        var thrown = new CompletableFuture<Throwable>();
        ClientListener waiting =
                new ClientListener() {
                    @Override
                    public void onConnected(SlipgateClient client) {
                        try {
                            client.join();
                        } catch (Exception e) {
                            thrown.complete(e);
                        }
                    }
                };
        try (var gateway = EchoGateway.udp();
                var client = connect(gateway, options().listener(waiting))) {
            client.join();
            assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(client::poll).hasMessageContaining("has a thread");
        }
    }

    private ClientOptions.Builder options() {
        return ClientOptions.builder().listener(heard).network(network);
    }

    private static SlipgateClient connect(EchoGateway gateway, ClientOptions.Builder options) {
        return SlipgateClient.connect(gateway.uri(), options.build());
    }

    private static CompletableFuture<DeliveryState> delivery(SendOutcome outcome) {
        assertThat(outcome).isInstanceOf(SendOutcome.Queued.class);
        return ((SendOutcome.Queued) outcome).delivery();
    }
}
