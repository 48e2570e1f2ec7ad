package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.crypto.Crypto;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;

/** The derivation of a session's AES-128 key, one for both directions. */
final class SessionKey {
    private static final byte[] INFO =
            "01-secp256r1-sha256-aesgcm128-server-client".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 16;

    private SessionKey() {}

    /**
     * The key between one's own fresh key and the peer's.
     *
     * @throws GeneralSecurityException when the peer's key is no point of the curve
     */
    static byte[] derive(Crypto crypto, PrivateKey own, byte[] peerSpki, byte[] salt)
            throws GeneralSecurityException {
        return crypto.hkdfSha256(crypto.ecdhP256(own, peerSpki), salt, INFO, KEY_BYTES);
    }
}
