package dev.slipgate.sdk.process;

import dev.slipgate.fabric.node.ConnectionHandler;
import dev.slipgate.fabric.node.NodeConnection;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.runtime.logging.LogContext;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.Message;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns fabric's calls about a connection into the app's hooks. It runs on the mailbox's virtual
 * thread. A hook that throws is logged here, once, with its connection; the lane then closes the
 * connection.
 */
final class AppHandler implements ConnectionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AppHandler.class);

    private final App app;
    private final LiveNode node;
    private final LongAdder failures = new LongAdder();

    AppHandler(App app, LiveNode node) {
        this.app = app;
        this.node = node;
    }

    /** The class of the app. */
    String appName() {
        return app.getClass().getName();
    }

    /** Hooks about connections that threw, since start. */
    long failures() {
        return failures.sum();
    }

    @Override
    public void onConnect(NodeConnection connection, boolean recovered) {
        var live = new LiveConnection(connection, node);
        connection.attach(live);
        node.add(live);
        run("onConnect", live, () -> app.onConnect(live, recovered));
    }

    @Override
    public void onMessage(
            NodeConnection connection, int channel, byte[] bytes, boolean redelivered) {
        LiveConnection live = live(connection);
        var message = new Message(channel, bytes, redelivered);
        run("onMessage", live, () -> app.onMessage(live, message));
    }

    @Override
    public void onDisconnect(NodeConnection connection, CloseReason reason) {
        LiveConnection live = live(connection);
        try {
            run("onDisconnect", live, () -> app.onDisconnect(live, reason));
        } finally {
            node.remove(live);
        }
    }

    private static LiveConnection live(NodeConnection connection) {
        return (LiveConnection)
                Objects.requireNonNull(connection.attachment(), "onConnect comes first");
    }

    /**
     * Runs a hook, with the connection's id in whatever it logs. Catches everything: an app's
     * errors, such as a stack overflow, are its own as well.
     */
    private void run(String name, LiveConnection connection, Hook hook) {
        try (var _ = LogContext.connection(connection.idText())) {
            call(name, hook);
        }
    }

    private void call(String name, Hook hook) {
        try {
            hook.run();
        } catch (Throwable failure) {
            failures.increment();
            LOG.error("{} failed: the connection is closed", name, failure);
            throw new HookFailed(name);
        }
    }

    @FunctionalInterface
    private interface Hook {
        void run() throws Exception;
    }

    /** Tells the lane that a hook threw; without a stack trace, since the cause is logged. */
    private static final class HookFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HookFailed(String hook) {
            super(hook + " failed", null, false, false);
        }
    }
}
