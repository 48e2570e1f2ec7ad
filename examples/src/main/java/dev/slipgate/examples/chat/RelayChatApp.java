package dev.slipgate.examples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.Connection;
import dev.slipgate.sdk.Message;
import dev.slipgate.sdk.Node;
import dev.slipgate.sdk.SlipgateNode;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A chat of all who are connected to one node: each gets a name, and everyone hears what anyone
 * says. Run it by its own {@code main}, which takes the flags of {@code ./slipgate node}, or by
 * {@code ./slipgate dev --app relay-chat}.
 */
public final class RelayChatApp implements App {
    private static final int MAX_LINE_BYTES = 500;

    private final AtomicInteger guests = new AtomicInteger();

    /**
     * What the app knows of one client: hung onto its connection, and touched by its hooks only.
     */
    private record Guest(String name) {}

    /** Runs the chat as a node of a cluster. */
    public static void main(String[] args) {
        SlipgateNode.run(new RelayChatApp(), args);
    }

    @Override
    public void onConnect(Connection connection, boolean recovered) {
        var guest = new Guest("guest-" + guests.incrementAndGet());
        connection.attach(guest);
        tellAll(connection.node(), guest.name() + " is here");
    }

    @Override
    public void onMessage(Connection connection, Message message) {
        if (message.bytes().length > MAX_LINE_BYTES) {
            connection.send("a line has at most 500 bytes".getBytes(UTF_8));
            return;
        }
        String name = connection.attachment(Guest.class).name();
        tellAll(connection.node(), name + ": " + message.text());
    }

    @Override
    public void onDisconnect(Connection connection, CloseReason reason) {
        String name = connection.attachment(Guest.class).name();
        tellAll(connection.node(), name + " is gone: " + reason.text());
    }

    /** A client that does not keep up misses lines: its send is refused, and the others go on. */
    private static void tellAll(Node node, String line) {
        byte[] bytes = line.getBytes(UTF_8);
        for (Connection each : node.connections()) {
            each.send(bytes);
        }
    }
}
