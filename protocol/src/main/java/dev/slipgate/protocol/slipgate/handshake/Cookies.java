package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.memory.BigEndian;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Cookies that prove an address without keeping anything: the time, and a MAC over address, time
 * and the Noise message. The key of the MAC changes every {@value #PERIOD_S} s; the cookie's time
 * says which one it was. Confined to one thread; endpoints of one secret take each other's.
 */
final class Cookies {
    /** How long a cookie holds, in seconds. */
    static final int MAX_AGE_S = 10;

    /** How long one key of the MAC is in use, in seconds. */
    static final int PERIOD_S = 64;

    private static final int MAC_BYTES = InitPacket.COOKIE_BYTES - Integer.BYTES;
    private static final byte[] LABEL = "slipgate cookie".getBytes(StandardCharsets.US_ASCII);

    private final Crypto crypto;
    private final byte[] secret;

    /** By the lowest bit of the period: the present and the former one. */
    private final byte[][] keys = new byte[2][];

    private final long[] periodOfKey = {-1, -1};

    /**
     * @param secret at least 16 random bytes; not copied
     */
    Cookies(Crypto crypto, byte[] secret) {
        if (secret.length < 16) {
            throw new IllegalArgumentException(
                    "cookie secret of " + secret.length + " bytes, not 16 or more");
        }
        this.crypto = crypto;
        this.secret = secret;
    }

    /**
     * The cookie for an INIT.
     *
     * @param noiseHash the SHA-256 of its Noise message
     * @param nowS unix time in seconds
     */
    byte[] mint(PeerAddress peer, byte[] noiseHash, long nowS) {
        return cookie(peer, noiseHash, nowS);
    }

    /** Whether the INIT has a cookie that was minted for it not long ago. */
    boolean holds(PeerAddress peer, byte[] noiseHash, byte[] init, int offset, long nowS) {
        int at = offset + InitPacket.COOKIE_OFFSET;
        // As differences of u32, so that the year 2106 is a second like any other.
        int ageS = (int) nowS - BigEndian.i32(init, at);
        if (ageS < 0 || ageS > MAX_AGE_S) {
            return false;
        }
        byte[] given = Arrays.copyOfRange(init, at, at + InitPacket.COOKIE_BYTES);
        return MessageDigest.isEqual(given, cookie(peer, noiseHash, nowS - ageS));
    }

    private byte[] cookie(PeerAddress peer, byte[] noiseHash, long atS) {
        byte[] cookie = new byte[InitPacket.COOKIE_BYTES];
        BigEndian.put32(cookie, 0, (int) atS);
        byte[] mac =
                crypto.hmacSha256(
                        keyAt(atS),
                        peer.toString().getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOf(cookie, Integer.BYTES),
                        noiseHash);
        System.arraycopy(mac, 0, cookie, Integer.BYTES, MAC_BYTES);
        return cookie;
    }

    private byte[] keyAt(long atS) {
        long period = Math.floorDiv(atS, PERIOD_S);
        int index = (int) period & 1;
        if (periodOfKey[index] != period) {
            byte[] number = new byte[Long.BYTES];
            BigEndian.put64(number, 0, period);
            keys[index] = crypto.hmacSha256(secret, LABEL, number);
            periodOfKey[index] = period;
        }
        return keys[index];
    }
}
