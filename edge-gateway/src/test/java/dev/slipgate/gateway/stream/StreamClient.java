package dev.slipgate.gateway.stream;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;

/** A blocking client that writes and reads bytes as a test wants them. */
final class StreamClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private StreamClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    static StreamClient to(InetSocketAddress server) throws IOException {
        return new StreamClient(new Socket(server.getAddress(), server.getPort()));
    }

    /** A client that reads little at a time. */
    static StreamClient slow(InetSocketAddress server) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(server);
        return new StreamClient(socket);
    }

    /** A client in TLS, which takes the certificate of this pin and no other. */
    static StreamClient sealed(InetSocketAddress server, String pin, String... versions)
            throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new X509TrustManager[] {new Pinned(pin)}, null);
        var socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(server.getAddress(), server.getPort());
        if (versions.length > 0) {
            socket.setEnabledProtocols(versions);
        }
        socket.startHandshake();
        return new StreamClient(socket);
    }

    /** Asks for the WebSocket with these header lines beside the usual; the answer's first line. */
    String upgrade(String path, String... headers) throws IOException {
        var request =
                new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:1\r\n")
                        .append("Upgrade: websocket\r\nConnection: Upgrade\r\n")
                        .append("Sec-WebSocket-Version: 13\r\n")
                        .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\n")) {
            answer.append((char) in.readUnsignedByte());
        }
        return answer.toString().lines().findFirst().orElseThrow();
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** A packet behind its length. */
    static byte[] framed(byte[] packet) {
        return ByteBuffer.allocate(2 + packet.length)
                .putShort((short) packet.length)
                .put(packet)
                .array();
    }

    /** A final WebSocket frame of this kind, masked with zeros, of less than 126 bytes. */
    static byte[] frame(int opcode, byte[] payload) {
        return ByteBuffer.allocate(6 + payload.length)
                .put((byte) (0x80 | opcode))
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }

    byte[] readFramed() throws IOException {
        return in.readNBytes(in.readUnsignedShort());
    }

    byte[] read(int length) throws IOException {
        return in.readNBytes(length);
    }

    byte[] ask(byte[] packet) throws IOException {
        write(framed(packet));
        return readFramed();
    }

    /** Reads on until the server has closed. */
    boolean closedByServer() throws IOException {
        try {
            in.skipNBytes(Long.MAX_VALUE);
            return false;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    void disconnect() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private record Pinned(String pin) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
                if (!Arrays.equals(digest, HexFormat.of().parseHex(pin))) {
                    throw new CertificateException("not the pinned one");
                }
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
