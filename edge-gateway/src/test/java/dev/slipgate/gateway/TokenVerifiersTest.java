package dev.slipgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenVerifiersTest {
    @TempDir Path jar;

    /** What a studio would write. */
    public static class Strict implements TokenVerifier {
        @Override
        public Verdict verify(byte[] token) {
            return new Verdict.Refused("no");
        }
    }

    /** Another one. */
    public static final class Stricter extends Strict {}

    @Test
    void whoeverTheClassPathProvidesDecides() throws IOException {
        assertThat(TokenVerifiers.installed(providing(Strict.class))).isInstanceOf(Strict.class);
    }

    @Test
    void withoutOneEverybodyIsLetIn() throws IOException {
        assertThat(TokenVerifiers.installed(providing())).isSameAs(TokenVerifier.ANONYMOUS);
    }

    @Test
    void whichOfTwoDecidesIsNotLeftToChance() {
        assertThatThrownBy(() -> TokenVerifiers.installed(providing(Strict.class, Stricter.class)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("Strict")
                .hasMessageContaining("Stricter");
    }

    private ClassLoader providing(Class<?>... verifiers) throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        var lines = new StringBuilder();
        for (Class<?> verifier : verifiers) {
            lines.append(verifier.getName()).append('\n');
        }
        Files.writeString(services.resolve(TokenVerifier.class.getName()), lines);
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
    }
}
