package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import dev.slipgate.protocol.memory.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * What a client says in INIT. It can be read by whoever gets hold of the gateway's key later, and
 * holds no secret.
 *
 * @param lowestVersion that it speaks, not above the packet's
 * @param highestVersion that it speaks, not below the packet's
 * @param features bits that it asks for
 */
record InitPayload(int lowestVersion, int highestVersion, int features, Offer offer) {
    static final int BYTES = InitPacket.NOISE_BYTES - X25519KeyPair.KEY_BYTES - Aead.TAG_BYTES;

    private static final int FEATURES_OFFSET = 2;
    private static final int OFFER_OFFSET = 6;

    /** Reads a payload; null when a value is out of its range. */
    static @Nullable InitPayload decode(byte[] in) {
        if (in.length != BYTES) {
            return null;
        }
        int lowest = BigEndian.u8(in, 0);
        int highest = BigEndian.u8(in, 1);
        Offer offer = Offer.read(in, OFFER_OFFSET);
        if (offer == null || lowest > ClearHeader.VERSION || highest < ClearHeader.VERSION) {
            return null;
        }
        return new InitPayload(lowest, highest, BigEndian.i32(in, FEATURES_OFFSET), offer);
    }

    byte[] encode() {
        byte[] out = new byte[BYTES];
        BigEndian.put8(out, 0, lowestVersion);
        BigEndian.put8(out, 1, highestVersion);
        BigEndian.put32(out, FEATURES_OFFSET, features);
        offer.write(out, OFFER_OFFSET);
        return out;
    }
}
