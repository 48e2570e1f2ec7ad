package dev.slipgate.gateway;

import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The token verifier of a gateway: the one that a jar on its class path provides by {@code
 * META-INF/services/dev.slipgate.protocol.session.TokenVerifier}, else {@link
 * TokenVerifier#ANONYMOUS}.
 */
public final class TokenVerifiers {
    private TokenVerifiers() {}

    /**
     * Looks for it once, at start.
     *
     * @throws StartFailure when there are several: which one decides must not be left to chance
     */
    public static TokenVerifier installed() {
        return installed(Thread.currentThread().getContextClassLoader());
    }

    static TokenVerifier installed(ClassLoader from) {
        List<TokenVerifier> found =
                ServiceLoader.load(TokenVerifier.class, from).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        if (found.size() > 1) {
            throw new StartFailure(
                    "there are several token verifiers on the class path: "
                            + found.stream().map(v -> v.getClass().getName()).toList(),
                    "leave one of them");
        }
        return found.isEmpty() ? TokenVerifier.ANONYMOUS : found.getFirst();
    }
}
