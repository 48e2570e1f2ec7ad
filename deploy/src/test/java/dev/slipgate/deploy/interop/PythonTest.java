package dev.slipgate.deploy.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A test class that plays with the real Python client; skipped where there is none. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("ci")
@EnabledIfEnvironmentVariable(
        named = ToolRun.VARIABLE,
        matches = ".+",
        disabledReason = "set it to a Python that has mpgameserver 0.2.4, as .ci/run does")
@interface PythonTest {}
