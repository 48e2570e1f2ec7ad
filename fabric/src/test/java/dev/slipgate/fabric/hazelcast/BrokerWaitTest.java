package dev.slipgate.fabric.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipgate.fabric.directory.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerWaitTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\n\r\n";

    @Test
    void whoeverFindsNoBrokerSaysWhomItWaitsForAndCanBeCalledOff() throws Exception {
        var said = new CopyOnWriteArrayList<String>();
        var calledOff = new AtomicBoolean();
        int port = TestCluster.freePort();
        var wait =
                new BrokerWait(
                        config(List.of("127.0.0.1:" + port, "no-such-host.invalid:5701")),
                        said::add);
        Thread waiting =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        wait.untilOneAnswers();
                                    } catch (InterruptedException e) {
                                        calledOff.set(true);
                                    }
                                });
        await().until(() -> !said.isEmpty());
        assertThat(said.getFirst())
                .startsWith("waiting for a broker of cluster 'mine': 127.0.0.1:" + port)
                .contains("no-such-host.invalid:5701 (");
        waiting.interrupt();
        waiting.join();
        assertThat(calledOff).isTrue();
        assertThat(said).hasSize(1);
    }

    @Test
    void aBrokerOfThisClusterIsFound() throws IOException {
        assertThat(askOneThatAnswers(HEAD + "{\"name\":\"slipgate/BROKER/mine/1f\"}")).isTrue();
    }

    @Test
    void aBrokerOfAnotherClusterIsRefused() {
        assertThatThrownBy(
                        () -> askOneThatAnswers(HEAD + "{\"name\":\"slipgate/BROKER/yours/1f\"}"))
                .isInstanceOf(JoinFailure.class)
                .hasMessageContaining("'yours'")
                .hasMessageContaining("'mine'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-x\r\n",
                HEAD + "{\"name\":\"dev\"}",
                HEAD + "{\"name\":\"slipgate/GATEWAY/mine/1f\"}"
            })
    void somebodyElseIsNoBroker(String answer) throws IOException {
        assertThat(askOneThatAnswers(answer)).isFalse();
    }

    @Test
    void anAddressWithoutHostOrPortIsRefusedAtOnce() {
        for (String malformed : List.of("", "a", "a:", ":5701", "a:x", "a:0", "a:65536")) {
            assertThatThrownBy(() -> BrokerAddress.parse(malformed))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not a broker's address: ");
        }
        assertThat(BrokerAddress.parse("[::1]:5701"))
                .isEqualTo(new BrokerAddress("::1", 5701))
                .hasToString("[::1]:5701");
    }

    private static boolean askOneThatAnswers(String answer) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try (var socket = server.accept()) {
                                    socket.getInputStream().read(new byte[16]);
                                    socket.getOutputStream()
                                            .write(answer.getBytes(StandardCharsets.UTF_8));
                                } catch (IOException e) {
                                    // The test's own assertion tells.
                                }
                            });
            return new BrokerWait(config(List.of("127.0.0.1:" + server.getLocalPort())), s -> {})
                    .askAll();
        }
    }

    private static ClusterConfig config(List<String> brokers) {
        List<BrokerAddress> addresses = brokers.stream().map(BrokerAddress::parse).toList();
        PortSpan ports = PortSpan.upFrom(ClusterConfig.FIRST_MEMBER_PORT);
        return new ClusterConfig(
                "mine", Role.NODE, 1, addresses, "127.0.0.1", ports, "127.0.0.1", ports, 1, false);
    }
}
