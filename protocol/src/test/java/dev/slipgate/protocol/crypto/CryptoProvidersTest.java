package dev.slipgate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CryptoProvidersTest {
    private static final List<CryptoChoice> JDK_ONLY =
            List.of(
                    new CryptoChoice("accp", () -> new CryptoCandidate.Unavailable("no library")),
                    new CryptoChoice("jdk", CryptoCandidate::jdk));

    @Test
    void autoPrefersTheNativeProviderAndFallsBackToTheJdk() {
        assertThat(CryptoProviders.select("auto"))
                .isSameAs(CryptoProviders.select(CryptoProviders.available().getFirst()));
        assertThat(CryptoProviders.select("auto", JDK_ONLY).name()).isEqualTo("jdk");
    }

    @Test
    void aProviderIsSelectedByItsName() {
        for (String name : CryptoProviders.available()) {
            assertThat(CryptoProviders.select(name).name()).startsWith(name);
            assertThat(CryptoProviders.select(name)).isSameAs(CryptoProviders.select(name));
        }
    }

    @Test
    void askingForTheJdkDoesNotLoadTheNativeLibrary() {
        CryptoChoice untouched =
                new CryptoChoice(
                        "accp",
                        () -> {
                            throw new AssertionError("looked for");
                        });
        List<CryptoChoice> choices = List.of(untouched, JDK_ONLY.getLast());
        assertThat(CryptoProviders.select("jdk", choices).name()).isEqualTo("jdk");
    }

    @Test
    void askingForOneThatDoesNotWorkSaysWhyAndWhatElse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CryptoProviders.select("accp", JDK_ONLY))
                .withMessage(
                        "crypto provider 'accp' does not work on this machine (no library): choose"
                                + " auto or jdk");
    }

    @Test
    void askingForOneThatDoesNotExistNamesThoseThatDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CryptoProviders.select("openssl"))
                .withMessage("no crypto provider is called 'openssl': choose auto or accp or jdk");
    }

    @Test
    void whereTheNativeLibraryDoesNotLoadTheJdkServesInSilence() throws Exception {
        String classPath = System.getProperty("java.class.path");
        assertThat(
                        outputOf(
                                "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true",
                                "-cp",
                                classPath))
                .isEqualTo("[jdk] by jdk");
    }

    @Test
    void whereTheNativeProviderIsNotOnTheClassPathTheJdkServesInSilence() throws Exception {
        assertThat(outputOf("-cp", classPathWithout("AmazonCorretto"))).isEqualTo("[jdk] by jdk");
    }

    @Test
    void whereConscryptIsNotOnTheClassPathTheJdkDoesX25519InSilence() throws Exception {
        assumeThat(CryptoProviders.available()).contains(CryptoProviders.ACCP);
        assertThat(outputOf("-cp", classPathWithout("conscrypt"))).isEqualTo("[accp, jdk] by accp");
    }

    @Test
    void whereConscryptDoesNotLoadTheJdkDoesX25519InSilence() throws Exception {
        assumeThat(CryptoProviders.available()).contains(CryptoProviders.ACCP);
        String classPath = System.getProperty("java.class.path");
        assertThat(outputOf("-Dos.arch=unheard-of", "-cp", classPath))
                .isEqualTo("[accp, jdk] by accp");
        assertThat(outputOf("-cp", classPath)).isEqualTo("[accp, jdk] by accp+conscrypt");
    }

    private static String classPathWithout(String jar) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains(jar))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Prints what is available, and works; run in a JVM of its own. */
    static final class PrintAvailable {
        public static void main(String[] args) {
            Crypto crypto = CryptoProviders.select(CryptoProviders.AUTO);
            crypto.generateX25519();
            System.out.println(CryptoProviders.available() + " by " + crypto.name());
        }
    }

    private static String outputOf(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(options));
        command.add(PrintAvailable.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
