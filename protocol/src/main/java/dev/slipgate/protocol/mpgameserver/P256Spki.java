package dev.slipgate.protocol.mpgameserver;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The one form in which the original writes a public key: DER SubjectPublicKeyInfo of an
 * uncompressed P-256 point. Checked before any costly work is spent on it.
 */
final class P256Spki {
    static final int BYTES = 91;

    private static final byte[] PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private P256Spki() {}

    /** Whether these bytes have the form; whether they are a point of the curve is not checked. */
    static boolean hasForm(byte[] spki) {
        return spki.length == BYTES
                && Arrays.equals(spki, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
    }
}
