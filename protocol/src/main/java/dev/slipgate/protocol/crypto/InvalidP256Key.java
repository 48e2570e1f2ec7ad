package dev.slipgate.protocol.crypto;

import java.security.InvalidKeyException;

/** A peer's key that is none. Hostile input must not cost a stack trace, so it has none. */
final class InvalidP256Key extends InvalidKeyException {
    private static final long serialVersionUID = 1L;

    InvalidP256Key(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
