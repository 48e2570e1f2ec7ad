package dev.slipgate.runtime.keys;

import dev.slipgate.protocol.crypto.P256KeyFile;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/**
 * The root key pair of mpgameserver listeners as two PEM files, named as {@code mpcli genkey} names
 * them: the private half for the gateway, the public half for clients to pin.
 *
 * @param privateKey {@code NAME.key}, mode 600
 * @param publicKey {@code NAME.pub}
 */
public record RootKeyFiles(Path privateKey, Path publicKey) {
    /** The usual name of the pair. */
    public static final String NAME = "root";

    /** Where the pair of this name is, or would be. */
    public static RootKeyFiles in(Path directory, String name) {
        return new RootKeyFiles(directory.resolve(name + ".key"), directory.resolve(name + ".pub"));
    }

    /**
     * @throws StartFailure when one of the files is there
     */
    public void requireAbsent() {
        files().requireAbsent();
    }

    /**
     * Makes a pair; the directory too, mode 700, when it is not there.
     *
     * @throws StartFailure when one of the files is there, or cannot be written
     */
    public void create() {
        files().create(generate());
    }

    /**
     * Makes the pair unless its private half is there already: how {@code dev} keeps its keys from
     * run to run. Processes that do so at the same time get the same pair.
     *
     * @return whether it was made now
     * @throws StartFailure when it cannot be written
     */
    public boolean createOnce() {
        return files().createOnce(RootKeyFiles::generate);
    }

    private KeyFilePair files() {
        return new KeyFilePair(privateKey, publicKey);
    }

    private static KeyFilePair.Texts generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new KeyFilePair.Texts(
                    P256KeyFile.writePrivate(pair), P256KeyFile.writePublic(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
