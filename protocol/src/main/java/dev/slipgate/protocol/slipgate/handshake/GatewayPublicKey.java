package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import dev.slipgate.protocol.memory.BigEndian;
import java.util.Arrays;
import java.util.Base64;

/**
 * The public key of a gateway: what clients pin. Equal to another of the same bytes.
 *
 * @param bytes the X25519 key, 32 bytes; not copied, nobody changes them
 * @param id what the clear header names it by: the first 4 bytes of its SHA-256, as a u32
 */
public record GatewayPublicKey(byte[] bytes, int id) {
    /** Characters of {@link #text()}. */
    public static final int TEXT_CHARS = 43;

    /**
     * The key of these bytes, with its id.
     *
     * @throws IllegalArgumentException when they are not 32
     */
    public static GatewayPublicKey of(Crypto crypto, byte[] bytes) {
        if (bytes.length != X25519KeyPair.KEY_BYTES) {
            throw new IllegalArgumentException(
                    "gateway key of %d bytes, not %d"
                            .formatted(bytes.length, X25519KeyPair.KEY_BYTES));
        }
        return new GatewayPublicKey(bytes, BigEndian.i32(crypto.sha256(bytes), 0));
    }

    /**
     * Reads {@link #text()}.
     *
     * @throws IllegalArgumentException when it is anything else; the message says what it should be
     */
    public static GatewayPublicKey parse(Crypto crypto, String text) {
        byte[] bytes = decode(text);
        if (bytes.length != X25519KeyPair.KEY_BYTES || !encode(bytes).equals(text)) {
            throw notAKey(text);
        }
        return of(crypto, bytes);
    }

    /** The form for people and for {@code ?key=} of a URI: base64url without padding. */
    public String text() {
        return encode(bytes);
    }

    /** The id as people are told it: 8 hexadecimal digits. */
    public String idText() {
        return idText(id);
    }

    /** A key id as people are told it: 8 hexadecimal digits. */
    public static String idText(int id) {
        return "%08x".formatted(id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GatewayPublicKey key
                && id == key.id
                && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return text();
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw notAKey(text);
        }
    }

    private static IllegalArgumentException notAKey(String text) {
        return new IllegalArgumentException(
                "not a gateway key (%d characters): it is %d characters of base64url, as slipgate keygen prints them"
                        .formatted(text.length(), TEXT_CHARS));
    }
}
