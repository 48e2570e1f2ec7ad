package dev.slipgate.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipgate.runtime.config.ConfigInputs.FlagValue;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    @TempDir Path directory;

    @Test
    void aStrongerSourceHidesAWeakerOneAndIsNamed() throws IOException {
        Path file =
                file(
                        """
                        cluster:
                          name: from-file
                        bus:
                          port: 6000
                        node:
                          tick-ms: 10
                        """);
        Configuration loaded =
                Configuration.load(
                        new ConfigInputs(
                                file,
                                Map.of("SLIPGATE_BUS_PORT", "6001", "SLIPGATE_NODE_TICK_MS", "11"),
                                List.of(new FlagValue("node.tick-ms", "12", "--set"))));

        assertThat(loaded.settings().cluster().name()).isEqualTo("from-file");
        assertThat(loaded.settings().bus().port()).hasValue(6001);
        assertThat(loaded.settings().node().tickMs()).isEqualTo(12);
        assertThat(sourceOf(loaded, "cluster.name")).isEqualTo(file.toString());
        assertThat(sourceOf(loaded, "bus.port")).isEqualTo("SLIPGATE_BUS_PORT");
        assertThat(sourceOf(loaded, "node.tick-ms")).isEqualTo("--set");
        assertThat(sourceOf(loaded, "link.silence-ms")).isEqualTo("default");
    }

    @Test
    void theLastFlagOfAKeyWins() {
        Configuration loaded =
                load(
                        new FlagValue("node.app", "one", "--set"),
                        new FlagValue("node.app", "two", "--app"));

        assertThat(loaded.settings().node().app()).isEqualTo("two");
    }

    @Test
    void brokersMayBeAListInYamlOrCommasAnywhere() throws IOException {
        Path file =
                file(
                        """
                        cluster:
                          brokers:
                            - 10.0.0.1:5701
                            - broker-2.example
                            - "[::1]:5702"
                        """);
        List<HostPort> expected =
                List.of(
                        new HostPort("10.0.0.1", 5701),
                        new HostPort("broker-2.example", 5701),
                        new HostPort("::1", 5702));

        assertThat(brokers(new ConfigInputs(file, Map.of(), List.of()))).isEqualTo(expected);
        assertThat(
                        load(new FlagValue(
                                        "cluster.brokers",
                                        "10.0.0.1:5701, broker-2.example,[::1]:5702",
                                        "--brokers"))
                                .settings()
                                .cluster()
                                .brokers())
                .isEqualTo(expected);
    }

    @Test
    void keyFilesAreAListInTheirOrder() throws IOException {
        Path file = file("gateway:\n  key-files: [new.key, /keys/old.key]\n");
        List<Path> expected = List.of(Path.of("new.key"), Path.of("/keys/old.key"));

        assertThat(keyFiles(new ConfigInputs(file, Map.of(), List.of()))).isEqualTo(expected);
        assertThat(
                        keyFiles(
                                new ConfigInputs(
                                        null,
                                        Map.of(
                                                "SLIPGATE_GATEWAY_KEY_FILES",
                                                "new.key,/keys/old.key"),
                                        List.of())))
                .isEqualTo(expected);
        assertThat(keyFiles(new ConfigInputs(null, Map.of(), List.of()))).isEmpty();
        FlagValue gap = new FlagValue("gateway.key-files", "new.key,,old.key", "--key-files");
        assertThat(failure(new ConfigInputs(null, Map.of(), List.of(gap))).lines())
                .containsExactly(
                        "gateway.key-files = 'new.key,,old.key' (--key-files): give 1 to 64 paths"
                                + " separated by commas");
    }

    private static List<Path> keyFiles(ConfigInputs inputs) {
        return Configuration.load(inputs).settings().gateway().keyFiles();
    }

    @Test
    void allProblemsAreToldAtOnceEachWithKeySourceValueAndRemedy() throws IOException {
        Path file = file("cluster:\n  nmae: x\nnode:\n  tick-ms: soon\n");
        StartFailure failure =
                failure(
                        new ConfigInputs(
                                file,
                                Map.of("SLIPGATE_LOG_LEVEL", "loud"),
                                List.of(
                                        new FlagValue("gatway.crypto", "jdk", "--set"),
                                        new FlagValue("cluster.brokers", "a:b:c", "--brokers"),
                                        new FlagValue("bus.port", "70000", "--set"))));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(failure.lines())
                .containsExactlyInAnyOrder(
                        "cluster.nmae = 'x' ("
                                + file
                                + "): there is no such key; did you mean cluster.name?",
                        "gatway.crypto = 'jdk' (--set): there is no such key; did you mean"
                                + " gateway.crypto?",
                        "cluster.brokers = 'a:b:c' (--brokers): give 1 to 64 entries host:port"
                                + " separated by commas, an IPv6 address in brackets",
                        "bus.port = '70000' (--set): give a port from 0 to 65535",
                        "node.tick-ms = 'soon' ("
                                + file
                                + "): give a whole number from 1 to 600000",
                        "log.level = 'loud' (SLIPGATE_LOG_LEVEL): give one of trace, debug, info,"
                                + " warn, error, off");
    }

    @Test
    void unknownEnvironmentVariablesOnlyWarn() {
        Configuration loaded =
                Configuration.load(
                        new ConfigInputs(
                                null,
                                Map.of(
                                        "SLIPGATE_CLUSTER_NAM", "x",
                                        "SLIPGATE_SERVICE_HOST", "10.0.0.1",
                                        "SLIPGATE_JAVA_OPTS", "-Xmx1g",
                                        "HOME", "/"),
                                List.of()));

        assertThat(loaded.warnings())
                .hasSize(2)
                .anyMatch(w -> w.contains("SLIPGATE_CLUSTER_NAM is") && w.contains("_NAME?"))
                .anyMatch(w -> w.contains("SLIPGATE_SERVICE_HOST"));
    }

    @Test
    void aSecretIsNeverShown() {
        Configuration loaded =
                load(new FlagValue("gateway.mpgameserver.root-key-pem", "hush", "--set"));
        StartFailure mistyped =
                failure(
                        new ConfigInputs(
                                null,
                                Map.of(),
                                List.of(
                                        new FlagValue(
                                                "gateway.mpgameserver.root-key-pen",
                                                "hush",
                                                "--set"))));

        assertThat(loaded.settings().gateway().mpgameserver().rootKeyPem())
                .isEqualTo(new Secret("hush"));
        assertThat(loaded.settings().toString()).doesNotContain("hush");
        assertThat(loaded.values().toString()).doesNotContain("hush");
        assertThat(mistyped.lines().toString()).doesNotContain("hush").contains("root-key-pem?");
    }

    @Test
    void aBusInClearOffLoopbackNeedsTheInsecureKeyAndWarns() {
        FlagValue open = new FlagValue("bus.host", "10.0.0.1", "--set");

        assertThat(failure(new ConfigInputs(null, Map.of(), List.of(open))).lines())
                .singleElement()
                .asString()
                .contains("bus.host", "bus.insecure=true");
        assertThat(load(open, new FlagValue("bus.insecure", "true", "--set")).warnings())
                .singleElement()
                .asString()
                .contains("event bus is in clear");
    }

    @Test
    void valuesThatDoNotGoTogetherAreRefused() {
        assertThat(
                        failure(
                                        new ConfigInputs(
                                                null,
                                                Map.of(),
                                                List.of(
                                                        new FlagValue(
                                                                "node.mailbox-bytes",
                                                                "2048",
                                                                "--set"))))
                                .lines())
                .containsExactly(
                        "node.mailbox-bytes = '2048' (--set): give at least"
                                + " node.max-message-bytes");
    }

    @Test
    void aMissingOrBrokenFileIsOneLine() throws IOException {
        Path broken = file("cluster: [1, 2\nname: }");

        assertThat(
                        failure(
                                        new ConfigInputs(
                                                directory.resolve("none.yaml"),
                                                Map.of(),
                                                List.of()))
                                .lines())
                .singleElement()
                .asString()
                .contains("none.yaml", "exists");
        assertThat(failure(new ConfigInputs(broken, Map.of(), List.of())).lines())
                .singleElement()
                .asString()
                .contains(broken.toString(), "mend it");
    }

    @Test
    void emptySectionsAndAnEmptyFileChangeNothing() throws IOException {
        Path file = file("# nothing\ncluster:\n");

        assertThat(Configuration.load(new ConfigInputs(file, Map.of(), List.of())).settings())
                .isEqualTo(Settings.defaults());
        assertThat(Configuration.load(new ConfigInputs(file(""), Map.of(), List.of())).settings())
                .isEqualTo(Settings.defaults());
    }

    @Test
    void whatIsWrittenIsWhatHolds() {
        assertThat(
                        load(new FlagValue(
                                        "gateway.mpgameserver.root-key-pem",
                                        "${HOME}\\,a",
                                        "--set"))
                                .settings()
                                .gateway()
                                .mpgameserver()
                                .rootKeyPem())
                .isEqualTo(new Secret("${HOME}\\,a"));
    }

    private static List<HostPort> brokers(ConfigInputs inputs) {
        return Configuration.load(inputs).settings().cluster().brokers();
    }

    private static Configuration load(FlagValue... flags) {
        return Configuration.load(new ConfigInputs(null, Map.of(), List.of(flags)));
    }

    private static StartFailure failure(ConfigInputs inputs) {
        return catchThrowableOfType(StartFailure.class, () -> Configuration.load(inputs));
    }

    private static String sourceOf(Configuration configuration, String key) {
        return configuration.values().stream()
                .filter(value -> value.key().name().equals(key))
                .map(EffectiveValue::source)
                .findFirst()
                .orElseThrow();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "slipgate", ".yaml"), text);
    }
}
