package dev.slipgate.runtime.health;

import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.runtime.net.ListenPort;
import dev.slipgate.runtime.net.PortChoice;
import dev.slipgate.runtime.stats.StatsRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.net.BindException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Serves {@code /health/live}, {@code /health/ready} and {@code /stats} as JSON. It has a Vert.x
 * instance of its own with one event loop: it must answer while the process still waits for its
 * cluster, and must not share a thread with game traffic.
 */
public final class AdminServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_BIND_TRIES = 5;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String PORT_KEY = "admin.port";

    private final Vertx vertx;
    private final HealthChecks health;
    private final StatsRegistry stats;
    private final String host;
    private int port;

    private AdminServer(String host, HealthChecks health, StatsRegistry stats) {
        this.host = host;
        this.health = health;
        this.stats = stats;
        vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(1)
                                .setWorkerPoolSize(1)
                                .setInternalBlockingPoolSize(1)
                                .setUseDaemonThread(true)
                                .setFileSystemOptions(
                                        new FileSystemOptions()
                                                .setFileCachingEnabled(false)
                                                .setClassPathResolvingEnabled(false)));
    }

    /**
     * Starts to serve, and returns once it does.
     *
     * @throws StartFailure when the port cannot be had
     */
    public static AdminServer start(
            String host, PortChoice choice, HealthChecks health, StatsRegistry stats) {
        AdminServer server = new AdminServer(host, health, stats);
        try {
            server.port = server.bind(choice);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The port that it took. */
    public int port() {
        return port;
    }

    /** Where to point a browser or a probe. */
    public String url() {
        return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    @Override
    public void close() {
        try {
            vertx.close().await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Its threads are daemons: what does not end in time ends with the process.
        }
    }

    private int bind(PortChoice choice) {
        for (int attempt = 1; ; attempt++) {
            int candidate = ListenPort.pick(host, choice, PORT_KEY);
            try {
                return listen(candidate).actualPort();
            } catch (Exception e) {
                boolean lostRace = choice instanceof PortChoice.NextFree && isInUse(e);
                if (!lostRace || attempt == MAX_BIND_TRIES) {
                    throw ListenPort.inUse(host, candidate, PORT_KEY);
                }
            }
        }
    }

    private HttpServer listen(int candidate) throws Exception {
        HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(candidate);
        return vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen()
                .await(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isInUse(Throwable failure) {
        return failure instanceof BindException || failure.getCause() instanceof BindException;
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!READING.contains(request.method())) {
            send(response.putHeader("Allow", "GET, HEAD"), 405, error("only GET is served"));
            return;
        }
        switch (request.path()) {
            case "/health/live" -> send(response, 200, new JsonObject().put("live", true));
            case "/health/ready" -> sendReadiness(response);
            case "/stats" -> sendStats(response);
            default ->
                    send(response, 404, error("there are /health/live, /health/ready and /stats"));
        }
    }

    private void sendReadiness(HttpServerResponse response) {
        boolean ready = health.isReady();
        JsonObject body = new JsonObject().put("ready", ready).put("conditions", health.states());
        send(response, ready ? 200 : 503, body);
    }

    private void sendStats(HttpServerResponse response) {
        // Off the event loop: a section may wait a moment for another thread's figures.
        vertx.executeBlocking(() -> stats.snapshot().toBuffer())
                .onSuccess(body -> json(response, 200).end(body))
                .onFailure(e -> send(response, 500, error(e.toString())));
    }

    private static JsonObject error(String what) {
        return new JsonObject().put("error", what);
    }

    private static void send(HttpServerResponse response, int status, JsonObject body) {
        json(response, status).end(body.toBuffer());
    }

    private static HttpServerResponse json(HttpServerResponse response, int status) {
        return response.setStatusCode(status).putHeader("Content-Type", "application/json");
    }
}
