package dev.slipgate.testing.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.testing.fault.FaultPlan;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RelayCommandTest {
    private final RelayCommand command = new RelayCommand();
    private final StringWriter err = new StringWriter();
    private final CommandLine line = new CommandLine(command).setErr(new PrintWriter(err, true));

    @Test
    void theOptionsMakeThePlan() {
        line.parseArgs(
                "--listen=0 --to=127.0.0.1:7 --seed=5 --loss=0.1 --dup=0.2 --reorder=0.3 --delay-ms=4"
                        .concat(" --jitter-ms=5 --corrupt=0.6 --rebind-ms=700 --clean-first=8")
                        .split(" "));

        assertThat(command.plan())
                .isEqualTo(
                        FaultPlan.parse(
                                "seed=5,loss=0.1,dup=0.2,reorder=0.3,delay-ms=4,jitter-ms=5"
                                        + ",corrupt=0.6,rebind-ms=700,clean-first=8"));
    }

    @Test
    void aPlanInTextIsTakenAsItIs() {
        line.parseArgs("--listen=0", "--to=127.0.0.1:7", "--plan=seed=7,up.loss=0.1");

        assertThat(command.plan()).isEqualTo(FaultPlan.parse("seed=7,up.loss=0.1"));
    }

    @Test
    void withoutASeedOneIsDrawn() {
        line.parseArgs("--listen=0", "--to=127.0.0.1:7");

        assertThat(command.plan().seed()).isNotZero();
    }

    @Test
    void aShareBeyondOneIsRefusedInOneLine() {
        int code = line.execute("--listen=0", "--to=127.0.0.1:7", "--loss=10");

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("loss is 10.0, must be 0.0 to 1.0");
    }

    @Test
    void aServerThatIsNoAddressIsRefused() {
        int code = line.execute("--listen=0", "--to=nowhere");

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--to nowhere is not HOST:PORT");
    }
}
