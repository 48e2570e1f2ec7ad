package dev.slipgate.gateway.udp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A blocking UDP client. */
final class TestClient implements AutoCloseable {
    private final DatagramSocket socket;

    TestClient(InetAddress local) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(local, 0));
        socket.setSoTimeout(10_000);
        socket.setReceiveBufferSize(4 << 20);
    }

    static TestClient at(String local) throws IOException {
        return new TestClient(InetAddress.ofLiteral(local));
    }

    int port() {
        return socket.getLocalPort();
    }

    void send(byte[] bytes, SocketAddress to) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    Received receive() throws IOException {
        var packet = new DatagramPacket(new byte[65536], 65536);
        socket.receive(packet);
        return new Received(
                Arrays.copyOf(packet.getData(), packet.getLength()), packet.getSocketAddress());
    }

    /** Whether a datagram comes within so long. */
    boolean hearsWithinMs(int limitMs) throws IOException {
        int usual = socket.getSoTimeout();
        socket.setSoTimeout(limitMs);
        try {
            receive();
            return true;
        } catch (SocketTimeoutException silence) {
            return false;
        } finally {
            socket.setSoTimeout(usual);
        }
    }

    Received ask(byte[] bytes, SocketAddress to) throws IOException {
        send(bytes, to);
        return receive();
    }

    @Override
    public void close() {
        socket.close();
    }

    /** A datagram and where it came from. */
    static final class Received {
        private final byte[] bytes;
        private final SocketAddress from;

        Received(byte[] bytes, SocketAddress from) {
            this.bytes = bytes;
            this.from = from;
        }

        byte[] bytes() {
            return bytes;
        }

        SocketAddress from() {
            return from;
        }
    }
}
