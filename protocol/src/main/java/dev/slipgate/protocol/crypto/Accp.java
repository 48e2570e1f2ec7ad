package dev.slipgate.protocol.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/**
 * The only class that names one of the native provider: where its jar is not on the class path,
 * linking this class fails, and nothing else does.
 */
final class Accp {
    private Accp() {}

    /** Loads the library and runs its own tests, about 200 ms; null when all is well. */
    static @Nullable String problem() {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        Throwable problem = provider.getLoadingError();
        if (problem != null) {
            return "its library does not load: " + problem;
        }
        return provider.runSelfTests() == SelfTestStatus.PASSED ? null : "its self tests fail";
    }

    static Provider provider() {
        return AmazonCorrettoCryptoProvider.INSTANCE;
    }
}
