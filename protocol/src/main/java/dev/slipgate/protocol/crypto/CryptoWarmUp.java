package dev.slipgate.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.function.LongSupplier;

/**
 * A rehearsal of what a gateway does with a provider, so that the JIT has compiled it before the
 * first player comes: without it SunJCE takes 3.3 us per packet instead of 0.4. To be run once at
 * start, on a thread that may be busy for {@link #BUDGET_MS}.
 */
public final class CryptoWarmUp {
    /** Where the rehearsal stops, however far it is, in milliseconds. */
    public static final int BUDGET_MS = 200;

    /** Where it stops on a quick machine: by then the hot methods are in the JIT's last tier. */
    private static final int PACKETS = 20_000;

    private static final int HANDSHAKES = 20;
    private static final int HANDSHAKE_BUDGET_MS = BUDGET_MS / 4;
    private static final int[] PACKET_BYTES = {64, 200, 1200};

    private CryptoWarmUp() {}

    /**
     * Runs the rehearsal on the calling thread.
     *
     * @param nanoClock a clock as {@link System#nanoTime()}
     */
    public static void run(Crypto crypto, LongSupplier nanoClock) {
        long startNs = nanoClock.getAsLong();
        for (int i = 0; i < HANDSHAKES && before(nanoClock, startNs, HANDSHAKE_BUDGET_MS); i++) {
            rehearseHandshake(crypto);
        }
        byte[] key = new byte[16];
        Aead sealer = crypto.aesGcm(key);
        Aead opener = crypto.aesGcm(key);
        byte[][] buffers = new byte[2][2048];
        byte[] nonce = new byte[Aead.NONCE_BYTES];
        for (int i = 0; i < PACKETS && before(nanoClock, startNs, BUDGET_MS); i++) {
            nonce[0] = (byte) i;
            nonce[1] = (byte) (i >> 8);
            rehearsePacket(sealer, opener, nonce, buffers, PACKET_BYTES[i % PACKET_BYTES.length]);
        }
    }

    private static boolean before(LongSupplier nanoClock, long startNs, int budgetMs) {
        return nanoClock.getAsLong() - startNs < budgetMs * 1_000_000L;
    }

    private static void rehearsePacket(
            Aead sealer, Aead opener, byte[] nonce, byte[][] buffers, int lengthBytes) {
        byte[] plain = buffers[0];
        byte[] packet = buffers[1];
        int sealed =
                sealer.seal(nonce, 0, nonce, 0, nonce.length, plain, 0, lengthBytes, packet, 0);
        int opened = opener.open(nonce, 0, nonce, 0, nonce.length, packet, 0, sealed, plain, 0);
        if (opened != lengthBytes) {
            throw new IllegalStateException("AES-GCM does not open what it sealed");
        }
    }

    private static void rehearseHandshake(Crypto crypto) {
        KeyPair server = crypto.generateP256();
        byte[] message = crypto.generateP256().getPublic().getEncoded();
        try {
            byte[] shared = crypto.ecdhP256(server.getPrivate(), message);
            crypto.hkdfSha256(shared, new byte[16], new byte[43], 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("P-256 does not work: " + e.getMessage(), e);
        }
        crypto.signP256(server.getPrivate(), message);
        X25519KeyPair own = crypto.generateX25519();
        if (crypto.agreeX25519(own.privateKey(), own.publicKey()) == null) {
            throw new IllegalStateException("X25519 does not work");
        }
    }
}
