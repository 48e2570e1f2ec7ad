package dev.slipgate.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.protocol.memorynet.MemoryNetwork;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.slipgate.SlipgateServerConfig;
import dev.slipgate.testing.gateway.EchoGateway;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way not to get connected is told apart, in time, to the listener and to who joins. */
class ConnectOutcomeTest {
    private static final String OTHER_KEY = GatewayUri.keyText(new byte[32]).replace('A', 'E');
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final RecordingListener heard = new RecordingListener();

    @Test
    void aKeyThatTheGatewayDoesNotHoldIsTheWrongKey() throws Exception {
        try (var gateway = EchoGateway.udp()) {
            ConnectOutcome.Failed outcome =
                    failure(gateway.place() + "?key=" + EchoGateway.otherKeyText(), options());
            assertThat(outcome).isInstanceOf(ConnectOutcome.WrongKey.class);
            assertThat(outcome.text()).startsWith("wrong key");
            assertThat(heard.told).containsExactly("failed WrongKey");
        }
    }

    @Test
    void silenceIsNoAnswer() throws Exception {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertThat(failure("udp://127.0.0.1:" + silent.getLocalPort() + "?key=" + OTHER_KEY))
                    .isEqualTo(new ConnectOutcome.NoAnswer(""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls", "ws", "wss"})
    void aPortWithoutAListenerIsNoAnswerWithThatDetail(String scheme) throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ConnectOutcome.Failed outcome =
                failure(scheme + "://127.0.0.1:" + port + "?key=" + OTHER_KEY);
        assertThat(outcome).isInstanceOf(ConnectOutcome.NoAnswer.class);
        assertThat(outcome.detail()).containsAnyOf("refused", "nobody listens");
    }

    @Test
    void aStreamThatAcceptsAndSaysNothingIsNoAnswer() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String scheme : new String[] {"tcp", "wss"}) {
                String uri = scheme + "://127.0.0.1:" + silent.getLocalPort();
                assertThat(failure(uri + "?key=" + OTHER_KEY))
                        .isInstanceOf(ConnectOutcome.NoAnswer.class);
            }
        }
    }

    @Test
    void aNameThatNobodyKnowsIsNoAnswer() throws Exception {
        assertThat(failure("udp://nowhere.invalid?key=" + OTHER_KEY).detail())
                .contains("nowhere.invalid");
        assertThat(failure("mem://nowhere").detail()).contains("mem://nowhere");
    }

    @Test
    void aRefusedTokenSaysSo() throws Exception {
        TokenVerifier verifier =
                token ->
                        new String(token, UTF_8).equals("good")
                                ? new TokenVerifier.Verdict.Accepted("me")
                                : new TokenVerifier.Verdict.Refused("expired");
        try (var gateway = EchoGateway.udp(SlipgateServerConfig.defaults(), verifier)) {
            assertThat(failure(gateway.uri(), options().token("bad".getBytes(UTF_8))))
                    .isInstanceOf(ConnectOutcome.TokenRefused.class);

            ClientOptions good = options().token("good".getBytes(UTF_8)).build();
            try (var client = SlipgateClient.connect(gateway.uri(), good)) {
                assertThat(client.join().connected()).isTrue();
            }
        }
    }

    @Test
    void aFullGatewaySaysSoAndWhenToComeAgain() throws Exception {
        SlipgateServerConfig one = SlipgateServerConfig.defaults().withMaxSessions(1);
        try (var gateway = EchoGateway.udp(one, TokenVerifier.ANONYMOUS);
                var first = SlipgateClient.connect(gateway.uri(), options().build())) {
            first.join();

            ConnectOutcome.Failed outcome = failure(gateway.uri());

            assertThat(outcome).isInstanceOf(ConnectOutcome.ServerFull.class);
            assertThat(((ConnectOutcome.ServerFull) outcome).retryAfterMs()).isEqualTo(5000);
        }
    }

    @Test
    void aGatewayOfAnotherVersionIsAMismatch() throws Exception {
        try (var other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuseVersion(other));
            ConnectOutcome.Failed outcome =
                    failure("udp://127.0.0.1:" + other.getLocalPort() + "?key=" + OTHER_KEY);
            assertThat(outcome).isInstanceOf(ConnectOutcome.VersionMismatch.class);
            assertThat(outcome.detail()).contains("2 to 3");
        }
    }

    @Test
    void aClientThatIsClosedFirstDidNotConnect() throws Exception {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var uri = "udp://127.0.0.1:" + silent.getLocalPort() + "?key=" + OTHER_KEY;
            SlipgateClient client = SlipgateClient.connect(uri, options().build());
            client.close();

            assertThatThrownBy(client::join)
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("closed first");
            assertThat(client.awaitClosed(5000)).isTrue();
        }
    }

    /** Answers an INIT as a gateway that speaks versions 2 to 3. docs/wire-protocol.md, REFUSE. */
    private static void refuseVersion(DatagramSocket gateway) {
        try {
            var packet = new DatagramPacket(new byte[2048], 2048);
            gateway.receive(packet);
            byte[] init = packet.getData();
            ByteBuffer refuse = ByteBuffer.allocate(23);
            refuse.put(init, 0, 12).put(4, (byte) 4);
            refuse.put((byte) 1).put((byte) 2).put((byte) 3).put(init, 44, 8);
            gateway.send(new DatagramPacket(refuse.array(), 23, packet.getSocketAddress()));
        } catch (java.io.IOException closed) {
            // The test is over.
        }
    }

    private ClientOptions.Builder options() {
        return ClientOptions.builder()
                .listener(heard)
                .network(new MemoryNetwork())
                .connectTimeout(TIMEOUT);
    }

    private ConnectOutcome.Failed failure(String uri) throws Exception {
        return failure(uri, options());
    }

    private static ConnectOutcome.Failed failure(String uri, ClientOptions.Builder options)
            throws Exception {
        long beganNs = System.nanoTime();
        try (var client = SlipgateClient.connect(uri, options.build())) {
            ConnectOutcome outcome = client.awaitOutcome();
            assertThat(System.nanoTime() - beganNs)
                    .isLessThan(TIMEOUT.toNanos() + TimeUnit.SECONDS.toNanos(1));
            assertThat(outcome).isInstanceOf(ConnectOutcome.Failed.class);
            assertThat(client.awaitClosed(5000)).isTrue();
            return (ConnectOutcome.Failed) outcome;
        }
    }
}
