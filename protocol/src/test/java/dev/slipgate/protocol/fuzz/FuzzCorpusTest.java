package dev.slipgate.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every fuzz target on every file of its corpus, and on nothing at all, as ordinary tests: without
 * the fuzzer, whose agent would weigh upon the tests beside it. Corpora lie in the resources under
 * {@code <Target>Inputs/fuzz}, where the fuzzer takes its seeds from and puts its findings.
 */
class FuzzCorpusTest {
    private static final String SUFFIX = "Fuzz.class";

    @Test
    void everyTargetHasACorpus() throws Exception {
        assertThat(targets()).hasSizeGreaterThanOrEqualTo(9);
        for (Class<?> target : targets()) {
            assertThat(corpus(target)).as(target.getSimpleName()).isNotEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> aTargetStandsItsCorpus() throws Exception {
        return targets().stream()
                .map(
                        target ->
                                DynamicTest.dynamicTest(
                                        target.getSimpleName(), () -> runAll(target)));
    }

    private static void runAll(Class<?> target) throws Exception {
        run(target, "nothing", new byte[0]);
        for (Path file : corpus(target)) {
            run(target, file.getFileName().toString(), Files.readAllBytes(file));
        }
    }

    private static void run(Class<?> target, String name, byte[] input) throws Exception {
        Constructor<?> constructor = target.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method method = target.getDeclaredMethod("fuzz", byte[].class);
        method.setAccessible(true);
        assertThat(method.isAnnotationPresent(FuzzTest.class)).isTrue();
        try {
            method.invoke(constructor.newInstance(), input);
        } catch (InvocationTargetException e) {
            throw new AssertionError("on the input " + name, e.getCause());
        }
    }

    private static List<Class<?>> targets() throws IOException, URISyntaxException {
        Path classes =
                Path.of(
                        FuzzCorpusTest.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .map(file -> load(classes.relativize(file).toString()))
                    .<Class<?>>map(target -> target)
                    .toList();
        }
    }

    private static Class<?> load(String file) {
        String name = file.substring(0, file.length() - ".class".length());
        try {
            return Class.forName(name.replace(java.io.File.separatorChar, '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> corpus(Class<?> target) throws URISyntaxException {
        var folder = target.getResource(target.getSimpleName() + "Inputs/fuzz");
        if (folder == null) {
            return List.of();
        }
        return Arrays.stream(Path.of(folder.toURI()).toFile().listFiles())
                .map(java.io.File::toPath)
                .sorted()
                .toList();
    }
}
