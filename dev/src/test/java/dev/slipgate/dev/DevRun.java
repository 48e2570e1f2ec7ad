package dev.slipgate.dev;

import dev.slipgate.gateway.GatewayCredentials;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.runtime.config.ConfigInputs;
import dev.slipgate.runtime.config.ConfigInputs.FlagValue;
import dev.slipgate.runtime.config.Configuration;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import dev.slipgate.sdk.App;
import dev.slipgate.testing.player.TestPlayer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A dev process on free ports of loopback, for tests. */
final class DevRun implements AutoCloseable {
    private final ProcessLifecycle lifecycle = new ProcessLifecycle();
    private final List<TestPlayer> players = new ArrayList<>();
    private final KeyPair rootKey;
    final DevProcess process;

    DevRun(App app, KeyPair rootKey, String... keysAndValues) {
        this.rootKey = rootKey;
        this.process =
                DevProcess.start(settings(keysAndValues), app, credentials(rootKey), lifecycle);
    }

    /** With no key for the native protocol, whose ports are therefore left alone. */
    private static GatewayCredentials credentials(KeyPair rootKey) {
        return new GatewayCredentials(rootKey, null, null, TokenVerifier.ANONYMOUS);
    }

    /** Where mpgameserver clients connect. */
    InetSocketAddress address() {
        return process.listeners().getFirst().addresses().getFirst();
    }

    /** The settings of a test: loopback, and ports that are free. */
    static Settings settings(String... keysAndValues) {
        List<FlagValue> flags = new ArrayList<>();
        flags.add(flag("gateway.mpgameserver.host", "127.0.0.1"));
        flags.add(flag("gateway.mpgameserver.port", "0"));
        flags.add(flag("admin.port", "0"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            flags.add(flag(keysAndValues[i], keysAndValues[i + 1]));
        }
        return Configuration.load(new ConfigInputs(null, Map.of(), flags)).settings();
    }

    private static FlagValue flag(String key, String value) {
        return new FlagValue(key, value, "--set");
    }

    TestPlayer player() throws IOException {
        var player = new TestPlayer(address(), rootKey.getPublic());
        players.add(player);
        return player;
    }

    /** Stops all parts; the exit code. */
    int stop() {
        return lifecycle.stop();
    }

    @Override
    public void close() {
        players.forEach(TestPlayer::close);
        stop();
    }
}
