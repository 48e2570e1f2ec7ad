package dev.slipgate.runtime.keys;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.crypto.InvalidKeyFileException;
import dev.slipgate.protocol.crypto.X25519KeyFile;
import dev.slipgate.protocol.slipgate.handshake.GatewayKey;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.protocol.slipgate.handshake.GatewayPublicKey;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A key of the native protocol as two files: the private half for the gateways of a cluster, as
 * PKCS #8 in PEM, and the public half for clients to pin, as one line of base64url.
 *
 * @param privateKey {@code NAME.key}, mode 600
 * @param publicKey {@code NAME.pub}
 */
public record GatewayKeyFiles(Path privateKey, Path publicKey) {
    /** The usual name of the pair. */
    public static final String NAME = "gateway";

    private static final String KEY = "gateway.key-files";

    /** Where the pair of this name is, or would be. */
    public static GatewayKeyFiles in(Path directory, String name) {
        return new GatewayKeyFiles(
                directory.resolve(name + ".key"), directory.resolve(name + ".pub"));
    }

    /**
     * @throws StartFailure when one of the files is there
     */
    public void requireAbsent() {
        files().requireAbsent();
    }

    /**
     * Makes a key; the directory too, mode 700, when it is not there.
     *
     * @return the half to pin
     * @throws StartFailure when one of the files is there, or cannot be written
     */
    public GatewayPublicKey create() {
        GatewayKey key = generate();
        files().create(texts(key));
        return key.publicKey();
    }

    /**
     * Makes the key unless its private half is there already: how {@code dev} keeps its keys from
     * run to run. Processes that do so at the same time get the same key.
     *
     * @return whether it was made now
     * @throws StartFailure when it cannot be written
     */
    public boolean createOnce() {
        return files().createOnce(() -> texts(generate()));
    }

    /**
     * Loads the keys that a gateway answers to.
     *
     * @param privateKeys files, the one to announce first; not empty
     * @throws StartFailure when one cannot be read or is no such key, or two are the same
     */
    public static GatewayKeys load(List<Path> privateKeys) {
        List<GatewayKey> keys = new ArrayList<>();
        for (Path file : privateKeys) {
            keys.add(GatewayKey.of(crypto(), read(file)));
        }
        try {
            return new GatewayKeys(keys);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    KEY + " has " + e.getMessage(),
                    "name each key once, and at most " + GatewayKeys.MAX_KEYS,
                    e);
        }
    }

    private static byte[] read(Path file) {
        try {
            // Any bytes decode: what is no PEM is told so below.
            return X25519KeyFile.readPrivate(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (InvalidKeyFileException e) {
            throw new StartFailure("gateway key file " + file, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StartFailure(
                    "gateway key file %s cannot be read (%s)"
                            .formatted(file, e.getClass().getSimpleName()),
                    "check that it is there and that you may read it",
                    e);
        }
    }

    private KeyFilePair files() {
        return new KeyFilePair(privateKey, publicKey);
    }

    private static GatewayKey generate() {
        return GatewayKey.of(crypto(), crypto().generateX25519());
    }

    /** For a few keys, loading a native library would take longer than the JDK does. */
    private static Crypto crypto() {
        return CryptoProviders.select(CryptoProviders.JDK);
    }

    private static KeyFilePair.Texts texts(GatewayKey key) {
        return new KeyFilePair.Texts(
                X25519KeyFile.writePrivate(key.pair().privateKey()), key.publicKey().text() + "\n");
    }
}
