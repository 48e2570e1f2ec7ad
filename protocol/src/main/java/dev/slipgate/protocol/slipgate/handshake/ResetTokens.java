package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.memory.BigEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reset tokens: made of a gateway's announced key, its name and the session's id, so that a gateway
 * that was restarted with the same key and name knows those of its former life. Immutable.
 */
final class ResetTokens {
    private static final byte[] SALT = "slipgate reset".getBytes(StandardCharsets.US_ASCII);

    private final Crypto crypto;
    private final byte[] secret;
    private final byte[] name;

    /**
     * @param gatewayName told apart from all that hold the same keys
     */
    ResetTokens(Crypto crypto, GatewayKeys keys, String gatewayName) {
        this.crypto = crypto;
        this.secret = keys.announced().pair().privateKey();
        this.name = gatewayName.getBytes(StandardCharsets.UTF_8);
    }

    /** The token of a session, 16 bytes. */
    byte[] of(long sessionId) {
        byte[] info = Arrays.copyOf(name, name.length + Long.BYTES);
        BigEndian.put64(info, name.length, sessionId);
        return crypto.hkdfSha256(secret, SALT, info, ResponsePayload.RESET_TOKEN_BYTES);
    }
}
