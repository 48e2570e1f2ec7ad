package dev.slipgate.protocol.crypto;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;

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
     * this machine and passes its own tests. It is never installed among the JVM's providers. It
     * has no X25519: that is Conscrypt's, or where that does not work the JDK's.
     */
    static CryptoCandidate accp() {
        try {
            String problem = Accp.problem();
            return problem == null ? accp(Accp.provider()) : new Unavailable(problem);
        } catch (LinkageError e) {
            return new Unavailable("its jar is not on the class path");
        }
    }

    private static CryptoCandidate accp(Provider provider) {
        Optional<JcaX25519> conscrypt = nativeX25519();
        if (conscrypt.isPresent()) {
            String name = CryptoProviders.ACCP + "+conscrypt";
            return new Works(new JcaCrypto(name, provider, provider, conscrypt.get()));
        }
        Provider jdk = Security.getProvider("SunEC");
        return jdk == null
                ? new Unavailable("neither Conscrypt nor SunEC is there for X25519")
                : new Works(
                        new JcaCrypto(
                                CryptoProviders.ACCP, provider, provider, new JcaX25519(jdk)));
    }

    /** The JDK's own providers, unless somebody removed them from the JVM. */
    static CryptoCandidate jdk() {
        Provider ciphers = Security.getProvider("SunJCE");
        Provider curves = Security.getProvider("SunEC");
        if (ciphers == null || curves == null) {
            return new Unavailable("SunJCE or SunEC is not among the JVM's providers");
        }
        return new Works(
                new JcaCrypto(CryptoProviders.JDK, ciphers, curves, new JcaX25519(curves)));
    }

    /** Conscrypt's X25519; empty where its jar is missing or its library does not work. */
    private static Optional<JcaX25519> nativeX25519() {
        try {
            return NativeX25519.load();
        } catch (LinkageError e) {
            return Optional.empty();
        }
    }
}
