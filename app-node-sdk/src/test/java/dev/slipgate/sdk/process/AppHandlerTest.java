package dev.slipgate.sdk.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.fabric.node.Quality;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.Connection;
import dev.slipgate.sdk.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AppHandlerTest {
    private final LiveNode node = new LiveNode("node-1");
    private final FakeNodeConnection wire = new FakeNodeConnection(7);
    private final List<String> seen = new ArrayList<>();

    @Test
    void eachCallOfFabricIsOneHookOfTheApp() {
        var handler = new AppHandler(new NotingApp(), node);

        handler.onConnect(wire, true);
        handler.onMessage(wire, 3, "hello".getBytes(UTF_8), true);
        handler.onDisconnect(wire, CloseReason.CLIENT_TIMEOUT);

        assertThat(seen)
                .containsExactly(
                        "connect true",
                        "message Message[channel=3, 5 bytes, redelivered] hello",
                        "disconnect CLIENT_TIMEOUT");
    }

    @Test
    void everyHookGetsTheSameConnectionWithWhatTheAppAttached() {
        var connections = new ArrayList<Connection>();
        var handler =
                new AppHandler(
                        new App() {
                            @Override
                            public void onConnect(Connection connection, boolean recovered) {
                                connection.attach("player one");
                                connections.add(connection);
                            }

                            @Override
                            public void onMessage(Connection connection, Message message) {
                                seen.add(connection.attachment(String.class));
                                connections.add(connection);
                            }
                        },
                        node);

        handler.onConnect(wire, false);
        handler.onMessage(wire, 0, new byte[0], false);

        assertThat(seen).containsExactly("player one");
        assertThat(connections.get(0)).isSameAs(connections.get(1));
    }

    @Test
    void anAttachmentOfAnotherTypeIsRefusedByName() {
        var connection = new LiveConnection(wire, node);

        assertThat(connection.isAttached(String.class)).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> connection.attachment(String.class))
                .withMessageContaining("java.lang.String attached but nothing");
        connection.attach(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> connection.attachment(String.class))
                .withMessageContaining("java.lang.Integer");
    }

    @Test
    void theNodeShowsConnectionsFromTheirFirstHookToTheirLast() {
        var handler =
                new AppHandler(
                        new App() {
                            @Override
                            public void onConnect(Connection connection, boolean recovered) {
                                seen.add("in connect " + connection.node().connections().size());
                            }

                            @Override
                            public void onDisconnect(Connection connection, CloseReason reason) {
                                seen.add("in disconnect " + node.connections().size());
                            }
                        },
                        node);

        handler.onConnect(wire, false);
        assertThat(node.connection(wire.id())).isPresent();
        handler.onDisconnect(wire, CloseReason.CLIENT_CLOSED);

        assertThat(seen).containsExactly("in connect 1", "in disconnect 1");
        assertThat(node.connections()).isEmpty();
        assertThat(node.connection(wire.id())).isEmpty();
    }

    @Test
    void aHookThatThrowsTellsTheLaneAndIsLoggedOnceWithItsConnection() {
        var handler =
                new AppHandler(
                        new App() {
                            @Override
                            public void onMessage(Connection connection, Message message)
                                    throws IOException {
                                throw new IOException("no disk");
                            }

                            @Override
                            public void onDisconnect(Connection connection, CloseReason reason) {
                                throw new StackOverflowError();
                            }
                        },
                        node);

        handler.onConnect(wire, false);
        try (var log = new LoggedLines(AppHandler.class)) {
            assertThatThrownBy(() -> handler.onMessage(wire, 0, new byte[1], false))
                    .hasMessage("onMessage failed");
            assertThatThrownBy(() -> handler.onDisconnect(wire, CloseReason.HANDLER_FAILED))
                    .hasMessage("onDisconnect failed");
            assertThat(log.lines())
                    .containsExactly(
                            "ERROR 0000000000000007 onMessage failed: the connection is closed",
                            "ERROR 0000000000000007 onDisconnect failed: the connection is closed");
        }

        assertThat(handler.failures()).isEqualTo(2);
        assertThat(node.connections()).isEmpty();
    }

    @Test
    void aConnectionHandsOnWhatTheAppAsksOfIt() {
        wire.quality = new Quality(30_000_000, 1, 2, 3, 4, 5);
        var connection = new LiveConnection(wire, node);

        assertThat(connection.send("a".getBytes(UTF_8))).isSameAs(wire.nextOutcome);
        connection.send(255, "b".getBytes(UTF_8));
        connection.close("was rude");

        assertThat(wire.calls)
                .containsExactly("send 0 a", "send 255 b", "close APP_CLOSED was rude");
        assertThat(connection.isOpen()).isFalse();
        assertThat(connection.latency()).isEqualTo(Duration.ofMillis(15));
        assertThat(connection.statistics()).isSameAs(wire.quality);
        assertThat(connection.remoteAddress()).isEqualTo("192.0.2.7:40112");
        assertThat(connection.id()).isEqualTo(wire.id());
    }

    private final class NotingApp implements App {
        @Override
        public void onConnect(Connection connection, boolean recovered) {
            seen.add("connect " + recovered);
        }

        @Override
        public void onMessage(Connection connection, Message message) {
            seen.add("message " + message + " " + message.text());
        }

        @Override
        public void onDisconnect(Connection connection, CloseReason reason) {
            seen.add("disconnect " + reason);
        }
    }
}
