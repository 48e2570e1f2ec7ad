package dev.slipgate.protocol.slipgate.frame;

/** Tells UTF-8 from other bytes, without an object: overlong forms and surrogates are none. */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int more = following(bytes, at, end);
            if (more < 0) {
                return false;
            }
            at += 1 + more;
        }
        return true;
    }

    /** Bytes behind the first of the character at an offset, or -1 when it is none. */
    private static int following(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 0;
        }
        int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
        if (first < 0xc2 || first > 0xf4 || at + more >= end) {
            return -1;
        }
        int second = bytes[at + 1] & 0xff;
        if (second < leastSecond(first) || second > mostSecond(first)) {
            return -1;
        }
        for (int i = 2; i <= more; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return -1;
            }
        }
        return more;
    }

    private static int leastSecond(int first) {
        return switch (first) {
            case 0xe0 -> 0xa0;
            case 0xf0 -> 0x90;
            default -> 0x80;
        };
    }

    private static int mostSecond(int first) {
        return switch (first) {
            case 0xed -> 0x9f;
            case 0xf4 -> 0x8f;
            default -> 0xbf;
        };
    }
}
