package dev.slipgate.deploy;

import dev.slipgate.protocol.slipgate.handshake.GatewayPublicKey;
import dev.slipgate.runtime.cli.StandardFlags;
import dev.slipgate.runtime.keys.GatewayKeyFiles;
import dev.slipgate.runtime.keys.RootKeyFiles;
import dev.slipgate.runtime.lifecycle.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code slipgate keygen}: keys of gateways, which clients pin. */
@Command(
        description = {
            "Makes the keys of gateways: NAME.key (mode 600), shared by all gateways of a cluster,"
                    + " and NAME.pub for clients to pin.",
            "slipgate, the native protocol: gateway.key for gateway.key-files; the public key is"
                    + " printed too, as it stands in ?key= of URIs.",
            "mpgameserver: root.key for gateway.mpgameserver.root-key. A pair made by 'mpcli"
                    + " genkey' does as well.",
            "Never overwrites."
        })
final class KeygenCommand implements Callable<Integer> {
    /** What keys are for. */
    enum Type {
        SLIPGATE,
        MPGAMESERVER
    }

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            converter = TypeOrHint.class,
            description = "What the key is for: slipgate or mpgameserver (default: one of each).")
    private @Nullable Type type;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "File name without its ending, for one --type (default: gateway or root).")
    private @Nullable String name;

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
        if (type == null && name != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--name names one key: add --type=slipgate or --type=mpgameserver");
        }
        Set<Type> types = type == null ? EnumSet.allOf(Type.class) : EnumSet.of(type);
        // First, so that it makes all of them or none.
        types.forEach(this::requireAbsent);
        types.forEach(this::make);
        return ExitCode.OK;
    }

    private void requireAbsent(Type wanted) {
        switch (wanted) {
            case SLIPGATE -> gatewayKey().requireAbsent();
            case MPGAMESERVER -> rootKey().requireAbsent();
        }
    }

    private void make(Type wanted) {
        PrintWriter out = spec.commandLine().getOut();
        switch (wanted) {
            case SLIPGATE -> {
                GatewayKeyFiles files = gatewayKey();
                GatewayPublicKey key = files.create();
                out.println("slipgate: a key with id " + key.idText());
                out.println("  private key  " + files.privateKey());
                out.println("  public key   " + files.publicKey());
                out.println("  for clients  ?key=" + key.text());
            }
            case MPGAMESERVER -> {
                RootKeyFiles files = rootKey();
                files.create();
                out.println("mpgameserver: a root key");
                out.println("  private key  " + files.privateKey());
                out.println("  public key   " + files.publicKey());
            }
        }
    }

    private GatewayKeyFiles gatewayKey() {
        return GatewayKeyFiles.in(
                directory.normalize(), name == null ? GatewayKeyFiles.NAME : name);
    }

    private RootKeyFiles rootKey() {
        return RootKeyFiles.in(directory.normalize(), name == null ? RootKeyFiles.NAME : name);
    }

    /** Lower case on the command line, with the choices in the message. */
    private static final class TypeOrHint implements ITypeConverter<Type> {
        @Override
        public Type convert(String text) {
            for (Type known : Type.values()) {
                if (known.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return known;
                }
            }
            throw new TypeConversionException("give slipgate or mpgameserver, not " + text);
        }
    }
}
