package dev.slipgate.testing.gateway;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Endpoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** A UDP socket on loopback. */
final class UdpNet implements GatewayNet {
    private static final int TURN_MS = 1;
    private static final int DATAGRAM_BYTES = 2048;

    private final DatagramSocket socket;
    private final byte[] buffer = new byte[DATAGRAM_BYTES];

    private record Peer(SocketAddress address) implements PeerAddress {
        @Override
        public Object host() {
            return address;
        }
    }

    UdpNet() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(TURN_MS);
    }

    @Override
    public void read(Endpoint into) throws IOException {
        var packet = new DatagramPacket(buffer, buffer.length);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException nothing) {
            return;
        }
        into.onDatagram(
                new Peer(packet.getSocketAddress()),
                ByteBuffer.wrap(buffer, 0, packet.getLength()),
                System.nanoTime());
    }

    @Override
    public void send(PeerAddress peer, byte[] bytes, int length) throws IOException {
        socket.send(new DatagramPacket(bytes, length, ((Peer) peer).address()));
    }

    @Override
    public void closeStream(PeerAddress peer) {}

    @Override
    public String place() {
        return "udp://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }
}
