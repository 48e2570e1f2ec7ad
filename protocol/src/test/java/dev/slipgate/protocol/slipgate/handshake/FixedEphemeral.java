package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A crypto port whose fresh X25519 keys are always the same, so that bytes can be compared. */
final class FixedEphemeral {
    private FixedEphemeral() {}

    static Crypto of(Crypto crypto, X25519KeyPair ephemeral) {
        return (Crypto)
                Proxy.newProxyInstance(
                        Crypto.class.getClassLoader(),
                        new Class<?>[] {Crypto.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("generateX25519")) {
                                return ephemeral;
                            }
                            try {
                                return method.invoke(crypto, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
