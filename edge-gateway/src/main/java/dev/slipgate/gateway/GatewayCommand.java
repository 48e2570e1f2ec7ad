package dev.slipgate.gateway;

import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.ClusterMember;
import dev.slipgate.gateway.mpgameserver.MpGameServerEndpoints;
import dev.slipgate.gateway.mpgameserver.RootKey;
import dev.slipgate.runtime.cli.ProductVersion;
import dev.slipgate.runtime.cli.SettingsCommand.ProcessBody;
import dev.slipgate.runtime.cluster.ClusterProcess;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import java.security.KeyPair;

/** What runs a gateway until SIGTERM or SIGINT. */
public final class GatewayCommand {
    private GatewayCommand() {}

    /** What {@code ./slipgate gateway} does. */
    public static ProcessBody body() {
        return (configuration, lifecycle) -> start(configuration.settings(), lifecycle);
    }

    /** The key and the dialect first, so that a mistake in them is told before any waiting. */
    private static void start(Settings settings, ProcessLifecycle lifecycle)
            throws InterruptedException {
        KeyPair rootKey = RootKey.load(settings.gateway().mpgameserver());
        EndpointFactory endpoints = MpGameServerEndpoints.of(settings.gateway(), rootKey);
        int eventLoops = settings.gateway().eventLoops();
        ClusterProcess process =
                ClusterProcess.start(settings, Role.GATEWAY, eventLoops, lifecycle);
        GatewayConfig config =
                GatewayConfig.of(
                        process.processId(),
                        settings.gateway(),
                        settings.link(),
                        ProductVersion.version());
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
}
