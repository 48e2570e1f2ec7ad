package dev.slipgate.deploy.attack;

import dev.slipgate.sdk.App;
import dev.slipgate.sdk.Connection;
import dev.slipgate.sdk.Message;
import dev.slipgate.sdk.SlipgateNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers in three parts, a small one and two large ones, and then does not return until a file
 * named as the message appears in its directory.
 */
final class BlockingApp implements App {
    static final int LARGE_BYTES = 50_000;

    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A node's process. */
    public static void main(String[] args) {
        SlipgateNode.run(new BlockingApp(), args);
    }

    @Override
    public void onMessage(Connection connection, Message message) {
        connection.send(message.channel(), message.bytes());
        connection.send(message.channel(), new byte[LARGE_BYTES]);
        connection.send(new byte[LARGE_BYTES]);
        Path release = Path.of(message.text());
        while (!Files.exists(release)) {
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }
}
