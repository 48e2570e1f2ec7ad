package dev.slipgate.protocol.mpgameserver;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The first message of a handshake: the client's fresh key and its version, padded with random
 * bytes to nearly a full datagram, so that no answer is larger.
 */
final class ClientHello {
    static final int TYPE_ID = 130;
    static final int VERSION = 1;

    private final byte[] spki;
    private final int version;

    private ClientHello(byte[] spki, int version) {
        this.spki = spki;
        this.version = version;
    }

    /** The client's fresh key, in the form of {@link P256Spki}. */
    byte[] spki() {
        return spki;
    }

    int version() {
        return version;
    }

    /** The message in full length. */
    static byte[] encode(byte[] spki, Sizes sizes, RandomGenerator random) {
        var writer = new TaggedWriter(sizes.helloLengthBytes());
        writer.typeId(TYPE_ID);
        writer.bytes(spki);
        writer.integer(VERSION);
        byte[] content = writer.toBytes();
        byte[] padded = new byte[sizes.helloLengthBytes() - Wire.ONLY_MESSAGE_BYTES];
        random.nextBytes(padded);
        System.arraycopy(content, 0, padded, 0, content.length);
        return padded;
    }

    /** Reads the message, or null when it does not decode. */
    static @Nullable ClientHello decode(byte[] bytes, int offset, int length) {
        var reader = new TaggedReader(bytes, offset, length);
        boolean named = reader.typeId() == TYPE_ID;
        byte[] spki = reader.bytes();
        int version = reader.integer();
        return named && reader.wellFormed() && P256Spki.hasForm(spki)
                ? new ClientHello(spki, version)
                : null;
    }

    boolean sameKeyAs(byte[] otherSpki) {
        return Arrays.equals(spki, otherSpki);
    }
}
