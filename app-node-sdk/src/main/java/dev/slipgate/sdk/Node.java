package dev.slipgate.sdk;

import dev.slipgate.protocol.ConnectionId;
import java.util.Collection;
import java.util.Optional;

/** The node that an app runs on. Every method may be called from any thread, and none blocks. */
public interface Node {
    /** What operators call it, such as {@code node-1}. */
    String name();

    /**
     * The connections that live on this node, from before their {@link App#onConnect} until after
     * their {@link App#onDisconnect}. A live view that cannot be changed: going through it never
     * fails, and may or may not show what comes and goes meanwhile.
     */
    Collection<Connection> connections();

    /** The connection of this name, when it lives on this node. */
    Optional<Connection> connection(ConnectionId id);
}
