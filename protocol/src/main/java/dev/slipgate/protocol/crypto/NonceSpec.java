package dev.slipgate.protocol.crypto;

import javax.crypto.spec.GCMParameterSpec;

/**
 * GCM parameters whose nonce is overwritten in place, so that an operation makes no garbage: an
 * ordinary spec copies the nonce when made and again when asked (88 bytes per packet).
 *
 * <p>The providers remember the array of the last sealing and refuse an equal one, which guards
 * against a repeated nonce. Two arrays in turn keep that check true.
 */
final class NonceSpec extends GCMParameterSpec {
    private static final byte[] UNUSED = new byte[0];

    private byte[] current = new byte[Aead.NONCE_BYTES];
    private byte[] previous = new byte[Aead.NONCE_BYTES];

    NonceSpec() {
        super(Aead.TAG_BYTES * Byte.SIZE, UNUSED);
    }

    NonceSpec forSealing(byte[] nonce, int offset) {
        byte[] freed = previous;
        previous = current;
        current = freed;
        return forOpening(nonce, offset);
    }

    NonceSpec forOpening(byte[] nonce, int offset) {
        System.arraycopy(nonce, offset, current, 0, Aead.NONCE_BYTES);
        return this;
    }

    /** The live array, not a copy: read by the cipher during {@code init} and its one operation. */
    @Override
    public byte[] getIV() {
        return current;
    }
}
