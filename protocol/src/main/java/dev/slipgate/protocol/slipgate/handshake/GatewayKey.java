package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.X25519KeyPair;

/**
 * A key of a gateway, both halves.
 *
 * @param pair what a {@code NkResponder} takes
 * @param publicKey the half that clients pin, with its id
 */
public record GatewayKey(X25519KeyPair pair, GatewayPublicKey publicKey) {
    /**
     * The key with this private half.
     *
     * @param privateKey 32 bytes; not copied
     * @throws IllegalArgumentException when they are not 32
     */
    public static GatewayKey of(Crypto crypto, byte[] privateKey) {
        return of(crypto, crypto.x25519Pair(privateKey));
    }

    /** The key of this pair. */
    public static GatewayKey of(Crypto crypto, X25519KeyPair pair) {
        return new GatewayKey(pair, GatewayPublicKey.of(crypto, pair.publicKey()));
    }

    /** What the clear header names the key by, as a u32. */
    public int id() {
        return publicKey.id();
    }
}
