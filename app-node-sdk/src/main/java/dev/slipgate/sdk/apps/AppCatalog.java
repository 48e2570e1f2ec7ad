package dev.slipgate.sdk.apps;

import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.sdk.App;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The apps that can be run by name: those of a jar, and those on the class path, such as echo. They
 * are found by {@link ServiceLoader}; only the chosen one is made.
 */
public final class AppCatalog {
    /** The app that runs when neither an app nor a jar is named. */
    public static final String DEFAULT_APP = "echo";

    private static final String SERVICES = "META-INF/services/" + App.class.getName();

    private final String place;
    private final List<AppEntry> ofJar;
    private final List<AppEntry> all;

    private AppCatalog(String place, List<AppEntry> ofJar, List<AppEntry> all) {
        this.place = place;
        this.ofJar = ofJar;
        this.all = all;
    }

    /**
     * Finds an app and makes it.
     *
     * @param jar where to look before the class path, or null
     * @param name the app's short name (its class's without {@code App}, in lower case with
     *     hyphens: {@code RelayChatApp} is {@code relay-chat}) or its class name; null takes the
     *     jar's only app, or echo when there is no jar
     * @throws StartFailure when there is no such app, or not one only, or it cannot be made
     */
    public static App find(@Nullable Path jar, @Nullable String name) {
        if (jar != null) {
            checkReadable(jar);
        }
        AppCatalog catalog = list(jar);
        if (name != null) {
            return catalog.named(name).make();
        }
        return jar == null ? catalog.named(DEFAULT_APP).make() : catalog.onlyOfJar().make();
    }

    private static void checkReadable(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new StartFailure(
                    "app jar " + jar + " is not there", "give the file that `mvn package` made");
        }
        try (var file = new JarFile(jar.toFile())) {
            if (file.getEntry(SERVICES) == null) {
                throw new StartFailure(
                        "app jar " + jar + " holds no app", "name its class in " + SERVICES);
            }
        } catch (IOException e) {
            throw new StartFailure(
                    "app jar " + jar + " cannot be read (" + e.getMessage() + ")",
                    "give the file that `mvn package` made",
                    e);
        }
    }

    private static AppCatalog list(@Nullable Path jar) {
        String place = jar == null ? "the class path" : jar.toString();
        ClassLoader own = AppCatalog.class.getClassLoader();
        ClassLoader loader = jar == null ? own : jarLoader(jar, own);
        try {
            List<AppEntry> all =
                    ServiceLoader.load(App.class, loader).stream().map(AppEntry::new).toList();
            List<AppEntry> ofJar =
                    all.stream().filter(e -> loader != own && e.loadedBy(loader)).toList();
            return new AppCatalog(place, ofJar, all);
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new StartFailure(
                    "the apps of " + place + " cannot be listed (" + broken.getMessage() + ")",
                    "check " + SERVICES + " and that the jar was built for this Java",
                    broken);
        }
    }

    /** It stays open: an app loads classes for as long as it runs. */
    private static ClassLoader jarLoader(Path jar, ClassLoader parent) {
        try {
            return new URLClassLoader(jar.toString(), new URL[] {jar.toUri().toURL()}, parent);
        } catch (IOException e) {
            throw new StartFailure("app jar " + jar + " has no URL", "move it", e);
        }
    }

    private AppEntry onlyOfJar() {
        return switch (ofJar.size()) {
            case 0 ->
                    throw new StartFailure(
                            "app jar " + place + " holds no app", "name its class in " + SERVICES);
            case 1 -> ofJar.getFirst();
            default ->
                    throw new StartFailure(
                            "app jar " + place + " holds several apps",
                            "choose one with --app: " + join(ofJar, AppEntry::name));
        };
    }

    private AppEntry named(String name) {
        List<AppEntry> matches = answering(ofJar, name);
        if (matches.isEmpty()) {
            matches = answering(all, name);
        }
        return switch (matches.size()) {
            case 0 ->
                    throw new StartFailure(
                            "there is no app " + name + " in " + place,
                            "choose one with --app ("
                                    + join(all, AppEntry::name)
                                    + "), or name its jar with --app-jar");
            case 1 -> matches.getFirst();
            default ->
                    throw new StartFailure(
                            "several apps of " + place + " answer to " + name,
                            "choose one with --app: " + join(matches, AppEntry::className));
        };
    }

    private static List<AppEntry> answering(List<AppEntry> entries, String name) {
        return entries.stream().filter(entry -> entry.answersTo(name)).toList();
    }

    private static String join(List<AppEntry> entries, Function<AppEntry, String> word) {
        return entries.stream().map(word).distinct().sorted().collect(Collectors.joining(", "));
    }
}
