package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.session.Job;
import java.security.KeyPair;
import org.jspecify.annotations.Nullable;

/** The client's first costly step: a fresh key pair. */
final class ClientKeysJob implements Job {
    private final Crypto crypto;
    private @Nullable KeyPair keys;

    ClientKeysJob(Crypto crypto) {
        this.crypto = crypto;
    }

    @Override
    public void run() {
        keys = crypto.generateP256();
    }

    /** Null until run. */
    @Nullable KeyPair keys() {
        return keys;
    }
}
