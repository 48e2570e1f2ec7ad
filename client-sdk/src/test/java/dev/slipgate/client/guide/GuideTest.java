package dev.slipgate.client.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.client.ConnectOutcome;
import dev.slipgate.client.SendOutcome;
import dev.slipgate.client.SlipgateClient;
import dev.slipgate.testing.gateway.EchoGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide's code is code that compiles, and that does what the guide says. */
class GuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "client.md");
    private static final Path SNIPPETS =
            Path.of("src/test/java/dev/slipgate/client/guide/Snippets.java");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyBlockOfTheGuideStandsInTheSnippets() throws IOException {
        String snippets = flat(Files.readString(SNIPPETS));
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(GUIDE));
        while (matcher.find()) {
            blocks.add(flat(matcher.group(1)));
        }

        assertThat(blocks).hasSizeGreaterThan(4).allSatisfy(b -> assertThat(snippets).contains(b));
    }

    /** The formatter and the page break lines in different places. */
    private static String flat(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void itConnectsAndSends() throws Exception {
        try (var gateway = EchoGateway.udp();
                var client = Snippets.connect(gateway.uri())) {
            var snippets = new Snippets();
            snippets.send(client);
            assertThat(snippets.deliveries.getFirst().get())
                    .isEqualTo(SendOutcome.DeliveryState.HANDLED);
            await().until(() -> client.stats().messagesReceived() == 1);
        }
    }

    @Test
    void aGameLoopPlays() throws Exception {
        var game = new CountingGame();
        try (var gateway = EchoGateway.udp()) {
            Snippets.play(gateway.uri(), game);
        }
        assertThat(game.heard).startsWith("frame");
    }

    @Test
    void everyFailureIsTold() {
        var snippets = new Snippets();
        snippets.tell(new ConnectOutcome.ServerFull("", 7));
        snippets.tell(new ConnectOutcome.TokenRefused("expired"));
        assertThat(snippets.shown).containsExactly("again in 7", "please log in again: expired");
        assertThat(Snippets.reconnecting(new CountingGame())).isNotNull();
    }

    /** Sends a message in each frame until one has come back. */
    private static final class CountingGame implements Snippets.Game {
        private String heard = "";

        @Override
        public boolean running() {
            return heard.isEmpty();
        }

        @Override
        public void frame(SlipgateClient client) {
            client.send("frame".getBytes(UTF_8));
        }

        @Override
        public void onMessage(SlipgateClient client, int channel, byte[] bytes) {
            heard = new String(bytes, UTF_8);
        }
    }
}
