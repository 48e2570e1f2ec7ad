package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.session.Job;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/** The server's costly part of a handshake: a fresh key, the agreement, the signature. */
final class ServerHandshakeJob implements Job {
    /** The server's lasting key. */
    static final class Root {
        private final PrivateKey key;
        private final byte[] spki;

        Root(PrivateKey key, byte[] spki) {
            this.key = key;
            this.spki = spki;
        }
    }

    /** What came out: the datagram to answer with, and the session's key. */
    static final class Result {
        final byte[] answer;
        final byte[] sessionKey;

        private Result(byte[] answer, byte[] sessionKey) {
            this.answer = answer;
            this.sessionKey = sessionKey;
        }
    }

    final MpHandshakeSlot slot;
    private final Crypto crypto;
    private final Root root;
    private final byte[] salt;
    private final long seconds;
    private @Nullable Result result;

    ServerHandshakeJob(MpHandshakeSlot slot, Crypto crypto, Root root, byte[] salt, long seconds) {
        this.slot = slot;
        this.crypto = crypto;
        this.root = root;
        this.salt = salt;
        this.seconds = seconds;
    }

    @Override
    public void run() {
        try {
            KeyPair fresh = crypto.generateP256();
            byte[] key = SessionKey.derive(crypto, fresh.getPrivate(), slot.clientSpki, salt);
            var hello = new ServerHello(fresh.getPublic().getEncoded(), salt, slot.token);
            byte[] body = hello.encode(crypto, root.key, root.spki);
            byte[] answer =
                    PlainPacket.encode(
                            Wire.MAGIC_TO_CLIENT,
                            seconds,
                            slot.helloPacketNumber,
                            Wire.SERVER_HELLO,
                            body);
            result = new Result(answer, key);
        } catch (GeneralSecurityException | RuntimeException e) {
            // The client's key is no point of the curve, or the provider refused: no answer.
            result = null;
        }
    }

    /** Null when the handshake failed. */
    @Nullable Result result() {
        return result;
    }
}
