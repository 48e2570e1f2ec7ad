package dev.slipgate.deploy.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A test class that runs Python, with the real client or the verifier; skipped where it is not. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("ci")
@EnabledIfEnvironmentVariable(
        named = ToolRun.VARIABLE,
        matches = ".+",
        disabledReason =
                "set it to a Python that has mpgameserver 0.2.4 and cryptography, as .ci/run does")
@interface PythonTest {}
