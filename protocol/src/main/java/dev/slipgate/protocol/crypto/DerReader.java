package dev.slipgate.protocol.crypto;

import java.util.Arrays;

/** Reads DER (X.690) element by element, as far as key files need it: one-byte tags. */
final class DerReader {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_ID = 0x06;
    static final int SEQUENCE = 0x30;
    static final int CONTEXT_0 = 0xa0;

    private final byte[] bytes;
    private final int end;
    private int at;

    DerReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private DerReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    boolean isAt(int tag) {
        return at < end && (bytes[at] & 0xff) == tag;
    }

    /** Takes the next element, which must have that tag, and reads on inside it. */
    DerReader enter(int tag) throws InvalidKeyFileException {
        if (!isAt(tag)) {
            throw malformed();
        }
        at++;
        int length = takeLength();
        if (length > end - at) {
            throw malformed();
        }
        at += length;
        return new DerReader(bytes, at - length, at);
    }

    /** Takes the next element, which must have that tag, and returns its content. */
    byte[] take(int tag) throws InvalidKeyFileException {
        DerReader content = enter(tag);
        return Arrays.copyOfRange(bytes, content.at, content.end);
    }

    private int takeLength() throws InvalidKeyFileException {
        int first = takeByte();
        if (first < 0x80) {
            return first;
        }
        return switch (first) {
            case 0x81 -> takeByte();
            case 0x82 -> takeByte() << 8 | takeByte();
            default -> throw malformed();
        };
    }

    private int takeByte() throws InvalidKeyFileException {
        if (at >= end) {
            throw malformed();
        }
        return bytes[at++] & 0xff;
    }

    private static InvalidKeyFileException malformed() {
        return new InvalidKeyFileException(
                "the key's DER is damaged: copy the file again from its origin");
    }
}
