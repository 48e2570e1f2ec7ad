package dev.slipgate.fabric.hazelcast;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks an address whether a broker of ours answers there. A broker's Hazelcast port speaks HTTP
 * too, and tells its instance name, which we make of role and cluster name: so a process knows whom
 * it talks to before it starts Hazelcast, which would otherwise form a cluster of its own.
 */
final class BrokerProbe {
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    private static final int READ_TIMEOUT_MS = 1_000;

    /** Longest answer that is read; a broker's has some 200 bytes. */
    private static final int MAX_ANSWER_BYTES = 4 * 1024;

    /** A trickling answer must not hold up the wait; name lookups count too. */
    private static final int TOTAL_TIMEOUT_MS = 5_000;

    private static final byte[] QUESTION =
            "GET /hazelcast/rest/instance HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern ANSWER =
            Pattern.compile("\"name\"\\s*:\\s*\"slipgate/BROKER/([A-Za-z0-9._-]+)/");

    /** What an address answered. */
    sealed interface Answer {
        /** A broker, and its cluster's name. */
        record Broker(String clusterName) implements Answer {}

        /** Nobody yet, or somebody else; why, in a few words. */
        record NoBroker(String why) implements Answer {}
    }

    private BrokerProbe() {}

    /** The instance name that the answer is made of. */
    static String instanceName(ClusterConfig config) {
        return "slipgate/"
                + config.role()
                + "/"
                + config.clusterName()
                + "/"
                + Long.toHexString(config.processId());
    }

    /** Asks on a thread of its own; always completes normally, within some seconds. */
    static CompletableFuture<Answer> ask(BrokerAddress address) {
        var answer = new CompletableFuture<Answer>();
        Thread.ofVirtual()
                .name("slipgate-probe-" + address)
                .start(() -> answer.complete(askBlocking(address)));
        return answer.completeOnTimeout(
                new Answer.NoBroker("no answer"), TOTAL_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    private static Answer askBlocking(BrokerAddress address) {
        try (var socket = new Socket()) {
            var target =
                    new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
            socket.connect(target, CONNECT_TIMEOUT_MS);
            socket.setSoTimeout(READ_TIMEOUT_MS);
            socket.getOutputStream().write(QUESTION);
            return read(socket.getInputStream());
        } catch (UnknownHostException e) {
            return new Answer.NoBroker("does not resolve");
        } catch (IOException e) {
            @Nullable String message = e.getMessage();
            return new Answer.NoBroker(message == null ? "no answer" : message);
        }
    }

    // A broker leaves the connection open behind its answer, whatever the question said.
    private static Answer read(InputStream in) throws IOException {
        var answer = new byte[MAX_ANSWER_BYTES];
        int length = 0;
        while (length < answer.length) {
            int more = in.read(answer, length, answer.length - length);
            if (more < 0) {
                break;
            }
            length += more;
            Matcher name = ANSWER.matcher(new String(answer, 0, length, StandardCharsets.UTF_8));
            if (name.find()) {
                return new Answer.Broker(name.group(1));
            }
        }
        return new Answer.NoBroker("answers, but not as a broker");
    }
}
