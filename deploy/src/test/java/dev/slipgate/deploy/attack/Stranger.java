package dev.slipgate.deploy.attack;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;

/** A socket that sends one datagram and weighs what comes back. */
final class Stranger implements AutoCloseable {
    private static final int QUIET_MS = 200;

    private final DatagramSocket socket;
    final int sentBytes;

    Stranger(String host, InetSocketAddress server, byte[] datagram) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(host), 0));
        socket.connect(server);
        socket.send(new DatagramPacket(datagram, datagram.length));
        sentBytes = datagram.length;
    }

    /** Bytes of all answers, until none comes for a while. */
    int answeredBytes() throws IOException {
        socket.setSoTimeout(QUIET_MS);
        var answer = new DatagramPacket(new byte[2048], 2048);
        int bytes = 0;
        try {
            while (true) {
                answer.setLength(2048);
                socket.receive(answer);
                bytes += answer.getLength();
            }
        } catch (SocketTimeoutException quiet) {
            return bytes;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
