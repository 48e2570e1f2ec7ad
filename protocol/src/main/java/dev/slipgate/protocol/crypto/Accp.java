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
            return new CryptoCandidate.Unavailable("its library does not load: " + problem);
        }
        if (provider.runSelfTests() != SelfTestStatus.PASSED) {
            return new CryptoCandidate.Unavailable("its self tests fail");
        }
        return new CryptoCandidate.Works(new JcaCrypto(CryptoProviders.ACCP, provider, provider));
    }
}
