package dev.slipgate.dev;

import dev.slipgate.gateway.Listener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a dev process tells when it serves: what listens where, and one full line to try. */
final class DevBanner {
    private static final Path SCRIPT = Path.of("examples", "mpgameserver_echo.py");
    private static final String MPGAMESERVER = "mpgameserver";

    private DevBanner() {}

    static List<String> lines(String app, DevProcess process, DevKeys keys) {
        List<Listener> all = process.listeners();
        List<Listener> slipgate = all.stream().filter(each -> !isMpGameServer(each)).toList();
        Optional<Listener> mpgameserver = all.stream().filter(DevBanner::isMpGameServer).findAny();
        List<String> lines = new ArrayList<>();
        lines.add("Slipgate dev runs " + app);
        if (!slipgate.isEmpty()) {
            lines.add("  slipgate      " + text(slipgate));
            lines.add("  its key       " + key(keys));
        }
        if (slipgate.stream().anyMatch(each -> each.name().equals("tls") || isWss(each))) {
            lines.add("  certificate   SHA-256 " + keys.certificate().pin());
        }
        mpgameserver.ifPresent(
                each ->
                        lines.add(
                                "  mpgameserver  udp " + text(each) + ", root key " + file(keys)));
        lines.add("  health, stats " + process.adminUrl() + "/health/ready and /stats");
        if (!slipgate.isEmpty()) {
            lines.add("Try it:");
            lines.add("  " + tryLine(slipgate.getFirst(), key(keys)));
        } else if (mpgameserver.isPresent()) {
            lines.add("Try it (once: pip install mpgameserver==0.2.4):");
            lines.add("  " + tryLine(nearest(mpgameserver.get()), file(keys)));
        }
        return lines;
    }

    private static boolean isMpGameServer(Listener listener) {
        return listener.name().equals(MPGAMESERVER);
    }

    private static boolean isWss(Listener listener) {
        return listener.name().equals("wss");
    }

    private static String key(DevKeys keys) {
        return keys.gatewayKeys().announced().publicKey().text();
    }

    private static String file(DevKeys keys) {
        return keys.publicFile() == null ? "PUBLIC_KEY_FILE" : keys.publicFile().toString();
    }

    private static String text(List<Listener> listeners) {
        return listeners.stream()
                .map(each -> each.name() + " " + text(each))
                .collect(Collectors.joining(", "));
    }

    /** One address is enough to connect to. */
    private static String text(Listener listener) {
        InetSocketAddress nearest = nearest(listener);
        String host = nearest.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + nearest.getPort();
    }

    /** Loopback before others, IPv4 before IPv6: what works in most places. */
    private static InetSocketAddress nearest(Listener listener) {
        return listener.addresses().stream()
                .map(DevBanner::reachable)
                .min(
                        Comparator.comparing(
                                        (InetSocketAddress a) ->
                                                !a.getAddress().isLoopbackAddress())
                                .thenComparing(a -> a.getAddress().getAddress().length))
                .orElseThrow();
    }

    /** A wildcard is reached by loopback as well. */
    private static InetSocketAddress reachable(InetSocketAddress listening) {
        return listening.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), listening.getPort())
                : listening;
    }

    private static String tryLine(Listener listener, String key) {
        return "./slipgate echo '%s://%s?key=%s'".formatted(listener.name(), text(listener), key);
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
