package dev.slipgate.protocol.crypto;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A provider that can be asked for by name, looked for when that first happens. Thread-safe. */
final class CryptoChoice {
    private final String name;
    private final Supplier<CryptoCandidate> search;
    private @Nullable CryptoCandidate found;

    CryptoChoice(String name, Supplier<CryptoCandidate> search) {
        this.name = name;
        this.search = search;
    }

    String name() {
        return name;
    }

    synchronized CryptoCandidate candidate() {
        if (found == null) {
            found = search.get();
        }
        return found;
    }
}
