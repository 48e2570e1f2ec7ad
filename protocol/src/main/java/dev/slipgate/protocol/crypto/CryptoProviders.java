package dev.slipgate.protocol.crypto;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The choice among the providers behind {@link Crypto}. The first call that has to look at the
 * native ones loads and tests their libraries (about 300 ms); later calls cost nothing.
 * Thread-safe.
 */
public final class CryptoProviders {
    /** The fastest that works on this machine. */
    public static final String AUTO = "auto";

    /** The Amazon Corretto Crypto Provider, native, on 64-bit Linux; with Conscrypt's X25519. */
    public static final String ACCP = "accp";

    /** SunJCE and SunEC, everywhere. */
    public static final String JDK = "jdk";

    private static final List<CryptoChoice> CHOICES =
            List.of(
                    new CryptoChoice(ACCP, CryptoCandidate::accp),
                    new CryptoChoice(JDK, CryptoCandidate::jdk));

    private CryptoProviders() {}

    /** The names of the providers that work here, best first; without {@link #AUTO}. */
    public static List<String> available() {
        return working(CHOICES).map(CryptoChoice::name).toList();
    }

    /**
     * The provider of that name; the same object each time.
     *
     * @param name {@link #AUTO}, {@link #ACCP} or {@link #JDK}
     * @throws IllegalArgumentException when there is none of that name, or it does not work here;
     *     the message says what to choose instead
     */
    public static Crypto select(String name) {
        return select(name, CHOICES);
    }

    /**
     * @param choices best first
     */
    static Crypto select(String name, List<CryptoChoice> choices) {
        CryptoChoice choice =
                name.equals(AUTO)
                        ? working(choices).findFirst().orElse(choices.getLast())
                        : named(name, choices);
        return switch (choice.candidate()) {
            case CryptoCandidate.Works works -> works.crypto();
            case CryptoCandidate.Unavailable missing ->
                    throw new IllegalArgumentException(
                            "crypto provider '%s' does not work on this machine (%s): choose %s"
                                    .formatted(
                                            choice.name(),
                                            missing.problem(),
                                            names(working(choices))));
        };
    }

    private static CryptoChoice named(String name, List<CryptoChoice> choices) {
        for (CryptoChoice choice : choices) {
            if (choice.name().equals(name)) {
                return choice;
            }
        }
        throw new IllegalArgumentException(
                "no crypto provider is called '%s': choose %s"
                        .formatted(name, names(choices.stream())));
    }

    private static Stream<CryptoChoice> working(List<CryptoChoice> choices) {
        return choices.stream()
                .filter(choice -> choice.candidate() instanceof CryptoCandidate.Works);
    }

    private static String names(Stream<CryptoChoice> choices) {
        return Stream.concat(Stream.of(AUTO), choices.map(CryptoChoice::name))
                .collect(Collectors.joining(" or "));
    }
}
