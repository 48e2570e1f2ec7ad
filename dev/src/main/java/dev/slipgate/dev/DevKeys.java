package dev.slipgate.dev;

import dev.slipgate.gateway.mpgameserver.RootKey;
import dev.slipgate.runtime.config.MpGameServerSettings;
import dev.slipgate.runtime.keys.RootKeyFiles;
import java.nio.file.Path;
import java.security.KeyPair;
import org.jspecify.annotations.Nullable;

/**
 * The root key of a dev process: the configured one, or one that is made once and kept.
 *
 * @param pair what the gateway signs with
 * @param publicFile what clients pin; null when it was configured as text
 */
record DevKeys(KeyPair pair, @Nullable Path publicFile) {
    /** Where keys are made unless one is configured; below the working directory. */
    static final Path DIRECTORY = Path.of(".slipgate", "keys");

    private static final String NAME = "root";

    static DevKeys of(MpGameServerSettings settings, Path directory) {
        if (settings.rootKeyPem() != null) {
            return new DevKeys(RootKey.load(settings), null);
        }
        RootKeyFiles files = files(settings, directory);
        return new DevKeys(RootKey.load(files.privateKey()), files.publicKey());
    }

    private static RootKeyFiles files(MpGameServerSettings settings, Path directory) {
        Path configured = settings.rootKeyFile();
        if (configured == null) {
            RootKeyFiles own = RootKeyFiles.in(directory, NAME);
            own.createOnce();
            return own;
        }
        String name = configured.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        return new RootKeyFiles(configured, configured.resolveSibling(stem + ".pub"));
    }
}
