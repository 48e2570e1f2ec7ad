package dev.slipgate.testing.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the product and the simulation anew, with faults planted into the bytes of some classes:
 * the product needs no switch for it.
 */
final class MutantLoader extends ClassLoader {
    private static final String OURS = "dev.slipgate.";

    private final ClassLoader original;
    private final List<Mutation> mutations;

    MutantLoader(ClassLoader original, List<Mutation> mutations) {
        super(original);
        this.original = original;
        this.mutations = mutations;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return name.startsWith(OURS) ? define(name) : super.loadClass(name, resolve);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = read(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        for (Mutation each : mutations) {
            if (each.className().equals(name)) {
                bytes = each.plant(bytes, original);
            }
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte @Nullable [] read(String resource) {
        try (InputStream in = original.getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
    }
}
