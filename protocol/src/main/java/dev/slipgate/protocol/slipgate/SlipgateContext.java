package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.SessionListener;
import java.util.random.RandomGenerator;

/** What all sessions of one endpoint share, scratch included: they run on one thread. */
final class SlipgateContext {
    private final SlipgateSettings settings;
    private final Crypto crypto;
    private final SessionHost host;
    private final SessionListener listener;
    private final DropCounter drops;
    private final BytePool pool;
    private final RandomGenerator random;

    /**
     * @param random cryptographically strong, confined to this endpoint's thread
     * @param pool confined to this endpoint's thread
     */
    SlipgateContext(
            SlipgateSettings settings,
            Crypto crypto,
            SessionHost host,
            SessionListener listener,
            DropCounter drops,
            BytePool pool,
            RandomGenerator random) {
        this.settings = settings;
        this.crypto = crypto;
        this.host = host;
        this.listener = listener;
        this.drops = drops;
        this.pool = pool;
        this.random = random;
    }

    SlipgateSettings settings() {
        return settings;
    }

    Crypto crypto() {
        return crypto;
    }

    SessionHost host() {
        return host;
    }

    SessionListener listener() {
        return listener;
    }

    DropCounter drops() {
        return drops;
    }

    BytePool pool() {
        return pool;
    }

    RandomGenerator random() {
        return random;
    }
}
