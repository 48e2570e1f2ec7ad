package dev.slipgate.runtime.config;

/**
 * Where the carriers of the native protocol listen.
 *
 * @param udp datagrams
 * @param tcp plain streams
 * @param tls the same in TLS
 * @param ws WebSocket
 * @param wss the same in TLS
 */
public record NativePorts(Port udp, Port tcp, Port tls, Port ws, Port wss) {
    /**
     * One of them.
     *
     * @param enabled whether it listens
     * @param number 0 for any free one
     */
    public record Port(boolean enabled, int number) {}

    static NativePorts read(KeyReader in) {
        return new NativePorts(
                port(in, "udp", 7770, "UDP", ""),
                port(in, "tcp", 7770, "TCP", ""),
                port(in, "tls", 7774, "TCP in TLS 1.3", ", if there is a certificate"),
                port(in, "ws", 7771, "WebSocket, path /v1", ""),
                port(in, "wss", 7775, "WebSocket in TLS 1.3", ", if there is a certificate"));
    }

    private static Port port(KeyReader in, String name, int number, String what, String condition) {
        return new Port(
                in.flag(
                        NativeSettings.PREFIX + name,
                        true,
                        "Whether to listen for " + what + condition + "."),
                in.integer(
                        NativeSettings.PREFIX + name + "-port",
                        number,
                        0,
                        65535,
                        "Its port; never moves."));
    }
}
