package dev.slipgate.runtime.config;

/**
 * All that can be configured, checked. A process reads what concerns it and hands it on in its own
 * modules' words.
 *
 * @param cluster membership
 * @param bus the event bus
 * @param admin health, stats and the admin API
 * @param gateway the gateway process
 * @param node the node process
 * @param link the links between gateways and nodes
 * @param log what is logged and how
 */
public record Settings(
        ClusterSettings cluster,
        BusSettings bus,
        AdminSettings admin,
        GatewaySettings gateway,
        NodeSettings node,
        LinkSettings link,
        LogSettings log) {

    /** What holds when nothing is configured. */
    public static Settings defaults() {
        return read(new KeyReader(null));
    }

    static Settings read(KeyReader in) {
        Settings read =
                new Settings(
                        ClusterSettings.read(in),
                        BusSettings.read(in),
                        AdminSettings.read(in),
                        GatewaySettings.read(in),
                        NodeSettings.read(in),
                        LinkSettings.read(in),
                        LogSettings.read(in));
        in.require(
                read.gateway.downBytesPerConnection() >= read.node.unitBytes(),
                "gateway.down-bytes-per-connection",
                "give at least node.unit-bytes, the largest thing that comes down at once");
        return read;
    }
}
