package dev.slipgate.gateway.stream;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may open a WebSocket here. Browsers name the page's origin, and let any page of
 * any site try. Programs name none, and may always. Thread-safe.
 */
public final class OriginCheck {
    /** The entry that allows every page. */
    public static final String ANY = "*";

    private static final String SCHEME_END = "://";

    private final Set<String> allowed;

    private OriginCheck(Set<String> allowed) {
        this.allowed = allowed;
    }

    /**
     * Pages of the host that the WebSocket is on, whatever their port, and those of these origins.
     *
     * @param allowed such as {@code https://game.example.com}, or {@link #ANY}
     */
    public static OriginCheck allowing(List<String> allowed) {
        return new OriginCheck(
                allowed.stream()
                        .map(origin -> origin.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Whether a page may.
     *
     * @param origin the header of that name, null when there is none
     * @param host the header of that name, the one that the page asked for
     */
    boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null || allowed.contains(ANY)) {
            return true;
        }
        String page = origin.toLowerCase(Locale.ROOT);
        return allowed.contains(page) || (host != null && sameHost(page, host));
    }

    private static boolean sameHost(String page, String host) {
        int scheme = page.indexOf(SCHEME_END);
        return scheme > 0
                && hostOf(page.substring(scheme + SCHEME_END.length()))
                        .equals(hostOf(host.toLowerCase(Locale.ROOT)));
    }

    /** Cuts the port off, if there is one; the colons of {@code [::1]} are none. */
    private static String hostOf(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return colon > hostAndPort.lastIndexOf(']') ? hostAndPort.substring(0, colon) : hostAndPort;
    }
}
