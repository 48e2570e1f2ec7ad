package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.noise.TransportKeys;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.slipgate.packet.PacketNumbers;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens the packets of one session. A cipher is made for the first packet of its
 * direction, and let go when none came for a while: 50,000 idle sessions have none.
 */
final class PacketCiphers {
    private final Crypto crypto;
    private final byte[] sealKey;
    private final byte[] openKey;
    private @Nullable Aead sealer;
    private @Nullable Aead opener;
    private long nextNumber;
    private long lastUseNs;

    PacketCiphers(Crypto crypto, TransportKeys keys, Side side) {
        this.crypto = crypto;
        boolean gateway = side.gateway();
        this.sealKey = gateway ? keys.responderToInitiator() : keys.initiatorToResponder();
        this.openKey = gateway ? keys.initiatorToResponder() : keys.responderToInitiator();
    }

    /**
     * Seals frames in place, under the header before them.
     *
     * @param number above every one that was sealed before
     * @param nonce scratch of 12 bytes
     * @return length of the packet
     * @throws IllegalStateException when the number was used: no nonce is used twice
     */
    int seal(long number, byte[] nonce, byte[] packet, int headerBytes, int end, long nowNs) {
        if (number < nextNumber) {
            throw new IllegalStateException("packet " + number + " was sealed before");
        }
        nextNumber = number + 1;
        lastUseNs = nowNs;
        Aead aead = sealer;
        if (aead == null) {
            aead = crypto.aesGcm(sealKey);
            sealer = aead;
        }
        PacketNumbers.writeNonce(nonce, 0, number);
        int plain = end - headerBytes;
        return headerBytes
                + aead.seal(
                        nonce,
                        0,
                        packet,
                        0,
                        headerBytes,
                        packet,
                        headerBytes,
                        plain,
                        packet,
                        headerBytes);
    }

    /** Opens a packet into {@code out}; bytes of frames, or -1 when the tag is wrong. */
    int open(
            long number,
            byte[] nonce,
            byte[] packet,
            int offset,
            int headerBytes,
            int packetBytes,
            byte[] out,
            long nowNs) {
        lastUseNs = nowNs;
        Aead aead = opener;
        if (aead == null) {
            aead = crypto.aesGcm(openKey);
            opener = aead;
        }
        PacketNumbers.writeNonce(nonce, 0, number);
        return aead.open(
                nonce,
                0,
                packet,
                offset,
                headerBytes,
                packet,
                offset + headerBytes,
                packetBytes - headerBytes,
                out,
                0);
    }

    /** When {@link #release} is due, or {@link Endpoint#NEVER} when there is nothing to let go. */
    long releaseAtNs(long idleNs) {
        return sealer == null && opener == null ? Endpoint.NEVER : lastUseNs + idleNs;
    }

    /** Lets the ciphers go. */
    void release() {
        sealer = null;
        opener = null;
    }
}
