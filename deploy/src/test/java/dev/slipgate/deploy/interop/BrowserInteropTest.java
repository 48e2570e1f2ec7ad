package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page in a browser, its cryptography by WebCrypto, over WebSocket to a process of the product.
 */
@Tag("ci")
@EnabledIfEnvironmentVariable(
        named = Chromium.VARIABLE,
        matches = ".+",
        disabledReason = "set it to a Chromium of version 137 or later, as .ci/run does")
class BrowserInteropTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private static Path directory;
    private static Servers servers;
    private static PageServer pages;

    @BeforeAll
    static void startServers() throws IOException {
        pages = new PageServer();
        servers = new Servers(directory);
        servers.start("dev", "gateway.ws-origins=" + pages.origin());
        servers.awaitReady();
    }

    @AfterAll
    static void stopServers() {
        servers.close();
        pages.close();
    }

    @Test
    void aPageInChromiumSendsAMessageAndGetsItBack(@TempDir Path profile) throws Exception {
        assertThat(outcomeOf(pages, profile)).isEqualTo("channel 0: hello");
    }

    @Test
    void aPageOfAnOriginThatIsNotListedGetsNoWebSocket(@TempDir Path profile) throws Exception {
        try (var others = new PageServer()) {
            assertThat(outcomeOf(others, profile))
                    .isEqualTo("failed: Error: the WebSocket closed with code 1006");
        }
    }

    private static String outcomeOf(PageServer pages, Path profile) throws IOException {
        String key = Files.readString(servers.nativePublicKey()).strip();
        URI page = pages.pageThatEchoes("hello", servers.webSocket(), key);
        try (var browser = Chromium.open(page, profile)) {
            await().atMost(PATIENCE)
                    .failFast("the browser ended", () -> !browser.alive())
                    .until(() -> pages.outcome().isDone());
            return pages.outcome().join();
        }
    }
}
