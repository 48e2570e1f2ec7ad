package dev.slipgate.protocol.crypto;

import java.security.GeneralSecurityException;

/**
 * A key file that cannot be used. The message is one line that says what is wrong and what to do;
 * the caller adds which file it was.
 */
public final class InvalidKeyFileException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    InvalidKeyFileException(String message) {
        super(message);
    }
}
