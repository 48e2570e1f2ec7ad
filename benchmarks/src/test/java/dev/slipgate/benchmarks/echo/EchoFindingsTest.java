package dev.slipgate.benchmarks.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.benchmarks.CommonOptions;
import dev.slipgate.benchmarks.Goal;
import dev.slipgate.benchmarks.chain.Protocol;
import dev.slipgate.benchmarks.measure.Core;
import dev.slipgate.benchmarks.measure.ProcessCost;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EchoFindingsTest {
    private static final EchoPlan PLAN = plan(Protocol.MPGAMESERVER, 1);

    private static EchoPlan plan(Protocol protocol, int perPacket) {
        return new EchoPlan(
                protocol,
                new EchoPlan.Messages(512, perPacket, 200, perPacket),
                0,
                new CommonOptions.Timing(3, 20, 15));
    }

    @Test
    void theRatioIsTheMedianOfTheRounds() {
        EchoResult gateway = result("gateway", run(6, 1), run(8, 1), run(5, 1));
        EchoResult epoll = result("epoll", run(3, 1), run(2, 1), run(4, 1));

        assertThat(gateway.cpuRatio(epoll).median()).isEqualTo(2.0);
        assertThat(gateway.cpuRatio(epoll).most()).isEqualTo(4.0);
    }

    @Test
    void aGoalIsMetUpToItsFigureAndMissedAbove() {
        assertThat(cpuGoal(findings(run(6.0, 1), run(3.0, 1))).met()).isTrue();
        assertThat(cpuGoal(findings(run(6.1, 1), run(3.0, 1)))).hasToString(missedText());
    }

    private static String missedText() {
        return "CPU per echoed message, gateway / epoll, highest rate: 2.03, goal <= 2.0: MISSED";
    }

    @Test
    void aCoreThatWasNotBusyMeansThatTheLoadGeneratorWasTheLimit() {
        assertThat(cpuGoal(findings(run(6, 0.95), run(3, 0.96))).remark()).isEmpty();
        assertThat(cpuGoal(findings(run(6, 0.97), run(3, 0.94))).remark())
                .isEqualTo("the load generator was the limit of epoll, whose core was 94 % busy");
    }

    @Test
    void otherWorkOnTheServersCoreIsNamed() {
        EchoFindings findings = findings(run(6, 1), run(3, 1.2));

        assertThat(cpuGoal(findings).remark())
                .isEqualTo("others took 20 % of the core of epoll: measure on a quiet machine");
    }

    @Test
    void withoutACoreOfItsOwnNobodyKnowsTheLimit() {
        var findings =
                new EchoFindings(
                        PLAN,
                        Optional.empty(),
                        List.of(result("gateway", run(6, -1)), result("epoll", run(3, -1))),
                        List.of());

        assertThat(cpuGoal(findings).remark()).contains("nobody knows");
    }

    @Test
    void garbageIsMeasuredAgainstItsGoal() {
        Goal goal = findings(run(6, 1), run(3, 1)).goals().getLast();

        assertThat(goal.name()).startsWith("garbage per echoed message");
        assertThat(goal.figure()).isEqualTo(480);
        assertThat(goal.met()).isTrue();
    }

    @Test
    void aRunWithChangedOrNoMessagesProvesNothing() {
        assertThat(findings(run(6, 1), run(3, 1)).sound()).isTrue();
        assertThat(findings(run(6, 1, 1000, 1), run(3, 1)).sound()).isFalse();
        assertThat(findings(run(6, 1, 0, 0), run(3, 1)).sound()).isFalse();
    }

    @Test
    void thePrintedReportHasBothSidesAndTheGoals() {
        var text = new StringWriter();
        findings(run(6, 1), run(3, 1)).print(new PrintWriter(text, true));

        assertThat(text.toString())
                .contains("gateway, highest rate: 1000 (1000..1000) messages/s")
                .contains("epoll, highest rate")
                .contains("2.00 (2.00..2.00) of the CPU")
                .contains("goal <= 2.0: met")
                .contains("goal <= 600.0 bytes: met");
    }

    @Test
    void theNativeProtocolHasGoalsOfItsOwn() {
        EchoFindings findings = findings(plan(Protocol.SLIPGATE, 1), run(5.4, 1), run(3, 1));

        assertThat(findings.goals().getFirst().most()).isEqualTo(1.8);
        assertThat(findings.goals().getFirst().met()).isTrue();
        assertThat(findings.goals().getLast().most()).isEqualTo(300);
        assertThat(findings.goals().getLast().met()).isFalse();
    }

    @Test
    void theGoalsAreThoseOfOneMessagePerPacket() {
        EchoFindings findings = findings(plan(Protocol.SLIPGATE, 20), run(6, 1), run(3, 1));
        var text = new StringWriter();
        findings.print(new PrintWriter(text, true));

        assertThat(findings.goals()).isEmpty();
        assertThat(text.toString())
                .contains("messages of 200 bytes, 20 to a packet")
                .contains("messages per second and core of the server 166667");
    }

    private static EchoFindings findings(MeasuredRun gateway, MeasuredRun epoll) {
        return findings(PLAN, gateway, epoll);
    }

    private static EchoFindings findings(EchoPlan plan, MeasuredRun gateway, MeasuredRun epoll) {
        return new EchoFindings(
                plan,
                Optional.of(new Core(0, "1")),
                List.of(result("gateway", gateway), result("epoll", epoll)),
                List.of());
    }

    private static Goal cpuGoal(EchoFindings findings) {
        return findings.goals().getFirst();
    }

    private static EchoResult result(String server, MeasuredRun... runs) {
        return new EchoResult(server, "highest rate", List.of(runs));
    }

    private static MeasuredRun run(double cpuUs, double busy) {
        return run(cpuUs, busy, 1000, 0);
    }

    private static MeasuredRun run(double cpuUs, double busy, long echoed, long changed) {
        return new MeasuredRun(
                1000,
                echoed,
                0,
                0,
                0,
                changed,
                0,
                0,
                new MeasuredRun.Packets(1, 240),
                new MeasuredRun.Packets(1, 241),
                100,
                200,
                300,
                busy,
                List.of(
                        new ProcessCost("server", cpuUs, 480, 1),
                        new ProcessCost("load generator", 2, 10, 0.5)));
    }
}
