package dev.slipgate.protocol.mpgameserver;

/** The client's answer to the challenge: type id, field count, the token. 11 bytes. */
final class ChallengeResponse {
    static final int TYPE_ID = 132;
    static final int BYTES = 11;

    private ChallengeResponse() {}

    static byte[] encode(int token) {
        var writer = new TaggedWriter(BYTES);
        writer.typeId(TYPE_ID);
        writer.integer(1);
        writer.integer(token);
        return writer.toBytes();
    }

    /** Whether these bytes are an answer with this token. */
    static boolean says(int token, byte[] bytes, int offset, int length) {
        var reader = new TaggedReader(bytes, offset, length);
        boolean right = reader.typeId() == TYPE_ID && reader.integer() == 1;
        return right && reader.integer() == token && reader.wellFormed();
    }
}
