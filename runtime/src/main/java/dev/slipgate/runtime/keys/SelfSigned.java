package dev.slipgate.runtime.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates that nobody else has signed: for a client that pins them. */
final class SelfSigned {
    private static final X500Name NAME = new X500Name("CN=localhost,O=Slipgate dev");
    private static final GeneralName[] HERE = {
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
        new GeneralName(GeneralName.iPAddress, "::1")
    };

    /** Whoever pins a certificate does not look at its dates; others should not meet it. */
    private static final Duration VALIDITY = Duration.ofDays(3650);

    /** Clocks of other machines may be behind ours. */
    private static final Duration SKEW = Duration.ofDays(1);

    private static final int SERIAL_BITS = 120;

    private SelfSigned() {}

    /** A P-256 key and its certificate, in PEM. */
    static KeyFilePair.Texts generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new KeyFilePair.Texts(
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
                    pem("CERTIFICATE", certificate(pair).getEncoded()));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("every JDK signs with P-256", e);
        }
    }

    private static X509CertificateHolder certificate(KeyPair pair)
            throws CertIOException, OperatorCreationException {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        NAME,
                        new BigInteger(SERIAL_BITS, new SecureRandom()),
                        Date.from(now.minus(SKEW)),
                        Date.from(now.plus(VALIDITY)),
                        NAME,
                        pair.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(HERE));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        return builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    }

    private static String pem(String label, byte[] der) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, lines.encodeToString(der), label);
    }
}
