package dev.slipgate.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Fixes every key and its default: a change here is a change for operators, and breaking. */
class DefaultsTest {
    private static final List<String> EXPECTED =
            """
            cluster.name = slipgate
            cluster.brokers = 127.0.0.1:5701
            cluster.host = 127.0.0.1
            cluster.hazelcast-port =
            bus.host = 127.0.0.1
            bus.port =
            bus.insecure = false
            admin.host = 127.0.0.1
            admin.port =
            gateway.name =
            gateway.event-loops = 0
            gateway.handshake-threads = 0
            gateway.crypto = auto
            gateway.key-files =
            gateway.transport = auto
            gateway.slipgate.enabled = true
            gateway.slipgate.host = *
            gateway.slipgate.udp = true
            gateway.slipgate.udp-port = 7770
            gateway.slipgate.tcp = true
            gateway.slipgate.tcp-port = 7770
            gateway.slipgate.tls = true
            gateway.slipgate.tls-port = 7774
            gateway.slipgate.ws = true
            gateway.slipgate.ws-port = 7771
            gateway.slipgate.wss = true
            gateway.slipgate.wss-port = 7775
            gateway.tls.certificate =
            gateway.tls.private-key =
            gateway.ws-origins =
            gateway.slipgate.max-sessions = 50000
            gateway.slipgate.handshakes-per-second = 1000
            gateway.slipgate.handshakes-per-host = 100
            gateway.slipgate.handshakes-pending = 1024
            gateway.slipgate.cookie-threshold = 200
            gateway.slipgate.idle-timeout-ms = 30000
            gateway.slipgate.max-message-bytes = 262144
            gateway.slipgate.send-queue-bytes = 4194304
            gateway.slipgate.max-connections = 50000
            gateway.slipgate.max-connections-per-host = 1000
            gateway.mpgameserver.enabled = true
            gateway.mpgameserver.host = *
            gateway.mpgameserver.port = 7772
            gateway.mpgameserver.root-key =
            gateway.mpgameserver.root-key-pem =
            gateway.mpgameserver.mtu = 1500
            gateway.mpgameserver.max-sessions = 10000
            gateway.mpgameserver.handshakes-per-second = 1000
            gateway.mpgameserver.handshakes-pending = 1024
            gateway.mpgameserver.session-timeout-ms = 5000
            gateway.mpgameserver.keep-alive-ms = 100
            gateway.mpgameserver.packets-per-second = 60
            gateway.mpgameserver.max-message-bytes = 262144
            gateway.hold-bytes-per-connection = 1048576
            gateway.hold-bytes-per-lane = 134217728
            gateway.down-bytes-per-connection = 2097152
            gateway.placement-timeout-ms = 5000
            gateway.quality-interval-ms = 1000
            node.name =
            node.app =
            node.app-jar =
            node.event-loops = 0
            node.mailbox-bytes = 1048576
            node.outbox-bytes = 4194304
            node.unit-bytes = 1048576
            node.max-message-bytes = 262144
            node.tick-ms = 50
            link.window-bytes = 1048576
            link.heartbeat-ms = 250
            link.silence-ms = 5000
            link.hello-retry-ms = 250
            log.level = info
            log.format = text
            """
                    .lines()
                    .toList();

    @Test
    void everyKeyHasThisDefault() {
        assertThat(Configuration.keys().values())
                .extracting(key -> (key.name() + " = " + key.byDefault()).strip())
                .isEqualTo(EXPECTED);
    }

    @Test
    void eachDefaultReadBackAsIfSetIsTheDefault() {
        // What the page shows is what the code takes: a default in text and one in code could
        // drift.
        List<ConfigInputs.FlagValue> flags =
                Configuration.keys().values().stream()
                        .filter(key -> !key.byDefault().isEmpty())
                        .map(k -> new ConfigInputs.FlagValue(k.name(), k.byDefault(), "--set"))
                        .toList();

        assertThat(Configuration.load(new ConfigInputs(null, Map.of(), flags)).settings())
                .isEqualTo(Settings.defaults());
    }

    @Test
    void keysAndVariablesAreUnambiguous() {
        assertThat(Configuration.keys().values()).extracting(Key::envName).doesNotHaveDuplicates();
        assertThat(
                        Configuration.keys().values().stream()
                                .filter(Key::secret)
                                .map(Key::name)
                                .collect(Collectors.toSet()))
                .containsExactly("gateway.mpgameserver.root-key-pem");
    }
}
