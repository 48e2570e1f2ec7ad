package dev.slipgate.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.slipgate.benchmarks.echo.EchoOptions;
import dev.slipgate.benchmarks.flood.FloodOptions;
import dev.slipgate.benchmarks.handshakes.HandshakeOptions;
import dev.slipgate.benchmarks.idle.IdleOptions;
import dev.slipgate.benchmarks.measure.Core;
import dev.slipgate.benchmarks.measure.Machine;
import dev.slipgate.runtime.cli.StandardFlags;
import dev.slipgate.runtime.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * {@code slipgate bench}: measures a scenario and prints figures next to their goals. Figures go to
 * stdout, progress to stderr.
 */
@Command(
        sortOptions = false,
        description = {
            "Measures a broker, a gateway and a node of its own. Echo: what a message costs that goes"
                    + " through them and back, next to plain UDP echoes on the same core.",
            "Handshakes: what it costs that a client connects. Idle: the memory of sessions that"
                    + " do nothing. Flood: what clients notice of forged first flights.",
            "Echo takes about ten minutes, the others one or two each."
        })
public final class BenchCommand implements Callable<Integer> {
    /** What can be measured. */
    enum ScenarioName {
        ECHO,
        HANDSHAKES,
        IDLE,
        FLOOD
    }

    /** What {@code --json} prints. */
    record Report(String scenario, Machine machine, Object findings) {}

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "What to measure: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ScenarioName scenario = ScenarioName.ECHO;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @ArgGroup(exclusive = false, validate = false)
    private CommonOptions common = new CommonOptions();

    @ArgGroup(exclusive = false, validate = false)
    private EchoOptions echo = new EchoOptions();

    @ArgGroup(exclusive = false, validate = false)
    private HandshakeOptions handshakes = new HandshakeOptions();

    @ArgGroup(exclusive = false, validate = false)
    private IdleOptions idle = new IdleOptions();

    @ArgGroup(exclusive = false, validate = false)
    private FloodOptions flood = new FloodOptions();

    private final CommandSpec spec;

    private BenchCommand() {
        spec = CommandSpec.forAnnotatedObject(this);
        StandardFlags.addTo(spec);
    }

    /** The command, to be added under the name {@code bench}. */
    public static CommandLine create() {
        return new CommandLine(new BenchCommand().spec).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter progress = spec.commandLine().getErr();
        Machine machine = Machine.here();
        boolean startsServers = scenario != ScenarioName.ECHO || echo.startsServers();
        Optional<Core> core = startsServers ? Core.reserve() : Optional.empty();
        progress.println(machine);
        progress.println(placement(core));
        progress.flush();
        try (var servers = new RunningServers()) {
            Scenario.Findings findings = prepare(core, servers).run(progress);
            print(new Report(scenario.name(), machine, findings.json()), findings);
            return findings.sound() ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    private Scenario prepare(Optional<Core> core, RunningServers servers)
            throws IOException, InterruptedException {
        return switch (scenario) {
            case ECHO -> echo.prepare(common, core, servers);
            case HANDSHAKES -> handshakes.prepare(common, core, servers);
            case IDLE -> idle.prepare(common, core, servers);
            case FLOOD -> flood.prepare(common, core, servers);
        };
    }

    /** Moves this process off the server's core, and says who runs where. */
    private static String placement(Optional<Core> core) {
        if (core.isEmpty() || !core.get().leave()) {
            return "no core is set aside for the server: it is not ours, or there is one core, or no taskset";
        }
        return "the server has core %d; the rest shares %s"
                .formatted(core.get().server(), core.get().others());
    }

    private void print(Report report, Scenario.Findings findings) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            out.println(mapper.writeValueAsString(report));
        } else {
            out.println(report.machine());
            findings.print(out);
        }
        out.flush();
    }
}
