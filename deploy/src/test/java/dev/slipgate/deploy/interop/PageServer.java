package dev.slipgate.deploy.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Serves the scripts that users are given and one page that calls {@code echo} of them and tells
 * what came of it.
 */
final class PageServer implements AutoCloseable {
    private static final Path SCRIPTS = Path.of("..", "examples", "browser");
    private static final String PAGE =
            """
            <!doctype html>
            <script type="module">
              import { echo } from './echo.js';
              const tell = (outcome) => fetch('/outcome', { method: 'POST', body: outcome });
              echo('%s', '%s', '%s').then(tell, (failure) => tell(`failed: ${failure}`));
            </script>
            """;

    private final HttpServer server;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    /** Begins to serve, on a free port of this host. */
    PageServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/outcome", this::onOutcome);
        server.createContext("/", PageServer::onScript);
        server.start();
    }

    /**
     * What a browser names as the origin of the page's WebSockets; to a gateway that is addressed
     * by number it is another host.
     */
    String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** A page that echoes this text, which holds no quotes, as soon as it is opened. */
    URI pageThatEchoes(String text, URI gateway, String publicKey) {
        byte[] page = PAGE.formatted(gateway, publicKey, text).getBytes(UTF_8);
        server.createContext("/page", exchange -> answer(exchange, "text/html", page));
        return URI.create(origin() + "/page");
    }

    /** What came of it, as the page tells it. */
    CompletableFuture<String> outcome() {
        return outcome;
    }

    private void onOutcome(HttpExchange exchange) throws IOException {
        outcome.complete(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        answer(exchange, "text/plain", new byte[0]);
    }

    private static void onScript(HttpExchange exchange) throws IOException {
        Path script = SCRIPTS.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
        if (script.startsWith(SCRIPTS) && Files.isRegularFile(script)) {
            answer(exchange, "text/javascript", Files.readAllBytes(script));
            return;
        }
        exchange.sendResponseHeaders(404, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
