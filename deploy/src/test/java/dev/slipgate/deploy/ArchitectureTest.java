package dev.slipgate.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows of the design: what may import what. */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.slipgate");

    /** Each module's package, and those of the modules that it may import. */
    private static final Map<String, List<String>> ARROWS =
            Map.ofEntries(
                    Map.entry("protocol", List.of()),
                    Map.entry("testing", List.of("protocol")),
                    Map.entry("fabric", List.of("protocol")),
                    Map.entry("runtime", List.of("protocol", "fabric")),
                    Map.entry("broker", List.of("fabric", "runtime", "protocol")),
                    Map.entry("gateway", List.of("protocol", "fabric", "runtime")),
                    Map.entry("sdk", List.of("protocol", "fabric", "runtime")),
                    Map.entry("client", List.of("protocol")),
                    Map.entry(
                            "dev",
                            List.of("broker", "gateway", "sdk", "protocol", "fabric", "runtime")),
                    // The app's API speaks of CloseReason, ConnectionId, SendOutcome and Receipt.
                    Map.entry("examples", List.of("sdk", "dev", "protocol", "fabric")),
                    Map.entry("benchmarks", List.of("protocol", "fabric", "runtime")));

    private static final String[] OUTSIDE_WORLD = {
        "io.vertx..", "io.netty..", "com.hazelcast..", "java.net..", "java.nio.channels.."
    };

    private static final String[] CLUSTER_LIBRARIES = {"io.vertx..", "com.hazelcast.."};

    private static final String[] SANS_IO_FABRIC = {
        "..fabric.lane..",
        "..fabric.link..",
        "..fabric.gateway..",
        "..fabric.node..",
        "..fabric.placement..",
        "..fabric.directory.."
    };

    @TestFactory
    Stream<DynamicTest> aModuleImportsOnlyWhatItsArrowsSay() {
        return new TreeMap<>(ARROWS)
                .entrySet().stream()
                        .map(
                                module ->
                                        DynamicTest.dynamicTest(
                                                module.getKey(),
                                                () ->
                                                        importsOnly(
                                                                module.getKey(),
                                                                module.getValue())));
    }

    @Test
    void theProtocolKnowsNoSocketThreadOrCluster() {
        check(noClasses().that().resideInAPackage("dev.slipgate.protocol.."), OUTSIDE_WORLD);
    }

    @Test
    void theLogicOfTheFabricKnowsNoBusAndNoCluster() {
        check(noClasses().that().resideInAnyPackage(SANS_IO_FABRIC), CLUSTER_LIBRARIES);
    }

    @Test
    void onlyAdaptersOfTheFabricKnowHazelcast() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("dev.slipgate..")
                        .and()
                        .resideOutsideOfPackage("dev.slipgate.fabric.hazelcast.."),
                "com.hazelcast..",
                "io.vertx.spi.cluster.hazelcast..");
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .that()
                .resideInAPackage("dev.slipgate..")
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?")
                .check(CLASSES);
    }

    @Test
    void logsGoThroughOneInterface() {
        check(
                noClasses().that().resideInAPackage("dev.slipgate.."),
                "java.util.logging..",
                "org.apache.commons.logging..",
                "org.apache.log4j..");
    }

    @Test
    void everyClassBelongsToAModuleOfTheDesign() {
        List<String> packages = new ArrayList<>(List.of("dev.slipgate.deploy.."));
        ARROWS.keySet().forEach(module -> packages.add(packageOf(module)));
        classes().should().resideInAnyPackage(packages.toArray(String[]::new)).check(CLASSES);
    }

    private static void importsOnly(String module, List<String> allowed) {
        String[] others =
                Stream.concat(ARROWS.keySet().stream(), Stream.of("deploy"))
                        .filter(other -> !other.equals(module) && !allowed.contains(other))
                        .map(ArchitectureTest::packageOf)
                        .toArray(String[]::new);
        check(noClasses().that().resideInAPackage(packageOf(module)), others);
    }

    private static String packageOf(String module) {
        return "dev.slipgate." + module + "..";
    }

    private static void check(GivenClassesConjunction those, String... packages) {
        ArchRule rule =
                those.should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(packages)
                        // A module may be empty while it is being begun.
                        .allowEmptyShould(true);
        rule.check(CLASSES);
    }
}
