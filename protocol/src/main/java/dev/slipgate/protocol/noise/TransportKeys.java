package dev.slipgate.protocol.noise;

/**
 * What a finished handshake yields. The arrays are not copied: nobody changes them.
 *
 * @param initiatorToResponder the AES-256 key of that direction, 32 bytes
 * @param responderToInitiator the AES-256 key of the other, 32 bytes
 * @param handshakeHash 32 bytes, the same on both sides and no others: for channel binding
 */
public record TransportKeys(
        byte[] initiatorToResponder, byte[] responderToInitiator, byte[] handshakeHash) {
    /** No key, so that no log line ever tells one. */
    @Override
    public String toString() {
        return "TransportKeys[]";
    }
}
