package dev.slipgate.gateway;

import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.ClusterMember;
import dev.slipgate.gateway.mpgameserver.MpGameServerEndpoints;
import dev.slipgate.gateway.mpgameserver.RootKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.runtime.cli.ProductVersion;
import dev.slipgate.runtime.cli.SettingsCommand.ProcessBody;
import dev.slipgate.runtime.cluster.ClusterProcess;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.keys.GatewayKeyFiles;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs a gateway until SIGTERM or SIGINT. */
public final class GatewayCommand {
    private GatewayCommand() {}

    /** What {@code ./slipgate gateway} does. */
    public static ProcessBody body() {
        return (configuration, lifecycle) -> start(configuration.settings(), lifecycle);
    }

    /** The keys and the dialect first, so that a mistake in them is told before any waiting. */
    private static void start(Settings settings, ProcessLifecycle lifecycle)
            throws InterruptedException {
        KeyPair rootKey = RootKey.load(settings.gateway().mpgameserver());
        List<Path> keyFiles = settings.gateway().keyFiles();
        @Nullable GatewayKeys keys = keyFiles.isEmpty() ? null : GatewayKeyFiles.load(keyFiles);
        EndpointFactory endpoints = MpGameServerEndpoints.of(settings.gateway(), rootKey);
        int eventLoops = settings.gateway().eventLoops();
        ClusterProcess process =
                ClusterProcess.start(settings, Role.GATEWAY, eventLoops, lifecycle);
        GatewayConfig config = config(settings, process.processId(), keys);
        ClusterMember member = process.member();
        GatewayProcess gateway =
                GatewayProcess.start(
                                config,
                                member.vertx(),
                                member.directory(),
                                endpoints,
                                process.health(),
                                process.stats())
                        .await();
        lifecycle.onStop("gateway", ClusterProcess.STOP_LIMIT, () -> gateway.stop().await());
    }

    private static GatewayConfig config(
            Settings settings, long processId, @Nullable GatewayKeys keys) {
        GatewayConfig config =
                GatewayConfig.of(
                        processId, settings.gateway(), settings.link(), ProductVersion.version());
        return keys == null ? config : config.withKeys(keys);
    }
}
