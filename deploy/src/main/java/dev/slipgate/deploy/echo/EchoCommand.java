package dev.slipgate.deploy.echo;

import dev.slipgate.client.CertificatePin;
import dev.slipgate.client.ClientOptions;
import dev.slipgate.client.GatewayUri;
import dev.slipgate.client.InvalidGatewayUriException;
import dev.slipgate.runtime.cli.StandardFlags;
import dev.slipgate.testing.check.NumberedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code slipgate echo URI}: a client of an echo app. */
@Command(
        sortOptions = false,
        description = {
            "Connects to a gateway whose app echoes, sends messages, and checks what comes back byte"
                    + " for byte. Each second it shows round trip, jitter and loss; Ctrl-C ends it"
                    + " with a summary.",
            "Exit code 0 when everything that was sent came back once."
        })
public final class EchoCommand implements Callable<Integer> {
    private static final int MAX_SIZE_BYTES = 256 * 1024;

    @Parameters(
            paramLabel = "URI",
            description =
                    "udp, tcp, tls, ws or wss: udp://127.0.0.1:7770?key=KEY. The gateway logs"
                            + " its key; 'slipgate dev' prints it.")
    private String uri = "";

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages per second; 0 for as many as are taken (default: 20).")
    private int rate = 20;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "Of each message, 8 to 262144 (default: 64).")
    private int sizeBytes = 64;

    @Option(
            names = "--channel",
            paramLabel = "N",
            description =
                    "0 to 255 (default: 0, ordered; 1 is reliable, 2 sequenced, 3 unreliable).")
    private int channel;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Messages to send; 0 for no limit (default: 0).")
    private long count;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            description = "How long to send; 0 until Ctrl-C (default: 0).")
    private int durationSeconds;

    @Option(names = "--token", paramLabel = "TEXT", description = "Who the client is.")
    private String token = "";

    @Option(
            names = "--pin",
            paramLabel = "SHA256",
            description = "The certificate to take in TLS, such as the one that dev makes.")
    private @Nullable String pin;

    @Option(
            names = "--connect-timeout",
            paramLabel = "MS",
            description = "How long connecting may take (default: 5000).")
    private int connectTimeoutMs = 5000;

    private final CommandSpec spec;

    private EchoCommand() {
        spec = CommandSpec.forAnnotatedObject(this);
        StandardFlags.addTo(spec);
    }

    /** The command, to be added under the name {@code echo}. */
    public static CommandLine create() {
        return new CommandLine(new EchoCommand().spec);
    }

    @Override
    public Integer call() throws InterruptedException {
        var run = new EchoRun(gateway(), plan(), options(), spec.commandLine().getOut());
        var onSignal = new EndOnSignal(run);
        try {
            return onSignal.run(spec.commandLine().getErr());
        } finally {
            onSignal.remove();
        }
    }

    private GatewayUri gateway() {
        try {
            return GatewayUri.parse(uri);
        } catch (InvalidGatewayUriException wrong) {
            throw misuse(wrong.getMessage());
        }
    }

    private EchoPlan plan() {
        require("--size", sizeBytes, NumberedMessage.MIN_BYTES, MAX_SIZE_BYTES);
        require("--channel", channel, 0, 255);
        require("--rate", rate, 0, 1_000_000);
        require("--count", count, 0, Long.MAX_VALUE);
        require("--duration", durationSeconds, 0, Integer.MAX_VALUE);
        long forNs =
                durationSeconds == 0
                        ? Long.MAX_VALUE
                        : Duration.ofSeconds(durationSeconds).toNanos();
        return new EchoPlan(channel, sizeBytes, rate, count == 0 ? Long.MAX_VALUE : count, forNs);
    }

    private ClientOptions.Builder options() {
        try {
            ClientOptions.Builder options =
                    ClientOptions.builder()
                            .token(token.getBytes(StandardCharsets.UTF_8))
                            .connectTimeout(Duration.ofMillis(connectTimeoutMs));
            return pin == null ? options : options.pin(CertificatePin.parse(pin));
        } catch (IllegalArgumentException wrong) {
            throw misuse(wrong.getMessage());
        }
    }

    private void require(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw misuse("%s is %d, not %d to %d".formatted(option, value, least, most));
        }
    }

    private ParameterException misuse(@Nullable String problem) {
        return new ParameterException(spec.commandLine(), String.valueOf(problem));
    }
}
