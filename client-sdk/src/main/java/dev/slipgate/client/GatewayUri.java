package dev.slipgate.client;

import dev.slipgate.protocol.memorynet.MemoryMode;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a gateway is, and which key it must prove to have: {@code
 * SCHEME://HOST[:PORT][/PATH]?key=KEY}, such as {@code udp://play.example.org?key=3q2-7w…}, or
 * {@code mem://NAME} for one in the same process.
 *
 * @param host name or address, IPv6 without brackets; the name in the memory network for {@code
 *     mem}
 * @param port 1 to 65535; -1 for {@code mem}
 * @param path of the WebSocket, {@code /v1} unless given; empty for the others
 * @param key the gateway's public key, 32 bytes; null only for {@code mem}, where the process knows
 * @param memoryMode what {@code mem} is like, {@code ?mode=stream} unless given; of no matter to
 *     the others
 */
public record GatewayUri(
        CarrierScheme scheme,
        String host,
        int port,
        String path,
        byte @Nullable [] key,
        MemoryMode memoryMode) {
    /** Length of a gateway's public key. */
    public static final int KEY_BYTES = 32;

    /**
     * Reads a URI.
     *
     * @throws InvalidGatewayUriException when it is none, or lacks what it needs; the message says
     *     what to write instead
     */
    public static GatewayUri parse(String text) {
        return GatewayUriParser.parse(text);
    }

    /** The URI with its key. */
    @Override
    public String toString() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        String query = key == null ? "" : "?key=" + keyText(key);
        if (scheme == CarrierScheme.MEM) {
            return "mem://" + name + modeText(query);
        }
        return scheme.text() + "://" + name + ":" + port + path + query;
    }

    private String modeText(String query) {
        return memoryMode == MemoryMode.STREAM
                ? query
                : query + (query.isEmpty() ? "?" : "&") + "mode=datagram";
    }

    /** Base64url of a key, as in a URI. */
    public static String keyText(byte[] key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
