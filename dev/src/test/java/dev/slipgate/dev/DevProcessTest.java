package dev.slipgate.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipgate.fabric.node.Receipt;
import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.fabric.node.SendOutcome.Queued;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.mpgameserver.ClientState;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.Connection;
import dev.slipgate.sdk.Message;
import dev.slipgate.sdk.echo.EchoApp;
import dev.slipgate.testing.player.TestPlayer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DevProcessTest {
    private static KeyPair rootKey;

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void makeKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        rootKey = generator.generateKeyPair();
    }

    @Test
    void echoSendsEverySizeBackOnceAndUnchanged() throws Exception {
        var random = new Random(1);
        int[] sizes = {1, 200, 1400, 1433, 1434, 1435, 2451, 20_000};
        try (var run = new DevRun(new EchoApp(), rootKey)) {
            TestPlayer player = run.player();
            for (int size : sizes) {
                byte[] message = new byte[size];
                random.nextBytes(message);
                player.send(message);
                await().until(() -> !player.received().isEmpty());
                assertThat(player.received()).containsExactly(message);
                player.received().clear();
            }
        }
    }

    @Test
    void nothingOfAUnitLeavesBeforeItsHandlerReturned() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        App app =
                new App() {
                    @Override
                    public void onMessage(Connection connection, Message message)
                            throws InterruptedException {
                        connection.send(message.channel(), message.bytes());
                        if (message.text().equals("wait")) {
                            entered.countDown();
                            release.await();
                            connection.send(message.channel(), "waited".getBytes(UTF_8));
                        }
                    }
                };
        try (var run = new DevRun(app, rootKey)) {
            TestPlayer blocked = run.player();
            TestPlayer other = run.player();
            blocked.send("wait".getBytes(UTF_8));
            entered.await();
            other.send("go".getBytes(UTF_8));
            await().until(() -> texts(other).equals(List.of("go")));

            assertThat(texts(blocked)).isEmpty();
            release.countDown();
            await().until(() -> texts(blocked).size() == 2);
            assertThat(texts(blocked)).containsExactlyInAnyOrder("wait", "waited");
        }
    }

    @Test
    void aReceiptTellsOfDeliveryButNotInTheRunThatSent() throws Exception {
        App app =
                new App() {
                    @Override
                    public void onMessage(Connection connection, Message message)
                            throws InterruptedException {
                        if (connection.isAttached(Receipt.class)) {
                            Receipt last = connection.attachment(Receipt.class);
                            seen.add("before: " + last.await(Duration.ofSeconds(20)));
                        }
                        SendOutcome outcome = connection.send(1, message.bytes());
                        Receipt receipt = ((Queued) outcome).receipt();
                        connection.attach(receipt);
                        try {
                            receipt.await(Duration.ofSeconds(20));
                        } catch (IllegalStateException e) {
                            seen.add("own: refused");
                        }
                    }
                };
        try (var run = new DevRun(app, rootKey)) {
            TestPlayer player = run.player();
            player.send("a".getBytes(UTF_8));
            player.send("b".getBytes(UTF_8));

            await().until(() -> player.received().size() == 2);
            assertThat(seen).containsExactly("own: refused", "before: DELIVERED", "own: refused");
        }
    }

    @Test
    void aConnectionKnowsItsClientAndHearsItsGoodbye() throws Exception {
        try (var run = new DevRun(new NotingApp(), rootKey)) {
            TestPlayer player = run.player();
            player.send("measure me".getBytes(UTF_8));
            await().until(() -> !player.received().isEmpty());
            Connection connection = run.process.node().node().connections().iterator().next();

            assertThat(connection.remoteAddress()).isEqualTo("127.0.0.1:" + player.port());
            await().until(() -> connection.latency().isPositive());
            assertThat(connection.statistics().packetsReceived()).isPositive();

            player.close();
            await().until(() -> seen.contains("gone CLIENT_CLOSED"));
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void aHandlerThatThrowsClosesItsConnectionAndNoOther() throws Exception {
        App app =
                new App() {
                    @Override
                    public void onMessage(Connection connection, Message message) {
                        if (message.text().equals("bad")) {
                            throw new IllegalStateException("the test's");
                        }
                        connection.send(1, message.bytes());
                    }

                    @Override
                    public void onDisconnect(Connection connection, CloseReason reason) {
                        seen.add("gone " + reason);
                    }
                };
        try (var run = new DevRun(app, rootKey)) {
            TestPlayer bad = run.player();
            TestPlayer good = run.player();
            bad.send("bad".getBytes(UTF_8));

            await().until(() -> seen.contains("gone HANDLER_FAILED"));
            await().until(() -> bad.closed() != null);
            good.send("good".getBytes(UTF_8));
            await().until(() -> texts(good).equals(List.of("good")));
        }
    }

    @Test
    void stoppingRunsEveryLastHookAndTellsTheClients() throws Exception {
        try (var run = new DevRun(new NotingApp(), rootKey)) {
            TestPlayer first = run.player();
            TestPlayer second = run.player();
            await().until(() -> run.process.node().node().connections().size() == 2);

            assertThat(run.stop()).isEqualTo(ExitCode.OK);

            assertThat(seen).hasSize(2).allMatch(line -> line.startsWith("gone "));
            await().until(() -> first.closed() != null && second.closed() != null);
        }
    }

    @Test
    void aStoppingNodeClosesItsConnectionsWithThatReason() throws Exception {
        try (var run = new DevRun(new NotingApp(), rootKey)) {
            TestPlayer player = run.player();
            await().until(() -> run.process.node().node().connections().size() == 1);

            run.process.node().stop().await();

            assertThat(seen).containsExactly("gone NODE_STOPPING");
            await().until(() -> player.closed() != null);
        }
    }

    @Test
    void aClientThatPinsAnotherKeyRefuses() throws Exception {
        makeKey();
        KeyPair gatewaysKey = rootKey;
        makeKey();
        try (var run = new DevRun(new NotingApp(), gatewaysKey)) {
            var player = new TestPlayer(run.address(), rootKey.getPublic());

            await().until(() -> player.state() == ClientState.REFUSED);
            player.close();
        }
    }

    @Test
    void aUdpPortInUseIsOneLineAndLeavesNothingBehind() throws Exception {
        try (var taken = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            assertThatThrownBy(
                            () ->
                                    new DevRun(
                                            new EchoApp(),
                                            rootKey,
                                            "gateway.mpgameserver.port",
                                            port))
                    .isInstanceOfSatisfying(
                            StartFailure.class,
                            failure ->
                                    assertThat(failure.lines())
                                            .singleElement()
                                            .asString()
                                            .contains(port, "gateway.mpgameserver.port"));
        }
    }

    private static List<String> texts(TestPlayer player) {
        return player.received().stream().map(bytes -> new String(bytes, UTF_8)).toList();
    }

    private final class NotingApp implements App {
        @Override
        public void onMessage(Connection connection, Message message) {
            connection.send(message.channel(), message.bytes());
        }

        @Override
        public void onDisconnect(Connection connection, CloseReason reason) {
            seen.add("gone " + reason);
        }
    }
}
