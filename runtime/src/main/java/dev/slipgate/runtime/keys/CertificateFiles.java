package dev.slipgate.runtime.keys;

import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;

/**
 * A certificate and its private key as two PEM files.
 *
 * @param certificate {@code NAME.crt}
 * @param privateKey {@code NAME.key}, mode 600
 */
public record CertificateFiles(Path certificate, Path privateKey) {
    /** The usual name of the pair. */
    public static final String NAME = "tls";

    /** Where the pair of this name is, or would be. */
    public static CertificateFiles in(Path directory, String name) {
        return new CertificateFiles(
                directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
    }

    /**
     * Makes a certificate for this machine, signed by itself, unless its key is there already.
     *
     * @return whether it was made now
     * @throws StartFailure when it cannot be written
     */
    public boolean createOnce() {
        return new KeyFilePair(privateKey, certificate).createOnce(SelfSigned::generate);
    }

    /**
     * What clients pin: the SHA-256 of the first certificate, of its DER form, in hex, as {@code
     * openssl x509 -fingerprint -sha256} shows it but for the colons.
     *
     * @throws StartFailure when there is none
     */
    public String pin() {
        try (InputStream in = Files.newInputStream(certificate)) {
            byte[] der =
                    CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (IOException | GeneralSecurityException e) {
            throw new StartFailure(
                    "certificate %s cannot be read (%s)"
                            .formatted(certificate, e.getClass().getSimpleName()),
                    "give a PEM file that you may read",
                    e);
        }
    }
}
