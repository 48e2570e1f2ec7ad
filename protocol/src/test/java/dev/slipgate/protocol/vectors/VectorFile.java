package dev.slipgate.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One file of {@code docs/wire-vectors}: built in memory, then compared with what is recorded, or
 * written when {@code -Dslipgate.rewriteVectors=true}.
 */
public final class VectorFile {
    private static final Path DIRECTORY =
            Path.of(System.getProperty("basedir", "."), "..", "docs", "wire-vectors");

    private final String name;
    private final Map<String, Object> root = new LinkedHashMap<>();
    private final List<Map<String, Object>> vectors = new ArrayList<>();

    /**
     * @param name of the file
     * @param title what is in it
     */
    public VectorFile(String name, String title) {
        this.name = name;
        root.put("title", title);
        root.put("document", "docs/wire-protocol.md, version 1");
    }

    /** Adds something that is common to all vectors of the file. */
    public void common(String key, Object value) {
        root.put(key, value);
    }

    /** Adds a vector. */
    public void add(Map<String, Object> vector) {
        vectors.add(vector);
    }

    public List<Map<String, Object>> vectors() {
        return vectors;
    }

    /** Compares with the file, or writes it. */
    public void checkOrRewrite() throws IOException {
        root.put("vectors", vectors);
        String text = text();
        Path path = DIRECTORY.resolve(name);
        if (Boolean.getBoolean("slipgate.rewriteVectors")) {
            Files.createDirectories(DIRECTORY);
            Files.writeString(path, text);
        }
        assertThat(Files.readString(path))
                .as("%s; -Dslipgate.rewriteVectors=true makes it anew", name)
                .isEqualTo(text);
    }

    private String text() throws IOException {
        var indenter = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
    }
}
