package dev.slipgate.deploy.attack;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;

/** A socket that sends one datagram and weighs what comes back. */
final class Stranger implements AutoCloseable {
    private final DatagramSocket socket;
    final int sentBytes;

    Stranger(String host, InetSocketAddress server, byte[] datagram) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(host), 0));
        // Not connected: a connected socket of the JDK does not send what is empty.
        socket.send(new DatagramPacket(datagram, datagram.length, server));
        sentBytes = datagram.length;
    }

    /**
     * Bytes of all answers.
     *
     * @param patienceMs how long to wait for the next
     */
    int answeredBytes(int patienceMs) throws IOException {
        socket.setSoTimeout(patienceMs);
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
