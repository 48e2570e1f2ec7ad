package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.crypto.Crypto;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** The server's answer: its fresh key, a salt and a token, signed with the root key. */
final class ServerHello {
    static final int TYPE_ID = 131;
    static final int SALT_BYTES = 16;

    /** 31 bits with bit 30 set, so that it is always written as 32 bits. */
    static final int TOKEN_BIT = 1 << 30;

    private final byte[] spki;
    private final byte[] salt;
    private final int token;

    /**
     * @param spki the server's fresh key
     * @param salt {@link #SALT_BYTES} for the key derivation
     * @param token names the session in this handshake
     */
    ServerHello(byte[] spki, byte[] salt, int token) {
        this.spki = spki;
        this.salt = salt;
        this.token = token;
    }

    byte[] spki() {
        return spki;
    }

    byte[] salt() {
        return salt;
    }

    int token() {
        return token;
    }

    /** The message, signed. */
    byte[] encode(Crypto crypto, PrivateKey rootKey, byte[] rootSpki) {
        var signed = new TaggedWriter(128);
        signed.bytes(spki);
        signed.bytes(salt);
        signed.integer(token);
        byte[] content = signed.toBytes();
        var writer = new TaggedWriter(320);
        writer.typeId(TYPE_ID);
        writer.bytes(rootSpki);
        writer.bytes(content);
        writer.bytes(crypto.signP256(rootKey, content));
        return writer.toBytes();
    }

    /**
     * Reads the message, or answers null when it does not decode or its signature is wrong.
     *
     * @param pinned the root key to check with; null takes the one in the message, which proves
     *     nothing about who answered
     */
    static @Nullable ServerHello decode(
            byte[] bytes, int offset, int length, Crypto crypto, @Nullable PublicKey pinned) {
        var reader = new TaggedReader(bytes, offset, length);
        boolean named = reader.typeId() == TYPE_ID;
        byte[] rootSpki = reader.bytes();
        byte[] content = reader.bytes();
        byte[] signature = reader.bytes();
        if (!named || !reader.wellFormed()) {
            return null;
        }
        try {
            PublicKey root = pinned != null ? pinned : crypto.decodeP256(rootSpki);
            return crypto.verifyP256(root, content, signature) ? decodeContent(content) : null;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static @Nullable ServerHello decodeContent(byte[] content) {
        var reader = new TaggedReader(content, 0, content.length);
        byte[] spki = reader.bytes();
        byte[] salt = reader.bytes();
        int token = reader.integer();
        return reader.wellFormed() ? new ServerHello(spki, salt, token) : null;
    }
}
