package dev.slipgate.protocol.mpgameserver;

/**
 * What fits where at one MTU. Both sides must agree on the MTU, since the hello's padding depends
 * on it.
 *
 * @param mtuBytes 576 to 1500; below it an answer could be larger than its hello
 */
record Sizes(int mtuBytes) {
    private static final int MAX_FRAGMENT_DATA_BYTES = 1024;

    Sizes {
        if (mtuBytes < 576 || mtuBytes > 1500) {
            throw new IllegalArgumentException("mtuBytes is " + mtuBytes + ", not 576 to 1500");
        }
    }

    int maxDatagramBytes() {
        return mtuBytes - Wire.UDP_HEADER_BYTES;
    }

    /** The sealed part of a packet without its tag: messages and what stands in front of each. */
    int maxPayloadBytes() {
        return maxDatagramBytes() - Wire.HEADER_BYTES - Wire.TAG_BYTES;
    }

    /** The largest message that travels in one piece; 1434 at the default MTU. */
    int maxWholeMessageBytes() {
        return maxPayloadBytes() - Wire.ONLY_MESSAGE_BYTES;
    }

    /** Data of every fragment but the last. */
    int fragmentDataBytes() {
        return Math.min(
                MAX_FRAGMENT_DATA_BYTES, maxWholeMessageBytes() - Wire.FRAGMENT_HEADER_BYTES);
    }

    /** The most data that a last fragment can have. */
    int maxLastFragmentDataBytes() {
        return maxWholeMessageBytes() - Wire.FRAGMENT_HEADER_BYTES;
    }

    /** The header's length field of a fully padded hello; 1414 at the default MTU. */
    int helloLengthBytes() {
        return maxWholeMessageBytes() - Wire.HEADER_BYTES;
    }

    /** In how many fragments a message travels; 1 when it needs none. */
    int partsOf(int messageBytes) {
        if (messageBytes <= maxWholeMessageBytes()) {
            return 1;
        }
        return (messageBytes + fragmentDataBytes() - 1) / fragmentDataBytes();
    }
}
