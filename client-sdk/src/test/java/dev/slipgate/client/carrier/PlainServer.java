package dev.slipgate.client.carrier;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Objects;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A blocking server for one client after another: what a test plays against a carrier. */
final class PlainServer implements AutoCloseable {
    private static final char[] PASSWORD = "password".toCharArray();

    /** What the server does with a client; the connection is closed when it returns. */
    interface Script {
        void run(DataInputStream in, DataOutputStream out) throws IOException;
    }

    private final ServerSocket server;

    private PlainServer(ServerSocketFactory factory, Script script) throws IOException {
        server = factory.createServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> serve(script));
    }

    static PlainServer start(Script script) throws IOException {
        return new PlainServer(ServerSocketFactory.getDefault(), script);
    }

    static PlainServer startTls(Script script) throws Exception {
        return new PlainServer(tls().getServerSocketFactory(), script);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void serve(Script script) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.setTcpNoDelay(true);
                script.run(
                        new DataInputStream(client.getInputStream()),
                        new DataOutputStream(client.getOutputStream()));
            } catch (IOException gone) {
                // The client or the test has hung up; the test looks at the client's side.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static KeyStore keyStore() throws Exception {
        try (InputStream file = PlainServer.class.getResourceAsStream("/gateway.p12")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(Objects.requireNonNull(file), PASSWORD);
            return store;
        }
    }

    private static Certificate certificate() throws Exception {
        return keyStore().getCertificate("gateway");
    }

    /** Of the certificate that TLS servers show; its names are gateway.test and localhost. */
    static byte[] certificateSha256() throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
    }

    /** Trusts that certificate as an authority. */
    static SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("gateway", certificate());
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static SSLContext tls() throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore(), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
