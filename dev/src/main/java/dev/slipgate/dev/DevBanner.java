package dev.slipgate.dev;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What a dev process tells when it serves: what listens where, and one full line to try. */
final class DevBanner {
    private static final Path SCRIPT = Path.of("examples", "mpgameserver_echo.py");

    private DevBanner() {}

    static List<String> lines(String app, DevProcess process, DevKeys keys) {
        String publicKey =
                keys.publicFile() == null ? "PUBLIC_KEY_FILE" : keys.publicFile().toString();
        return List.of(
                "Slipgate dev runs " + app,
                "  mpgameserver  udp " + text(process.addresses()) + ", root key " + publicKey,
                "  slipgate key  " + keys.gatewayKeys().announced().publicKey().text(),
                "  health, stats " + process.adminUrl() + "/health/ready and /stats",
                "Try it (once: pip install mpgameserver==0.2.4):",
                "  " + tryLine(nearest(process.addresses()), publicKey));
    }

    private static String text(List<InetSocketAddress> addresses) {
        return addresses.stream()
                .map(a -> host(a.getAddress()) + ":" + a.getPort())
                .collect(Collectors.joining(", "));
    }

    private static String host(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    /** Loopback before others, IPv4 before IPv6: what works in most places. */
    private static InetSocketAddress nearest(List<InetSocketAddress> addresses) {
        return addresses.stream()
                .min(
                        Comparator.comparing(
                                        (InetSocketAddress a) ->
                                                !a.getAddress().isLoopbackAddress())
                                .thenComparing(a -> a.getAddress().getAddress().length))
                .orElseThrow();
    }

    /** The script where it is at hand, as in a checkout; else what it does, cut to one line. */
    private static String tryLine(InetSocketAddress server, String publicKey) {
        String host = server.getAddress().getHostAddress();
        return Files.exists(SCRIPT)
                ? "python3 %s %s %d --key %s --count 100 --max-size 1400"
                        .formatted(SCRIPT, host, server.getPort(), publicKey)
                : ("python3 -c \"import time,mpgameserver as m;"
                                + "c=m.UdpClient(m.EllipticCurvePublicKey.fromPEM(open('%s').read()));"
                                + "c.connect(('%s',%d));"
                                + "run=lambda:[(c.update(),time.sleep(.01)) for _ in range(99)];"
                                + "run();c.send(b'hello');run();print(c.getMessages())\"")
                        .formatted(publicKey, host, server.getPort());
    }
}
