package dev.slipgate.runtime.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The node process.
 *
 * @param name what operators call it; null for one made of host name and process id
 * @param app the name of the app to run; null for the only one of the jar, or echo
 * @param appJar where to look for it besides the class path
 * @param eventLoops lanes, 0 for one per core
 * @param mailboxBytes received and not handled, per connection
 * @param outboxBytes sent and not delivered, per connection
 * @param unitBytes what one run of a handler may send to its connection
 * @param maxMessageBytes the largest message, either way
 * @param tickMs how often {@code onTick} runs
 */
public record NodeSettings(
        @Nullable String name,
        @Nullable String app,
        @Nullable Path appJar,
        int eventLoops,
        int mailboxBytes,
        int outboxBytes,
        int unitBytes,
        int maxMessageBytes,
        int tickMs) {

    static NodeSettings read(KeyReader in) {
        NodeSettings read =
                new NodeSettings(
                        in.textOrNull(
                                "node.name",
                                "What operators call it, unique among nodes. Unset: made of host"
                                        + " name and process id."),
                        in.textOrNull(
                                "node.app",
                                "The app to run. Unset: the jar's only one, or echo when there is"
                                        + " no jar."),
                        in.fileOrNull(
                                "node.app-jar",
                                "A jar with apps, found by ServiceLoader, besides those built in."),
                        in.integer(
                                "node.event-loops",
                                0,
                                0,
                                256,
                                "Event loops, each with its lane. 0: one per core."),
                        in.integer(
                                "node.mailbox-bytes",
                                1024 * 1024,
                                1024,
                                1 << 30,
                                "Bytes of one connection that are received and not handled; at least"
                                        + " the largest message."),
                        in.integer(
                                "node.outbox-bytes",
                                4 * 1024 * 1024,
                                1024,
                                1 << 30,
                                "Bytes sent to one connection and not delivered; beyond, send is"
                                        + " refused."),
                        in.integer(
                                "node.unit-bytes",
                                1024 * 1024,
                                1024,
                                1 << 30,
                                "Bytes that one run of a handler may send to its connection; beyond,"
                                        + " send is refused."),
                        in.integer(
                                "node.max-message-bytes",
                                256 * 1024,
                                1024,
                                8 << 20,
                                "The largest message, either way."),
                        in.integer(
                                "node.tick-ms", 50, 1, 600_000, "How often an app's onTick runs."));
        in.require(
                read.mailboxBytes >= read.maxMessageBytes,
                "node.mailbox-bytes",
                "give at least node.max-message-bytes");
        in.require(
                read.unitBytes >= read.maxMessageBytes,
                "node.unit-bytes",
                "give at least node.max-message-bytes");
        in.require(
                read.outboxBytes >= read.unitBytes,
                "node.outbox-bytes",
                "give at least node.unit-bytes");
        return read;
    }
}
