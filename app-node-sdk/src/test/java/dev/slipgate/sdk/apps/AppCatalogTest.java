package dev.slipgate.sdk.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.echo.EchoApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppCatalogTest {
    @TempDir private Path dir;

    @Test
    void echoRunsWhenNothingIsNamed() {
        assertThat(AppCatalog.find(null, null)).isInstanceOf(EchoApp.class);
        assertThat(AppCatalog.find(null, "echo")).isInstanceOf(EchoApp.class);
    }

    @Test
    void theOnlyAppOfAJarNeedsNoName() throws IOException {
        Path jar = new AppJar(dir).app("game.RelayChatApp", "").write();

        App app = AppCatalog.find(jar, null);

        assertThat(app.getClass().getName()).isEqualTo("game.RelayChatApp");
    }

    @Test
    void anAppAnswersToItsShortNameItsClassAndItsFullClass() throws IOException {
        Path jar =
                new AppJar(dir)
                        .app("game.RelayChatApp", "")
                        .app("game.HTTPLobby", "")
                        .app("game.App2", "")
                        .write();

        for (String name :
                new String[] {"relay-chat", "Relay-Chat", "RelayChatApp", "game.RelayChatApp"}) {
            assertThat(AppCatalog.find(jar, name).getClass().getSimpleName())
                    .isEqualTo("RelayChatApp");
        }
        assertThat(AppCatalog.find(jar, "http-lobby").getClass().getSimpleName())
                .isEqualTo("HTTPLobby");
        assertThat(AppCatalog.find(jar, "app2").getClass().getSimpleName()).isEqualTo("App2");
    }

    @Test
    void theJarsAppWinsOverABuiltInOneOfTheSameName() throws IOException {
        Path jar = new AppJar(dir).app("game.EchoApp", "").app("game.OtherApp", "").write();

        assertThat(AppCatalog.find(jar, "echo").getClass().getName()).isEqualTo("game.EchoApp");
    }

    @Test
    void builtInAppsCanBeChosenBesidesAJar() throws IOException {
        Path jar = new AppJar(dir).app("game.OtherApp", "").write();

        assertThat(AppCatalog.find(jar, "echo")).isInstanceOf(EchoApp.class);
    }

    @Test
    void severalAppsWithoutANameAreListed() throws IOException {
        Path jar = new AppJar(dir).app("game.TagApp", "").app("game.ChatApp", "").write();

        assertRefused(jar, null)
                .hasMessage(
                        "app jar " + jar + " holds several apps: choose one with --app: chat, tag");
    }

    @Test
    void anUnknownAppIsToldWithTheNamesThereAre() throws IOException {
        Path jar = new AppJar(dir).app("game.TagApp", "").write();

        assertRefused(jar, "tga")
                .hasMessage(
                        "there is no app tga in "
                                + jar
                                + ": choose one with --app (echo, tag), or name its jar with"
                                + " --app-jar");
        assertRefused(null, "tag")
                .hasMessageStartingWith("there is no app tag in the class path: ")
                .hasMessageContaining("(echo)");
    }

    @Test
    void twoAppsOfTheSameShortNameAreToldApartByClass() throws IOException {
        Path jar = new AppJar(dir).app("a.TagApp", "").app("b.TagApp", "").write();

        assertRefused(jar, "tag").hasMessageEndingWith("choose one with --app: a.TagApp, b.TagApp");
        assertThat(AppCatalog.find(jar, "b.TagApp").getClass().getName()).isEqualTo("b.TagApp");
    }

    @Test
    void aJarThatIsMissingNoJarOrEmptyIsToldInOneLine() throws IOException {
        Path missing = dir.resolve("missing.jar");
        Path text = Files.writeString(dir.resolve("text.jar"), "not a jar");
        Path empty = new AppJar(dir).write();

        assertRefused(missing, null).hasMessageContaining(missing + " is not there: ");
        assertRefused(text, null).hasMessageContaining(text + " cannot be read");
        assertRefused(empty, "tag")
                .hasMessageContaining("holds no app: name its class in META-INF/services/");
    }

    @Test
    void aProviderThatDoesNotLoadIsToldInOneLine() throws IOException {
        Path jar = new AppJar(dir).provider("game.Absent").write();

        assertRefused(jar, null).hasMessageContaining("game.Absent");
    }

    @Test
    void anAppWhoseConstructorThrowsIsToldWithTheCause() throws IOException {
        Path jar =
                new AppJar(dir)
                        .app("game.TagApp", "{ if (true) throw new RuntimeException(\"no map\"); }")
                        .write();

        assertRefused(jar, null)
                .hasMessageContaining("game.TagApp cannot be made")
                .hasMessageContaining("no map");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            @Nullable Path jar, @Nullable String name) {
        return assertThatThrownBy(() -> AppCatalog.find(jar, name))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> {
                            assertThat(failure.lines()).hasSize(1);
                            assertThat(failure.exitCode()).isNotZero();
                        });
    }
}
