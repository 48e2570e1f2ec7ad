package dev.slipgate.gateway;

import dev.slipgate.gateway.mpgameserver.RootKey;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.config.MpGameServerSettings;
import dev.slipgate.runtime.config.TlsSettings;
import dev.slipgate.runtime.keys.CertificateFiles;
import dev.slipgate.runtime.keys.GatewayKeyFiles;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.security.KeyPair;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway proves itself by, and what it takes as a client's proof. What is not there is not
 * listened for.
 *
 * @param rootKey towards mpgameserver clients; null for none of them
 * @param keys towards native clients; null for none of them
 * @param certificate of TLS and WSS; null for neither
 * @param verifier says who a native client is
 */
public record GatewayCredentials(
        @Nullable KeyPair rootKey,
        @Nullable GatewayKeys keys,
        @Nullable CertificateFiles certificate,
        TokenVerifier verifier) {
    /**
     * Loads what the settings name.
     *
     * @throws StartFailure when something cannot be read, or there is no key at all
     */
    public static GatewayCredentials load(GatewaySettings settings, TokenVerifier verifier) {
        MpGameServerSettings dialect = settings.mpgameserver();
        boolean rooted =
                dialect.enabled()
                        && (dialect.rootKeyFile() != null || dialect.rootKeyPem() != null);
        boolean keyed = settings.slipgate().enabled() && !settings.keyFiles().isEmpty();
        if (!rooted && !keyed) {
            throw new StartFailure(
                    "no gateway key and no root key is set for a protocol that is enabled",
                    "make them with slipgate keygen, and name them by --key-files for native"
                            + " clients, by --root-key for those of mpgameserver");
        }
        return new GatewayCredentials(
                rooted ? RootKey.load(dialect) : null,
                keyed ? GatewayKeyFiles.load(settings.keyFiles()) : null,
                certificate(settings.slipgate().tls()),
                verifier);
    }

    /** The configured certificate, or null. */
    public static @Nullable CertificateFiles certificate(TlsSettings tls) {
        return tls.certificate() == null || tls.privateKey() == null
                ? null
                : new CertificateFiles(tls.certificate(), tls.privateKey());
    }
}
