package dev.slipgate.runtime.config;

/**
 * The links between gateways and nodes, per lane and direction.
 *
 * @param windowBytes unacknowledged bytes handed to the bus
 * @param heartbeatMs how often a side says that it lives, and how loaded it is
 * @param silenceMs silence after which the other side counts as lost
 * @param helloRetryMs how often HELLO is said until it is answered
 */
public record LinkSettings(int windowBytes, int heartbeatMs, int silenceMs, int helloRetryMs) {

    static LinkSettings read(KeyReader in) {
        LinkSettings read =
                new LinkSettings(
                        in.integer(
                                "link.window-bytes",
                                1024 * 1024,
                                64 * 1024,
                                1 << 30,
                                "Bytes handed to the bus and not acknowledged, per lane and"
                                        + " direction."),
                        in.integer(
                                "link.heartbeat-ms",
                                250,
                                10,
                                60_000,
                                "How often a side says that it lives, and how loaded it is."),
                        in.integer(
                                "link.silence-ms",
                                5000,
                                100,
                                600_000,
                                "Silence after which the other side counts as lost."),
                        in.integer(
                                "link.hello-retry-ms",
                                250,
                                10,
                                60_000,
                                "How often HELLO is said until it is answered."));
        in.require(
                read.silenceMs >= 2 * read.heartbeatMs,
                "link.silence-ms",
                "give at least twice link.heartbeat-ms");
        return read;
    }
}
