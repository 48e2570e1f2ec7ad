package dev.slipgate.gateway.udp;

/**
 * How sockets are made.
 *
 * @param receiveBufferBytes the kernel's buffer per socket for what is not yet read; the kernel may
 *     grant less
 * @param sendBufferBytes the same for what is not yet sent
 * @param maxDatagramBytes the largest datagram sent or received, 576 to 65535; a longer one arrives
 *     cut to this length, so it must lie above what an endpoint accepts
 */
public record UdpOptions(int receiveBufferBytes, int sendBufferBytes, int maxDatagramBytes) {
    private static final int MIN_DATAGRAM_BYTES = 576;
    private static final int MAX_DATAGRAM_BYTES = 65_535;

    public UdpOptions {
        if (maxDatagramBytes < MIN_DATAGRAM_BYTES || maxDatagramBytes > MAX_DATAGRAM_BYTES) {
            throw new IllegalArgumentException(
                    "maxDatagramBytes is 576 to 65535, not " + maxDatagramBytes);
        }
    }

    /** What holds unless configured. */
    public static UdpOptions defaults() {
        return new UdpOptions(4 * 1024 * 1024, 4 * 1024 * 1024, 2048);
    }
}
