package dev.slipgate.protocol.crypto;

import java.security.Provider;
import java.security.Security;

/** Whether a provider works on this machine. */
sealed interface CryptoCandidate {
    String name();

    record Works(Crypto crypto) implements CryptoCandidate {
        @Override
        public String name() {
            return crypto.name();
        }
    }

    /**
     * @param problem what is missing, for the message to whoever asked for it by name
     */
    record Unavailable(String name, String problem) implements CryptoCandidate {}

    /**
     * The Amazon Corretto Crypto Provider, if its library is on the class path, loads on this
     * machine and passes its own tests. It is never installed among the JVM's providers.
     */
    static CryptoCandidate accp() {
        try {
            return Accp.candidate();
        } catch (LinkageError e) {
            return new Unavailable(CryptoProviders.ACCP, "it is not on the class path");
        }
    }

    /** The JDK's own providers, unless somebody removed them from the JVM. */
    static CryptoCandidate jdk() {
        Provider ciphers = Security.getProvider("SunJCE");
        Provider curves = Security.getProvider("SunEC");
        if (ciphers == null || curves == null) {
            return new Unavailable(
                    CryptoProviders.JDK, "SunJCE or SunEC is not among the JVM's providers");
        }
        return new Works(new JcaCrypto(CryptoProviders.JDK, ciphers, curves));
    }
}
