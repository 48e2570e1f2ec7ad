package dev.slipgate.deploy.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.link.LinkWire;
import dev.slipgate.protocol.mpgameserver.ClientState;
import dev.slipgate.testing.player.TestPlayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reply and its cause are seen together or not at all, whenever the node dies. */
@Tag("ci")
class UnitAttackTest {
    /** Long for a gateway that would pass on what it has: replies take milliseconds. */
    private static final Duration WHILE_BLOCKED = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path directory;
    private RealChain chain;

    @BeforeEach
    void start() throws Exception {
        chain = new RealChain(directory);
    }

    @AfterEach
    void stop() {
        chain.close();
    }

    @Test
    void aMessageIsKeptAndNoReplyLeavesUntilItsHandlerReturned() throws Exception {
        chain.node(BlockingApp.class);
        try (TestPlayer player = chain.player()) {
            sendAndSeeItKept(player);

            Files.createFile(directory.resolve("release"));

            await().atMost(PATIENCE).until(() -> player.received().size() == 3);
            assertThat(player.received().getFirst()).isEqualTo("release".getBytes(UTF_8));
            await().atMost(PATIENCE).until(() -> chain.ofLinks("keptMessages") == 0);
            assertThat(chain.ofLinks("keptBytes")).isZero();
            assertThat(player.closed()).isNull();
        }
    }

    @Test
    void aNodeKilledInAHandlerLeavesNoPartOfItsReplyAndAGatewayThatServesOn() throws Exception {
        RealProcess node = chain.node(BlockingApp.class);
        try (TestPlayer player = chain.player()) {
            sendAndSeeItKept(player);

            node.kill();

            await().atMost(PATIENCE).until(() -> player.closed() != null);
            // By DISCONNECT: silence would be GATEWAY_LOST.
            assertThat(player.closed()).isEqualTo(CloseReason.APP_CLOSED);
            assertThat(player.received()).isEmpty();
            await().atMost(PATIENCE).until(() -> chain.ofLinks("keptBytes") == 0);
            assertThat(chain.ofLinks("keptMessages")).isZero();
            assertThat(chain.ofLinks("connections")).isZero();
        }
        chain.echoNode();
        try (TestPlayer player = chain.player()) {
            player.send("still there?".getBytes(UTF_8));
            await().atMost(PATIENCE).until(() -> player.received().size() == 1);
        }
    }

    private void sendAndSeeItKept(TestPlayer player) {
        await().atMost(PATIENCE).until(() -> player.state() == ClientState.CONNECTED);
        player.send("release".getBytes(UTF_8));
        await().atMost(PATIENCE).until(() -> chain.ofLinks("keptMessages") == 1);
        await().during(WHILE_BLOCKED)
                .atMost(WHILE_BLOCKED.plusSeconds(2))
                .until(() -> player.received().isEmpty());
        assertThat(chain.ofLinks("keptMessages")).isEqualTo(1);
        assertThat(chain.ofLinks("keptBytes")).isEqualTo(LinkWire.costOf("release".length()));
        assertThat(player.state()).isEqualTo(ClientState.CONNECTED);
    }
}
