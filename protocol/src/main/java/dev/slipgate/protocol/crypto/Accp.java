package dev.slipgate.protocol.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;

/**
 * The only class that names one of the native provider: where its jar is not on the class path,
 * linking this class fails, and nothing else does.
 */
final class Accp {
    private Accp() {}

    /** Loads the library and runs its own tests; about 200 ms. */
    static CryptoCandidate candidate() {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        Throwable problem = provider.getLoadingError();
        if (problem != null) {
            return unavailable("its library does not load (%s)".formatted(problem));
        }
        if (provider.runSelfTests() != SelfTestStatus.PASSED) {
            return unavailable("its self tests fail");
        }
        return new CryptoCandidate.Works(new JcaCrypto(CryptoProviders.ACCP, provider, provider));
    }

    private static CryptoCandidate unavailable(String problem) {
        return new CryptoCandidate.Unavailable(CryptoProviders.ACCP, problem);
    }
}
