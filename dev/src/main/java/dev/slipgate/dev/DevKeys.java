package dev.slipgate.dev;

import dev.slipgate.gateway.GatewayCredentials;
import dev.slipgate.gateway.TokenVerifiers;
import dev.slipgate.gateway.mpgameserver.RootKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.config.MpGameServerSettings;
import dev.slipgate.runtime.keys.CertificateFiles;
import dev.slipgate.runtime.keys.GatewayKeyFiles;
import dev.slipgate.runtime.keys.RootKeyFiles;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a dev process: the configured ones, or such as are made once and kept.
 *
 * @param pair what the gateway signs with towards mpgameserver clients
 * @param publicFile what those pin; null when it was configured as text
 * @param gatewayKeys what the gateway answers to in the native protocol
 * @param certificate of TLS and WSS
 */
record DevKeys(
        KeyPair pair,
        @Nullable Path publicFile,
        GatewayKeys gatewayKeys,
        CertificateFiles certificate) {
    /** Where keys are made unless one is configured; below the working directory. */
    static final Path DIRECTORY = Path.of(".slipgate", "keys");

    static DevKeys of(GatewaySettings settings, Path directory) {
        MpGameServerSettings dialect = settings.mpgameserver();
        GatewayKeys gatewayKeys = gatewayKeys(settings, directory);
        CertificateFiles certificate = certificate(settings, directory);
        if (dialect.rootKeyPem() != null) {
            return new DevKeys(RootKey.load(dialect), null, gatewayKeys, certificate);
        }
        RootKeyFiles files = rootKey(dialect, directory);
        return new DevKeys(
                RootKey.load(files.privateKey()), files.publicKey(), gatewayKeys, certificate);
    }

    /** What the gateway of a dev process is given. */
    GatewayCredentials credentials() {
        return new GatewayCredentials(pair, gatewayKeys, certificate, TokenVerifiers.installed());
    }

    private static CertificateFiles certificate(GatewaySettings settings, Path directory) {
        CertificateFiles configured = GatewayCredentials.certificate(settings.slipgate().tls());
        if (configured != null) {
            return configured;
        }
        CertificateFiles own = CertificateFiles.in(directory, CertificateFiles.NAME);
        own.createOnce();
        return own;
    }

    private static GatewayKeys gatewayKeys(GatewaySettings settings, Path directory) {
        if (!settings.keyFiles().isEmpty()) {
            return GatewayKeyFiles.load(settings.keyFiles());
        }
        GatewayKeyFiles own = GatewayKeyFiles.in(directory, GatewayKeyFiles.NAME);
        own.createOnce();
        return GatewayKeyFiles.load(List.of(own.privateKey()));
    }

    private static RootKeyFiles rootKey(MpGameServerSettings settings, Path directory) {
        Path configured = settings.rootKeyFile();
        if (configured == null) {
            RootKeyFiles own = RootKeyFiles.in(directory, RootKeyFiles.NAME);
            own.createOnce();
            return own;
        }
        String name = configured.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        return new RootKeyFiles(configured, configured.resolveSibling(stem + ".pub"));
    }
}
