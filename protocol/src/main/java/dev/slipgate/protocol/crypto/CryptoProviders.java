package dev.slipgate.protocol.crypto;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The choice among the providers behind {@link Crypto}. The first call loads and tests the native
 * library (about 200 ms), later ones cost nothing. Thread-safe.
 */
public final class CryptoProviders {
    /** The fastest that works on this machine. */
    public static final String AUTO = "auto";

    /** The Amazon Corretto Crypto Provider, native, on 64-bit Linux. */
    public static final String ACCP = "accp";

    /** SunJCE and SunEC, everywhere. */
    public static final String JDK = "jdk";

    private CryptoProviders() {}

    /** The names of the providers that work here, best first; without {@link #AUTO}. */
    public static List<String> available() {
        return working(OnThisMachine.CANDIDATES).map(CryptoCandidate::name).toList();
    }

    /**
     * The provider of that name; the same object each time.
     *
     * @param name {@link #AUTO}, {@link #ACCP} or {@link #JDK}
     * @throws IllegalArgumentException when there is none of that name, or it does not work here;
     *     the message says what to choose instead
     */
    public static Crypto select(String name) {
        return select(name, OnThisMachine.CANDIDATES);
    }

    /**
     * @param candidates best first
     */
    static Crypto select(String name, List<CryptoCandidate> candidates) {
        if (name.equals(AUTO)) {
            return working(candidates)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(noneWorks(candidates)))
                    .crypto();
        }
        for (CryptoCandidate candidate : candidates) {
            if (candidate.name().equals(name)) {
                return switch (candidate) {
                    case CryptoCandidate.Works works -> works.crypto();
                    case CryptoCandidate.Unavailable missing ->
                            throw new IllegalArgumentException(refusal(missing, candidates));
                };
            }
        }
        throw new IllegalArgumentException(
                "no crypto provider is called '"
                        + name
                        + "': choose "
                        + AUTO
                        + ", "
                        + candidates.stream()
                                .map(CryptoCandidate::name)
                                .collect(Collectors.joining(" or ")));
    }

    private static Stream<CryptoCandidate.Works> working(List<CryptoCandidate> candidates) {
        return candidates.stream()
                .filter(CryptoCandidate.Works.class::isInstance)
                .map(CryptoCandidate.Works.class::cast);
    }

    private static String refusal(
            CryptoCandidate.Unavailable missing, List<CryptoCandidate> candidates) {
        String others =
                working(candidates)
                        .map(CryptoCandidate::name)
                        .collect(Collectors.joining(" or ", AUTO + " or ", ""));
        return "crypto provider '%s' does not work on this machine, %s: choose %s"
                .formatted(missing.name(), missing.problem(), others);
    }

    private static String noneWorks(List<CryptoCandidate> candidates) {
        return "no crypto provider works on this machine: " + candidates;
    }

    /** Made when first asked for, since looking is what loads the native library. */
    private static final class OnThisMachine {
        static final List<CryptoCandidate> CANDIDATES =
                List.of(CryptoCandidate.accp(), CryptoCandidate.jdk());
    }
}
