package dev.slipgate.sdk.apps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A jar with apps, compiled on the spot. */
final class AppJar {
    private static final String SERVICES = "META-INF/services/dev.slipgate.sdk.App";

    private final Path dir;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> providers = new ArrayList<>();

    AppJar(Path dir) {
        this.dir = dir;
    }

    /** An app that does nothing, of this class, named as a provider. */
    AppJar app(String className, String body) {
        int dot = className.lastIndexOf('.');
        sources.put(
                className,
                "package %s; public class %s implements dev.slipgate.sdk.App { %s }"
                        .formatted(
                                className.substring(0, dot), className.substring(dot + 1), body));
        return provider(className);
    }

    AppJar provider(String className) {
        providers.add(className);
        return this;
    }

    Path write() throws IOException {
        Path classes = Files.createDirectory(dir.resolve("classes"));
        if (!sources.isEmpty()) {
            compile(classes);
        }
        Path jar = dir.resolve("game.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entry(out, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
            if (!providers.isEmpty()) {
                entry(out, SERVICES, String.join("\n", providers).getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static void entry(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    private void compile(Path classes) {
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(unit(name, text)));
        boolean compiled =
                ToolProvider.getSystemJavaCompiler()
                        .getTask(
                                null,
                                null,
                                null,
                                Arrays.asList(
                                        "-proc:none",
                                        "-d",
                                        classes.toString(),
                                        "-cp",
                                        System.getProperty("java.class.path")),
                                null,
                                units)
                        .call();
        if (!compiled) {
            throw new UncheckedIOException(new IOException("the test's app does not compile"));
        }
    }

    private static JavaFileObject unit(String className, String text) {
        URI uri = URI.create("string:///" + className.replace('.', '/') + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
