package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.memory.BigEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reset tokens: made of a gateway's key and name and the session's id, so that a gateway that was
 * restarted knows those of its former life. The id says which key it was, so that a session can be
 * reset as long as its key is held. Immutable.
 */
public final class ResetTokens {
    private static final byte[] SALT = "slipgate reset".getBytes(StandardCharsets.US_ASCII);

    private final Crypto crypto;
    private final GatewayKeys keys;
    private final byte[] name;

    /**
     * @param gatewayName told apart from all that hold the same keys
     */
    public ResetTokens(Crypto crypto, GatewayKeys keys, String gatewayName) {
        this.crypto = crypto;
        this.keys = keys;
        this.name = gatewayName.getBytes(StandardCharsets.UTF_8);
    }

    /** The token of a session, 16 bytes; null when its key is not held. */
    public byte @Nullable [] find(long sessionId) {
        for (GatewayKey key : keys.all()) {
            if (SessionIds.isUnder(key.id(), sessionId)) {
                return tokenOf(key, sessionId);
            }
        }
        return null;
    }

    private byte[] tokenOf(GatewayKey key, long sessionId) {
        byte[] info = Arrays.copyOf(new byte[Long.BYTES], Long.BYTES + name.length);
        BigEndian.put64(info, 0, sessionId);
        System.arraycopy(name, 0, info, Long.BYTES, name.length);
        return crypto.hkdfSha256(
                key.pair().privateKey(), SALT, info, ResponsePayload.RESET_TOKEN_BYTES);
    }
}
