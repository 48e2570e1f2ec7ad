package dev.slipgate.protocol.crypto;

/**
 * The strict DER of a P-256 ECDSA signature, checked here because SunEC also verifies loose ones:
 * with superfluous or missing zeros and negative numbers, a signature would have many encodings.
 */
final class EcdsaEncoding {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int HEADER_BYTES = 2;
    private static final int MAX_INTEGER_BYTES = 1 + P256.COORDINATE_BYTES;

    private EcdsaEncoding() {}

    /** Whether these are two positive integers in the one way that DER has, and nothing else. */
    static boolean isStrict(byte[] signature) {
        if (signature.length < HEADER_BYTES
                || signature[0] != SEQUENCE
                || signature[1] != signature.length - HEADER_BYTES) {
            return false;
        }
        int second = endOfInteger(signature, HEADER_BYTES);
        return second > 0 && endOfInteger(signature, second) == signature.length;
    }

    /** Where the positive, shortest integer at {@code start} ends; -1 when there is none. */
    private static int endOfInteger(byte[] signature, int start) {
        int content = start + HEADER_BYTES;
        if (content >= signature.length || signature[start] != INTEGER) {
            return -1;
        }
        int length = signature[start + 1];
        if (length < 1 || length > MAX_INTEGER_BYTES || content + length > signature.length) {
            return -1;
        }
        boolean negative = signature[content] < 0;
        boolean padded = signature[content] == 0 && (length == 1 || signature[content + 1] >= 0);
        return negative || padded ? -1 : content + length;
    }
}
