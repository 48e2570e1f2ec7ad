package dev.slipgate.client;

import dev.slipgate.protocol.memorynet.MemoryMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a {@link GatewayUri}, and says what is wrong with what is none. */
final class GatewayUriParser {
    private static final String EXAMPLE = "udp://play.example.org:7770?key=KEY";
    private static final String WEB_SOCKET_PATH = "/v1";

    private GatewayUriParser() {}

    static GatewayUri parse(String text) {
        URI uri = syntax(text);
        CarrierScheme scheme = scheme(uri, text);
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw wrong(text, "user names and fragments have no meaning here; write " + EXAMPLE);
        }
        Map<String, String> query = query(uri, text);
        return new GatewayUri(
                scheme,
                host(uri, text),
                port(uri, scheme, text),
                path(uri, scheme, text),
                key(query.get("key"), scheme, text),
                mode(query.get("mode"), scheme, text));
    }

    private static URI syntax(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw wrong(text, malformed.getReason() + "; write " + EXAMPLE);
        }
    }

    private static CarrierScheme scheme(URI uri, String text) {
        CarrierScheme scheme = uri.getScheme() == null ? null : CarrierScheme.of(uri.getScheme());
        if (scheme == null || uri.isOpaque()) {
            throw wrong(text, "it begins with one of " + CarrierScheme.all());
        }
        return scheme;
    }

    private static String host(URI uri, String text) {
        String host = uri.getHost();
        if (host == null) {
            throw wrong(text, "it names no host; write " + EXAMPLE);
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI uri, CarrierScheme scheme, String text) {
        int port = uri.getPort();
        if (scheme == CarrierScheme.MEM) {
            if (port != -1) {
                throw wrong(text, "mem has no ports; write mem://NAME");
            }
            return -1;
        }
        if (port == -1) {
            return scheme.defaultPort();
        }
        if (port < 1 || port > 65535) {
            throw wrong(text, "a port is 1 to 65535");
        }
        return port;
    }

    private static String path(URI uri, CarrierScheme scheme, String text) {
        String path = uri.getRawPath();
        boolean none = path == null || path.isEmpty() || path.equals("/");
        if (scheme.webSocket()) {
            return none ? WEB_SOCKET_PATH : path;
        }
        if (!none) {
            throw wrong(text, "only ws and wss have a path; drop " + path);
        }
        return "";
    }

    private static Map<String, String> query(URI uri, String text) {
        var query = new HashMap<String, String>();
        if (uri.getRawQuery() == null) {
            return query;
        }
        for (String pair : uri.getRawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!Set.of("key", "mode").contains(name)) {
                throw wrong(text, "its query knows key, and for mem mode, but not '" + name + "'");
            }
            if (query.put(name, equals < 0 ? "" : pair.substring(equals + 1)) != null) {
                throw wrong(text, "it names " + name + " twice");
            }
        }
        return query;
    }

    private static byte @Nullable [] key(@Nullable String key, CarrierScheme scheme, String text) {
        if (key == null) {
            if (scheme == CarrierScheme.MEM) {
                return null;
            }
            throw wrong(
                    text,
                    "it lacks ?key=, the gateway's public key: see the line that the gateway logs"
                            + " at its start, the banner of 'slipgate dev', a .pub file under"
                            + " .slipgate/keys, or what 'slipgate keygen' printed");
        }
        byte[] decoded;
        try {
            decoded = Base64.getUrlDecoder().decode(key);
        } catch (IllegalArgumentException malformed) {
            throw wrong(text, "its key is no base64url (letters, digits, - and _)");
        }
        if (decoded.length != GatewayUri.KEY_BYTES) {
            throw wrong(
                    text,
                    "its key is %d bytes; a gateway's is 32, written in 43 characters"
                            .formatted(decoded.length));
        }
        return decoded;
    }

    private static MemoryMode mode(@Nullable String mode, CarrierScheme scheme, String text) {
        if (mode == null) {
            return MemoryMode.STREAM;
        }
        if (scheme != CarrierScheme.MEM) {
            throw wrong(text, "only mem has a mode");
        }
        return switch (mode) {
            case "stream" -> MemoryMode.STREAM;
            case "datagram" -> MemoryMode.DATAGRAM;
            default -> throw wrong(text, "its mode is stream or datagram, not '" + mode + "'");
        };
    }

    private static InvalidGatewayUriException wrong(String text, String problem) {
        return new InvalidGatewayUriException("'" + text + "' names no gateway: " + problem);
    }
}
