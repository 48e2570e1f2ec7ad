package dev.slipgate.sdk.apps;

import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.sdk.App;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** One app that was found, not yet made. */
final class AppEntry {
    private static final String SUFFIX = "App";
    private static final Pattern WORD_STARTS =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private final ServiceLoader.Provider<App> provider;
    private final Class<? extends App> type;

    AppEntry(ServiceLoader.Provider<App> provider) {
        this.provider = provider;
        this.type = provider.type();
    }

    boolean loadedBy(ClassLoader loader) {
        return type.getClassLoader() == loader;
    }

    String className() {
        return type.getName();
    }

    /** {@code RelayChatApp} is {@code relay-chat}. */
    String name() {
        String simple = type.getSimpleName();
        boolean suffixed = simple.endsWith(SUFFIX) && simple.length() > SUFFIX.length();
        String stem = suffixed ? simple.substring(0, simple.length() - SUFFIX.length()) : simple;
        return WORD_STARTS.matcher(stem).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    boolean answersTo(String asked) {
        return asked.equalsIgnoreCase(name())
                || asked.equals(type.getSimpleName())
                || asked.equals(type.getName());
    }

    /**
     * Calls the app's constructor.
     *
     * @throws StartFailure when that throws
     */
    App make() {
        try {
            return provider.get();
        } catch (ServiceConfigurationError | LinkageError broken) {
            Throwable cause = broken.getCause() == null ? broken : broken.getCause();
            throw new StartFailure(
                    "app " + className() + " cannot be made (" + cause + ")",
                    "mend its constructor",
                    broken);
        }
    }
}
