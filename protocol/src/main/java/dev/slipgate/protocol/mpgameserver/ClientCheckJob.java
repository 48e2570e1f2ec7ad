package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.session.Job;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** The client's second costly step: checks a server's answer and derives the session's key. */
final class ClientCheckJob implements Job {
    private final Crypto crypto;
    private final PrivateKey own;
    private final @Nullable PublicKey pinned;
    final byte[] answer;
    private @Nullable ServerHello hello;
    private byte @Nullable [] key;

    ClientCheckJob(Crypto crypto, PrivateKey own, @Nullable PublicKey pinned, byte[] answer) {
        this.crypto = crypto;
        this.own = own;
        this.pinned = pinned;
        this.answer = answer;
    }

    @Override
    public void run() {
        int bodyLength = answer.length - PlainPacket.BODY - Wire.CRC_BYTES;
        ServerHello read = ServerHello.decode(answer, PlainPacket.BODY, bodyLength, crypto, pinned);
        if (read == null) {
            return;
        }
        try {
            key = SessionKey.derive(crypto, own, read.spki(), read.salt());
            hello = read;
        } catch (GeneralSecurityException e) {
            hello = null;
        }
    }

    /** Null when the answer is refused. */
    @Nullable ServerHello hello() {
        return hello;
    }

    /** The session's key; null when the answer is refused. */
    byte @Nullable [] key() {
        return key;
    }
}
