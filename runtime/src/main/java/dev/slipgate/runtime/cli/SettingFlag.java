package dev.slipgate.runtime.cli;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** A flag of its own for a configuration key that is often set by hand. */
public enum SettingFlag {
    CLUSTER_NAME("--cluster-name", "cluster.name", "NAME"),
    BROKERS("--brokers", "cluster.brokers", "HOST:PORT,..."),
    CLUSTER_HOST("--cluster-host", "cluster.host", "ADDRESS"),
    BUS_HOST("--bus-host", "bus.host", "ADDRESS"),
    ADMIN_HOST("--admin-host", "admin.host", "ADDRESS"),
    ADMIN_PORT("--admin-port", "admin.port", "PORT"),
    LOG_LEVEL("--log-level", "log.level", "LEVEL"),
    LOG_FORMAT("--log-format", "log.format", "FORMAT"),
    GATEWAY_NAME("--name", "gateway.name", "NAME"),
    MPGAMESERVER_HOST("--mpgameserver-host", "gateway.mpgameserver.host", "ADDRESS"),
    MPGAMESERVER_PORT("--mpgameserver-port", "gateway.mpgameserver.port", "PORT"),
    ROOT_KEY("--root-key", "gateway.mpgameserver.root-key", "FILE"),
    KEY_FILES("--key-files", "gateway.key-files", "FILE,..."),
    SLIPGATE_HOST("--slipgate-host", "gateway.slipgate.host", "ADDRESS"),
    UDP_PORT("--udp-port", "gateway.slipgate.udp-port", "PORT"),
    TCP_PORT("--tcp-port", "gateway.slipgate.tcp-port", "PORT"),
    TLS_PORT("--tls-port", "gateway.slipgate.tls-port", "PORT"),
    WS_PORT("--ws-port", "gateway.slipgate.ws-port", "PORT"),
    WSS_PORT("--wss-port", "gateway.slipgate.wss-port", "PORT"),
    CERTIFICATE("--certificate", "gateway.tls.certificate", "FILE"),
    CERTIFICATE_KEY("--certificate-key", "gateway.tls.private-key", "FILE"),
    WS_ORIGINS("--ws-origins", "gateway.ws-origins", "ORIGIN,..."),
    NODE_NAME("--name", "node.name", "NAME"),
    APP("--app", "node.app", "NAME"),
    APP_JAR("--app-jar", "node.app-jar", "FILE");

    /** The listeners of the native protocol. */
    private static final Set<SettingFlag> NATIVE =
            Collections.unmodifiableSet(EnumSet.range(KEY_FILES, WS_ORIGINS));

    private final String flag;
    private final String key;
    private final String placeholder;

    SettingFlag(String flag, String key, String placeholder) {
        this.flag = flag;
        this.key = key;
        this.placeholder = placeholder;
    }

    /** What a broker takes. */
    public static Set<SettingFlag> ofBroker() {
        return EnumSet.of(
                CLUSTER_NAME, BROKERS, CLUSTER_HOST, ADMIN_HOST, ADMIN_PORT, LOG_LEVEL, LOG_FORMAT);
    }

    /** What a gateway takes. */
    public static Set<SettingFlag> ofGateway() {
        EnumSet<SettingFlag> flags =
                EnumSet.of(BUS_HOST, GATEWAY_NAME, MPGAMESERVER_HOST, MPGAMESERVER_PORT, ROOT_KEY);
        flags.addAll(NATIVE);
        flags.addAll(ofBroker());
        return flags;
    }

    /** What a node takes; one that brings its own app leaves {@link #APP} away. */
    public static Set<SettingFlag> ofNode() {
        EnumSet<SettingFlag> flags = EnumSet.of(BUS_HOST, NODE_NAME, APP, APP_JAR);
        flags.addAll(ofBroker());
        return flags;
    }

    /** What everything in one process takes. */
    public static Set<SettingFlag> ofDev() {
        EnumSet<SettingFlag> flags =
                EnumSet.of(
                        ADMIN_HOST,
                        ADMIN_PORT,
                        LOG_LEVEL,
                        LOG_FORMAT,
                        MPGAMESERVER_HOST,
                        MPGAMESERVER_PORT,
                        ROOT_KEY,
                        APP,
                        APP_JAR);
        flags.addAll(NATIVE);
        return flags;
    }

    /** All but the two that share {@code --name}. */
    public static Set<SettingFlag> all() {
        return EnumSet.complementOf(EnumSet.of(GATEWAY_NAME, NODE_NAME));
    }

    String flag() {
        return flag;
    }

    String key() {
        return key;
    }

    String placeholder() {
        return placeholder;
    }
}
