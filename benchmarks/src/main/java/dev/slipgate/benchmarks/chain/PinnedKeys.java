package dev.slipgate.benchmarks.chain;

import dev.slipgate.benchmarks.load.PinnedKey;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.crypto.InvalidKeyFileException;
import dev.slipgate.protocol.crypto.P256KeyFile;
import dev.slipgate.protocol.slipgate.handshake.GatewayPublicKey;
import dev.slipgate.runtime.keys.GatewayKeyFiles;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the keys come from that clients pin. */
public final class PinnedKeys {
    private static final String PRIVATE = "PRIVATE KEY";

    private PinnedKeys() {}

    /** A key that no gateway has. */
    public static PinnedKey nobodys(Protocol protocol) {
        return switch (protocol) {
            case SLIPGATE -> new PinnedKey.OfSlipgate(crypto().generateX25519().publicKey());
            case MPGAMESERVER -> new PinnedKey.OfMpGameServer(crypto().generateP256().getPublic());
        };
    }

    /**
     * Reads a gateway's key, of the public or the private file.
     *
     * @throws StartFailure when it cannot be read or is something else
     */
    public static PinnedKey read(Protocol protocol, Path file) {
        try {
            // Any bytes decode: what is no key is told so below.
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return switch (protocol) {
                case SLIPGATE -> slipgate(file, text);
                case MPGAMESERVER -> mpGameServer(text);
            };
        } catch (IOException unreadable) {
            throw new StartFailure(
                    "cannot read the key " + file, "name a key file that exists", unreadable);
        } catch (InvalidKeyFileException | IllegalArgumentException wrong) {
            throw new StartFailure(file.toString(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static PinnedKey slipgate(Path file, String text) {
        GatewayPublicKey key =
                text.contains(PRIVATE)
                        ? GatewayKeyFiles.load(List.of(file)).announced().publicKey()
                        : GatewayPublicKey.parse(crypto(), text.strip());
        return new PinnedKey.OfSlipgate(key.bytes());
    }

    private static PinnedKey mpGameServer(String text) throws InvalidKeyFileException {
        return new PinnedKey.OfMpGameServer(
                text.contains(PRIVATE)
                        ? P256KeyFile.readPrivate(text).getPublic()
                        : P256KeyFile.readPublic(text));
    }

    /** For a few keys, loading a native library would take longer than the JDK does. */
    private static Crypto crypto() {
        return CryptoProviders.select(CryptoProviders.JDK);
    }
}
