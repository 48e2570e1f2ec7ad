package dev.slipgate.gateway;

import dev.slipgate.protocol.crypto.InvalidKeyFileException;
import dev.slipgate.protocol.crypto.P256KeyFile;
import dev.slipgate.runtime.config.MpGameServerSettings;
import dev.slipgate.runtime.config.Secret;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;

/** Reads the lasting key pair of a gateway, whose public half clients pin. */
final class RootKey {
    private static final String FILE_KEY = "gateway.mpgameserver.root-key";
    private static final String PEM_KEY = "gateway.mpgameserver.root-key-pem";

    private RootKey() {}

    /**
     * The configured pair.
     *
     * @throws StartFailure when none is configured, or it cannot be read
     */
    static KeyPair read(MpGameServerSettings settings) {
        Secret pem = settings.rootKeyPem();
        Path file = settings.rootKeyFile();
        if (pem != null) {
            return decode("the text of " + PEM_KEY, pem.value());
        }
        if (file == null) {
            throw new StartFailure(
                    "the gateway has no root key",
                    "make one with slipgate keygen, and set " + FILE_KEY + " to the file");
        }
        try {
            return decode(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new StartFailure(
                    "cannot read the root key " + file,
                    "set " + FILE_KEY + " to a file that this user may read",
                    unreadable);
        }
    }

    private static KeyPair decode(String what, String text) {
        try {
            return P256KeyFile.readPrivate(text);
        } catch (InvalidKeyFileException invalid) {
            throw new StartFailure(
                    what + " is no root key", String.valueOf(invalid.getMessage()), invalid);
        }
    }
}
