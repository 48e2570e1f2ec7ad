package dev.slipgate.protocol.crypto;

import java.security.Provider;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/**
 * X25519 by Conscrypt, which the native provider of the rest lacks: a third of the time that the
 * JDK takes for an agreement, a tenth for a key pair. The only class that names one of Conscrypt:
 * where its jar is not on the class path, linking this class fails, and nothing else does.
 */
final class NativeX25519 {
    private NativeX25519() {}

    /** Loads the library and tests it; empty when it does not work here. */
    static Optional<JcaX25519> load() {
        if (!Conscrypt.isAvailable()) {
            return Optional.empty();
        }
        Provider provider = Conscrypt.newProvider();
        return Optional.of(new JcaX25519(provider)).filter(JcaX25519::passesSelfTest);
    }
}
