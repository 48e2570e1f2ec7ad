package dev.slipgate.runtime.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
    @TempDir Path temp;

    @Test
    void itIsForThisMachineAndSignedByItself() throws Exception {
        CertificateFiles files = CertificateFiles.in(temp.resolve("keys"), "tls");
        assertThat(files.createOnce()).isTrue();

        X509Certificate certificate = read(files.certificate());
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        assertThat(
                        certificate.getSubjectAlternativeNames().stream()
                                .map(name -> name.get(1).toString()))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.privateKey())))
                .isEqualTo("rw-------");
    }

    @Test
    void itIsMadeOnceAndKeepsItsPin() {
        CertificateFiles files = CertificateFiles.in(temp, "tls");
        files.createOnce();
        String pin = files.pin();

        assertThat(pin).matches("[0-9a-f]{64}");
        assertThat(files.createOnce()).isFalse();
        assertThat(files.pin()).isEqualTo(pin);
    }

    @Test
    void whatIsNoCertificateIsToldInALine() throws Exception {
        Path text = Files.writeString(temp.resolve("tls.crt"), "nothing\n");
        CertificateFiles files = new CertificateFiles(text, temp.resolve("tls.key"));

        assertThatThrownBy(files::pin)
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("tls.crt", "give a PEM file");
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
