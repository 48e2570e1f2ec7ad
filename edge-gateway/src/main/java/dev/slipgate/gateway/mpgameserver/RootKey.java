package dev.slipgate.gateway.mpgameserver;

import dev.slipgate.protocol.crypto.InvalidKeyFileException;
import dev.slipgate.protocol.crypto.P256KeyFile;
import dev.slipgate.runtime.config.MpGameServerSettings;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;

/** The key pair whose public half clients pin. */
public final class RootKey {
    private static final String KEY = "gateway.mpgameserver.root-key";

    private RootKey() {}

    /**
     * Loads the pair that the settings name.
     *
     * @throws StartFailure when none is set, or it cannot be read
     */
    public static KeyPair load(MpGameServerSettings settings) {
        if (settings.rootKeyPem() != null) {
            return parse(settings.rootKeyPem().value(), KEY + "-pem");
        }
        if (settings.rootKeyFile() == null) {
            throw new StartFailure(
                    "no root key is set",
                    "make one with slipgate keygen, and name it by --root-key or " + KEY);
        }
        return load(settings.rootKeyFile());
    }

    /**
     * Loads the pair in a file.
     *
     * @throws StartFailure when it cannot be read
     */
    public static KeyPair load(Path file) {
        try {
            // Any bytes decode: what is no PEM is told so below.
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
        } catch (IOException e) {
            throw new StartFailure(
                    "root key file "
                            + file
                            + " cannot be read ("
                            + e.getClass().getSimpleName()
                            + ")",
                    "check that it is there and that you may read it",
                    e);
        }
    }

    private static KeyPair parse(String pem, String origin) {
        try {
            return P256KeyFile.readPrivate(pem);
        } catch (InvalidKeyFileException e) {
            throw new StartFailure("root key " + origin, String.valueOf(e.getMessage()), e);
        }
    }
}
