package dev.slipgate.deploy;

import dev.slipgate.runtime.cli.StandardFlags;
import dev.slipgate.runtime.keys.RootKeyFiles;
import dev.slipgate.runtime.lifecycle.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipgate keygen}: a root key pair for the mpgameserver listener. */
@Command(
        description = {
            "Makes a root key pair for mpgameserver clients: NAME.key for"
                    + " gateway.mpgameserver.root-key (mode 600), NAME.pub for clients to pin.",
            "Never overwrites. A pair made by 'mpcli genkey' does as well."
        })
final class KeygenCommand implements Callable<Integer> {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "root",
            description = "File name without its ending (default: ${DEFAULT-VALUE}).")
    private String name = "root";

    @Parameters(
            arity = "0..1",
            paramLabel = "DIRECTORY",
            defaultValue = ".",
            description = "Where to write the pair (default: the working directory).")
    private Path directory = Path.of(".");

    private final CommandSpec spec;

    private KeygenCommand() {
        spec = CommandSpec.forAnnotatedObject(this);
        StandardFlags.addTo(spec);
    }

    static CommandLine create() {
        return new CommandLine(new KeygenCommand().spec);
    }

    @Override
    public Integer call() {
        RootKeyFiles files = RootKeyFiles.in(directory.normalize(), name);
        files.create();
        spec.commandLine().getOut().println("private key  " + files.privateKey());
        spec.commandLine().getOut().println("public key   " + files.publicKey());
        return ExitCode.OK;
    }
}
