package dev.slipgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is asked of source files, whatever is in them. */
class SourceRulesTest {
    private static final Path ROOT = Path.of("..");
    private static final int MAX_LINES = 450;

    @Test
    void noFileIsLongerThanAReaderHolds() {
        assertThat(sources().filter(file -> lines(file) > MAX_LINES)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsAndThatNothingInItIsNull() {
        List<Path> packages =
                sources().filter(SourceRulesTest::isMain).map(Path::getParent).toList();

        assertThat(packages.stream().distinct())
                .isNotEmpty()
                .allSatisfy(
                        folder ->
                                assertThat(Files.readString(folder.resolve("package-info.java")))
                                        .contains("/**", "@NullMarked"));
    }

    private static boolean isMain(Path file) {
        return file.toString().contains("/src/main/java/");
    }

    private static Stream<Path> sources() {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules
                    .map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceRulesTest::javaFiles)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
