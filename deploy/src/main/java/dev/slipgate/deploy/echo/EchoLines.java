package dev.slipgate.deploy.echo;

import dev.slipgate.client.ClientStats;
import java.util.Locale;

/** What an echo run shows. */
final class EchoLines {
    private static final double NS_PER_MS = 1e6;
    private static final double US_PER_MS = 1e3;

    private EchoLines() {}

    static String second(long second, EchoLedger.Totals lately, ClientStats path) {
        return format(
                "%4d s  sent %d  echoed %d  under way %d  rtt %s  jitter %s  loss out %.1f %%"
                        + " in %.1f %%  echo p50 %.2f ms  max %.2f ms",
                second,
                lately.sent(),
                lately.echoed(),
                lately.underWay(),
                measured(path.rttNs()),
                measured(path.jitterNs()),
                100 * path.lossOut(),
                100 * path.lossIn(),
                lately.halfWithinUs() / US_PER_MS,
                lately.slowestUs() / US_PER_MS);
    }

    static String summary(EchoLedger.Totals total, ClientStats path) {
        return format(
                "sent %d, echoed %d, missing %d, changed %d, unexpected %d%n"
                        + "echo p50 %.2f ms, p99 %.2f ms, max %.2f ms; packets sent %d, received %d; bytes"
                        + " sent %d, received %d",
                total.sent(),
                total.echoed(),
                total.underWay(),
                total.wrong(),
                total.unexpected(),
                total.halfWithinUs() / US_PER_MS,
                total.mostWithinUs() / US_PER_MS,
                total.slowestUs() / US_PER_MS,
                path.packetsSent(),
                path.packetsReceived(),
                path.bytesSent(),
                path.bytesReceived());
    }

    /** Nothing is measured at first, and on streams only while they are idle. */
    private static String measured(long ns) {
        return ns == 0 ? "-" : format("%.2f ms", ns / NS_PER_MS);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
