package dev.slipgate.benchmarks.load;

import java.security.PublicKey;

/** What clients pin, and with it the protocol that they speak. */
public sealed interface PinnedKey {
    /** A server's root key on P-256, of the mpgameserver dialect. */
    record OfMpGameServer(PublicKey rootKey) implements PinnedKey {}

    /**
     * A gateway's key, of the native protocol.
     *
     * @param key 32 bytes, not copied
     */
    record OfSlipgate(byte[] key) implements PinnedKey {}
}
