package dev.slipgate.protocol.crypto;

import java.security.Provider;
import java.security.Security;

/** What looking for a provider on this machine found. */
sealed interface CryptoCandidate {
    /** A provider that works. */
    record Works(Crypto crypto) implements CryptoCandidate {}

    /**
     * A provider that does not.
     *
     * @param problem what is wrong or missing, for the message to whoever asked for it by name
     */
    record Unavailable(String problem) implements CryptoCandidate {}

    /**
     * The Amazon Corretto Crypto Provider, if its jar is on the class path, its library loads on
     * this machine and passes its own tests. It is never installed among the JVM's providers.
     */
    static CryptoCandidate accp() {
        try {
            return Accp.candidate();
        } catch (LinkageError e) {
            return new Unavailable("its jar is not on the class path");
        }
    }

    /** The JDK's own providers, unless somebody removed them from the JVM. */
    static CryptoCandidate jdk() {
        Provider ciphers = Security.getProvider("SunJCE");
        Provider curves = Security.getProvider("SunEC");
        if (ciphers == null || curves == null) {
            return new Unavailable("SunJCE or SunEC is not among the JVM's providers");
        }
        return new Works(new JcaCrypto(CryptoProviders.JDK, ciphers, curves));
    }
}
