package dev.slipgate.benchmarks.chain;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that were free a moment ago, all different. */
record ChainPorts(int hazelcast, int brokerAdmin, int gatewayAdmin, int nodeAdmin, int clients) {
    private static final int TCP_PORTS = 4;

    static ChainPorts free() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try (var udp = new DatagramSocket(new InetSocketAddress(loopback(), 0))) {
            for (int i = 0; i < TCP_PORTS; i++) {
                held.add(new ServerSocket(0, 1, loopback()));
            }
            return new ChainPorts(
                    held.get(0).getLocalPort(),
                    held.get(1).getLocalPort(),
                    held.get(2).getLocalPort(),
                    held.get(3).getLocalPort(),
                    udp.getLocalPort());
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }
}
