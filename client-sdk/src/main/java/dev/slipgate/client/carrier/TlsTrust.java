package dev.slipgate.client.carrier;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates a client takes in TLS.
 *
 * @param context decides
 * @param checksName whether the certificate must bear the host's name
 */
public record TlsTrust(SSLContext context, boolean checksName) {
    private static final String[] VERSIONS = {"TLSv1.3"};

    /** Those that the JDK's trust store leads to, with the host's name. */
    public static TlsTrust ofJdk() {
        try {
            return new TlsTrust(SSLContext.getDefault(), true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's trust store does not load", e);
        }
    }

    /** Those that a context of the caller's takes, with the host's name. */
    public static TlsTrust of(SSLContext context) {
        return new TlsTrust(context, true);
    }

    /**
     * One certificate and no other; its name, dates and signer are of no matter.
     *
     * @param sha256 of its DER form
     */
    public static TlsTrust pinned(byte[] sha256) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Pinned(sha256)}, null);
            return new TlsTrust(context, false);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    SSLEngine engine(String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        if (checksName) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** The extended form, since the JDK adds checks of its own to the plain one. */
    private static final class Pinned extends X509ExtendedTrustManager {
        private final byte[] sha256;

        Pinned(byte[] sha256) {
            this.sha256 = sha256.clone();
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            byte[] shown;
            try {
                shown = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
            if (!MessageDigest.isEqual(shown, sha256)) {
                throw new CertificateException(
                        "the gateway's certificate is not the pinned one, its SHA-256 is "
                                + HexFormat.of().formatHex(shown));
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
