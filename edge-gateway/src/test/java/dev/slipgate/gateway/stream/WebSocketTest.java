package dev.slipgate.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class WebSocketTest {
    private static final int BINARY = 2;
    private static final int TEXT = 1;
    private static final byte[] PAYLOAD = {1, 2, 3};

    @Test
    void aMessageOfAnySizeComesBackUnchangedEvenInParts() throws Exception {
        var received = new Received();
        try (var server = ws();
                HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder().buildAsync(uri(server), received).join();
            var random = new Random(3);
            for (int size : new int[] {1, 125, 126, 1200, 16_384}) {
                byte[] packet = new byte[size];
                random.nextBytes(packet);
                socket.sendBinary(ByteBuffer.wrap(packet), true).join();
                await().until(() -> !received.messages.isEmpty());
                assertThat(received.messages.removeFirst()).isEqualTo(packet);
            }
            socket.sendBinary(ByteBuffer.wrap(PAYLOAD, 0, 1), false).join();
            socket.sendBinary(ByteBuffer.wrap(PAYLOAD, 1, 2), true).join();
            await().until(() -> !received.messages.isEmpty());
            assertThat(received.messages.removeFirst()).isEqualTo(PAYLOAD);
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            await().until(() -> server.echo().gone.size() == 1);
            assertThat(server.badStreams()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16_385})
    void anEmptyOrTooLongMessageClosesAtOnce(int size) throws IOException {
        try (var server = ws();
                var client = upgraded(server)) {
            byte[] message = {(byte) 0x82, (byte) (size == 0 ? 0x80 : 0xfe)};
            client.write(message);
            if (size > 0) {
                client.write(ByteBuffer.allocate(2).putShort((short) size).array());
            }
            client.write(new byte[4 + Math.min(size, 100)]);
            assertThat(client.closedByServer()).isTrue();
            await().until(() -> server.badStreams() == 1);
        }
    }

    @Test
    void aTextMessageClosesAtOnce() throws IOException {
        try (var server = ws();
                var client = upgraded(server)) {
            client.write(StreamClient.frame(TEXT, "hi".getBytes(StandardCharsets.US_ASCII)));
            assertThat(client.closedByServer()).isTrue();
            await().until(() -> server.badStreams() == 1);
            assertThat(server.echo().seen).hasValue(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 101",
        "http://127.0.0.1:8080, 101",
        "https://127.0.0.1, 101",
        "https://game.example.com, 101",
        "https://GAME.example.com, 101",
        "https://game.example.com.evil.example, 403",
        "http://game.example.com, 403",
        "https://evil.example, 403",
        "null, 403",
        "127.0.0.1, 403"
    })
    void onlyPagesOfTheSameHostAndThoseAllowedMayConnect(String origin, int status)
            throws IOException {
        try (var server =
                        new StreamServer(
                                        1,
                                        StreamServer.OPTIONS,
                                        StreamKind.WS,
                                        "https://game.example.com")
                                .start();
                var client = StreamClient.to(server.at(StreamKind.WS))) {
            String[] headers =
                    origin.isEmpty() ? new String[0] : new String[] {"Origin: " + origin};
            assertThat(client.upgrade("/v1", headers)).contains(Integer.toString(status));
            if (status == 101) {
                client.write(StreamClient.frame(BINARY, PAYLOAD));
                assertThat(client.read(5)).containsExactly(0x82, 3, 1, 2, 3);
            } else {
                assertThat(client.closedByServer()).isTrue();
                assertThat(server.stats().originsRefused()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v2", "/v1/", "/v1?x=y"})
    void anotherPathIsNotFound(String path) throws IOException {
        try (var server = ws();
                var client = StreamClient.to(server.at(StreamKind.WS))) {
            assertThat(client.upgrade(path)).contains("404");
            assertThat(client.closedByServer()).isTrue();
            assertThat(server.stats().badUpgrades()).isEqualTo(1);
        }
    }

    @Test
    void whatIsNoHttpIsClosed() throws IOException {
        try (var server = ws();
                var client = StreamClient.to(server.at(StreamKind.WS))) {
            client.write("hello\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void compressionIsNotAgreedTo() throws IOException {
        try (var server = ws();
                var client = StreamClient.to(server.at(StreamKind.WS))) {
            client.upgrade("/v1", "Sec-WebSocket-Extensions: permessage-deflate");
            byte[] compressed = StreamClient.frame(BINARY, PAYLOAD);
            compressed[0] |= 0x40;
            client.write(compressed);
            assertThat(client.closedByServer()).isTrue();
            await().until(() -> server.badStreams() == 1);
        }
    }

    private static StreamServer ws() {
        return new StreamServer(1, StreamServer.OPTIONS, StreamKind.WS).start();
    }

    private static StreamClient upgraded(StreamServer server) throws IOException {
        var client = StreamClient.to(server.at(StreamKind.WS));
        assertThat(client.upgrade("/v1")).contains("101");
        return client;
    }

    private static URI uri(StreamServer server) {
        return URI.create("ws://127.0.0.1:" + server.at(StreamKind.WS).getPort() + "/v1");
    }

    private static final class Received implements WebSocket.Listener {
        private final List<byte[]> messages = new CopyOnWriteArrayList<>();
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            part.writeBytes(bytes);
            if (last) {
                messages.add(part.toByteArray());
                part.reset();
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
