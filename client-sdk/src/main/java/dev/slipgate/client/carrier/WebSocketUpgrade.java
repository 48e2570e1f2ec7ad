package dev.slipgate.client.carrier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The HTTP request that turns a connection into a WebSocket, and its answer. RFC 6455, part 4. */
final class WebSocketUpgrade {
    /** An answer above this is no gateway's. */
    static final int MAX_ANSWER_BYTES = 8192;

    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final String hostAndPort;
    private final String path;
    private final String key;

    WebSocketUpgrade(String hostAndPort, String path, RandomGenerator random) {
        this.hostAndPort = hostAndPort;
        this.path = path;
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        this.key = Base64.getEncoder().encodeToString(nonce);
    }

    void writeRequest(ByteBuffer out) {
        String request =
                """
                GET %s HTTP/1.1
                Host: %s
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: %s
                Sec-WebSocket-Version: 13

                """
                        .formatted(path, hostAndPort, key);
        out.put(request.replace("\n", "\r\n").getBytes(ISO_8859_1));
    }

    /** The length of the answer's head that begins at the position, or -1 while it is not whole. */
    static int headLength(ByteBuffer in) {
        for (int i = in.position(); i + END_OF_HEAD.length <= in.limit(); i++) {
            if (in.get(i) == '\r' && isEndOfHead(in, i)) {
                return i + END_OF_HEAD.length - in.position();
            }
        }
        return -1;
    }

    private static boolean isEndOfHead(ByteBuffer in, int at) {
        for (int i = 0; i < END_OF_HEAD.length; i++) {
            if (in.get(at + i) != END_OF_HEAD[i]) {
                return false;
            }
        }
        return true;
    }

    /** What is wrong with an answer, or null when it says yes. */
    @Nullable String problemOf(byte[] bytes, int offset, int length) {
        String[] lines = new String(bytes, offset, length, ISO_8859_1).split("\r\n", -1);
        String[] status = lines[0].split(" ", 3);
        if (!status[0].startsWith("HTTP/1.") || status.length < 2) {
            return "what answered is no WebSocket server";
        }
        if (!status[1].equals("101")) {
            return "the WebSocket was refused: " + lines[0];
        }
        boolean upgrades = "websocket".equals(header(lines, "upgrade").toLowerCase(Locale.ROOT));
        if (!upgrades || !accept().equals(header(lines, "sec-websocket-accept"))) {
            return "the answer to the WebSocket upgrade is none to this request";
        }
        return header(lines, "sec-websocket-extensions").isEmpty()
                ? null
                : "the gateway uses WebSocket extensions that were not asked for";
    }

    private static String header(String[] lines, String name) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).trim().equalsIgnoreCase(name)) {
                return line.substring(colon + 1).trim();
            }
        }
        return "";
    }

    private String accept() {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] digest = sha1.digest((key + ACCEPT_SUFFIX).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
