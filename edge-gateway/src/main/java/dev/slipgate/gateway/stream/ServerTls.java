package dev.slipgate.gateway.stream;

import dev.slipgate.runtime.lifecycle.StartFailure;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** The gateway's side of TLS: version 1.3 alone, by the JDK. */
public final class ServerTls {
    private static final String VERSION = "TLSv1.3";

    private ServerTls() {}

    /**
     * Loads a certificate; for a thread that may wait.
     *
     * @param certificate PEM, the chain with the server's own first
     * @param privateKey PEM, PKCS#8, not encrypted
     * @throws StartFailure when they cannot be read, or are none
     */
    public static SslContext load(Path certificate, Path privateKey) {
        try {
            return SslContextBuilder.forServer(certificate.toFile(), privateKey.toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols(VERSION)
                    .build();
        } catch (SSLException | IllegalArgumentException broken) {
            throw new StartFailure(
                    "no TLS with certificate %s and private key %s (%s)"
                            .formatted(certificate, privateKey, causeOf(broken)),
                    "give a PEM file with the certificate chain, and one with its key as"
                            + " unencrypted PKCS#8",
                    broken);
        }
    }

    private static String causeOf(Throwable broken) {
        Throwable cause = broken.getCause() instanceof IOException io ? io : broken;
        return cause.getClass().getSimpleName();
    }
}
