package dev.slipgate.gateway;

import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.ClusterMember;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.runtime.cli.ProductVersion;
import dev.slipgate.runtime.cli.SettingsCommand.ProcessBody;
import dev.slipgate.runtime.cluster.ClusterProcess;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.lifecycle.ProcessLifecycle;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs a gateway until SIGTERM or SIGINT. */
public final class GatewayCommand {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCommand.class);

    private GatewayCommand() {}

    /** What {@code ./slipgate gateway} does. */
    public static ProcessBody body() {
        return (configuration, lifecycle) -> start(configuration.settings(), lifecycle);
    }

    /** The keys and the dialect first, so that a mistake in them is told before any waiting. */
    private static void start(Settings settings, ProcessLifecycle lifecycle)
            throws InterruptedException {
        TokenVerifier verifier = TokenVerifiers.installed();
        GatewayCredentials credentials = GatewayCredentials.load(settings.gateway(), verifier);
        List<Entrance> entrances = Entrances.of(settings.gateway(), credentials);
        int eventLoops = settings.gateway().eventLoops();
        ClusterProcess process =
                ClusterProcess.start(settings, Role.GATEWAY, eventLoops, lifecycle);
        GatewayConfig config = config(settings, process.processId(), credentials.keys());
        ClusterMember member = process.member();
        warnOfAnonymous(credentials);
        GatewayProcess gateway =
                GatewayProcess.start(
                                config,
                                member.vertx(),
                                member.directory(),
                                entrances,
                                process.health(),
                                process.stats())
                        .await();
        lifecycle.onStop("gateway", ClusterProcess.STOP_LIMIT, () -> gateway.stop().await());
    }

    private static void warnOfAnonymous(GatewayCredentials credentials) {
        if (credentials.keys() != null && credentials.verifier() == TokenVerifier.ANONYMOUS) {
            LOG.warn(
                    "No token verifier on the class path: every native client is let in, without an"
                            + " identity");
        }
    }

    private static GatewayConfig config(
            Settings settings, long processId, @Nullable GatewayKeys keys) {
        GatewayConfig config =
                GatewayConfig.of(
                        processId, settings.gateway(), settings.link(), ProductVersion.version());
        return keys == null ? config : config.withKeys(keys);
    }
}
