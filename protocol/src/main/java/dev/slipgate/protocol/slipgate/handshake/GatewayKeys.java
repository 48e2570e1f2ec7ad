package dev.slipgate.protocol.slipgate.handshake;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ring of keys that a gateway answers to. To change keys, each gateway is given the new one
 * behind the old one, then in front of it once all gateways have it, then alone once no client pins
 * the old one. Immutable.
 */
public final class GatewayKeys {
    /** Far more than any change of keys needs. */
    public static final int MAX_KEYS = 16;

    private final List<GatewayKey> keys;

    /**
     * @param keys the announced one first, then those that are still accepted
     * @throws IllegalArgumentException when there are none, too many, or two of one id
     */
    public GatewayKeys(List<GatewayKey> keys) {
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException(
                    "%d gateway keys, not 1 to %d".formatted(keys.size(), MAX_KEYS));
        }
        if (keys.stream().map(GatewayKey::id).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("two gateway keys of one id among " + idTexts(keys));
        }
        this.keys = List.copyOf(keys);
    }

    /** The one to tell new clients. */
    public GatewayKey announced() {
        return keys.getFirst();
    }

    /** The key with this id; null when there is none. */
    public @Nullable GatewayKey find(int id) {
        for (GatewayKey key : keys) {
            if (key.id() == id) {
                return key;
            }
        }
        return null;
    }

    /** All of them, the announced one first. */
    public List<GatewayKey> all() {
        return keys;
    }

    /** Their ids only. */
    @Override
    public String toString() {
        return idTexts(keys);
    }

    private static String idTexts(List<GatewayKey> keys) {
        return keys.stream().map(key -> key.publicKey().idText()).collect(Collectors.joining(", "));
    }
}
