package dev.slipgate.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProcessLifecycleTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ProcessLifecycle lifecycle = new ProcessLifecycle();
    private final List<String> stopped = new CopyOnWriteArrayList<>();

    @Test
    void whatStartedLastIsStoppedFirst() {
        lifecycle.onStop("vertx", LONG, () -> stopped.add("vertx"));
        lifecycle.onStop("listener", LONG, () -> stopped.add("listener"));

        assertThat(lifecycle.stop()).isEqualTo(ExitCode.OK);
        assertThat(stopped).containsExactly("listener", "vertx");
    }

    @Test
    void aStepThatHangsCostsItsTimeAndTheRestIsStopped() {
        CountDownLatch never = new CountDownLatch(1);
        lifecycle.onStop("vertx", LONG, () -> stopped.add("vertx"));
        lifecycle.onStop("hanging", Duration.ofMillis(20), never::await);

        assertThat(lifecycle.stop()).isEqualTo(ExitCode.FAILURE);
        assertThat(stopped).containsExactly("vertx");
    }

    @Test
    void aStepThatFailsIsToldByTheExitCodeAndTheRestIsStopped() {
        lifecycle.onStop("vertx", LONG, () -> stopped.add("vertx"));
        lifecycle.onStop(
                "failing",
                LONG,
                () -> {
                    throw new IllegalStateException("no");
                });

        assertThat(lifecycle.stop()).isEqualTo(ExitCode.FAILURE);
        assertThat(stopped).containsExactly("vertx");
    }

    @Test
    void stoppingTwiceStopsOnce() {
        lifecycle.onStop("vertx", LONG, () -> stopped.add("vertx"));
        lifecycle.stop();

        assertThat(lifecycle.stop()).isEqualTo(ExitCode.OK);
        assertThat(stopped).containsExactly("vertx");
    }

    @Test
    void whatIsStartedWhileStoppingIsStoppedAtOnce() {
        lifecycle.stop();
        lifecycle.onStop("late", LONG, () -> stopped.add("late"));

        assertThat(stopped).containsExactly("late");
    }

    @Test
    void aFailedStartStopsWhatHadStarted() {
        assertThatThrownBy(
                        () ->
                                ProcessRunner.run(
                                        process -> {
                                            process.onStop("first", LONG, () -> stopped.add("1"));
                                            throw new StartFailure("port taken", "free it");
                                        }))
                .isInstanceOf(StartFailure.class);
        assertThat(stopped).containsExactly("1");
    }

    @Test
    void aProcessThatEndsByItselfGivesItsCode() throws Exception {
        int code =
                ProcessRunner.run(
                        process -> {
                            process.onStop("first", LONG, () -> stopped.add("1"));
                            process.end(7);
                            process.end(8);
                        });

        assertThat(code).isEqualTo(7);
        assertThat(stopped).containsExactly("1");
    }

    @Test
    void aFailureIsToldInOneLineWhateverItsCauseSays() {
        StartFailure failure = new StartFailure("key file x\nis bad", "make one");

        assertThat(failure.lines()).containsExactly("key file x is bad: make one");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
    }
}
