package dev.slipgate.runtime.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of the sealed streams.
 *
 * @param certificate PEM, the chain; null when there is none
 * @param privateKey PEM, PKCS #8; null when there is none, and set exactly if the certificate is
 */
public record TlsSettings(@Nullable Path certificate, @Nullable Path privateKey) {
    static TlsSettings read(KeyReader in) {
        TlsSettings read =
                new TlsSettings(
                        in.fileOrNull(
                                "gateway.tls.certificate",
                                "The certificate of TLS and WSS listeners with its chain, PEM. dev"
                                        + " makes its own."),
                        in.fileOrNull(
                                "gateway.tls.private-key", "Its key, PEM, PKCS #8, unencrypted."));
        in.require(
                (read.certificate == null) == (read.privateKey == null),
                read.certificate == null ? "gateway.tls.private-key" : "gateway.tls.certificate",
                "set gateway.tls.certificate and gateway.tls.private-key, or neither");
        return read;
    }
}
