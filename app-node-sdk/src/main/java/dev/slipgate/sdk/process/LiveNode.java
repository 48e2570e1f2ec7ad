package dev.slipgate.sdk.process;

import dev.slipgate.protocol.ConnectionId;
import dev.slipgate.sdk.Connection;
import dev.slipgate.sdk.Node;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of all lanes of this node, as the app sees them. It holds exactly those between
 * their first and last hook, so the bound on connections bounds it. Thread-safe.
 */
final class LiveNode implements Node {
    private final String name;
    private final ConcurrentHashMap<ConnectionId, LiveConnection> connections =
            new ConcurrentHashMap<>();
    private final Collection<Connection> view =
            Collections.unmodifiableCollection(connections.values());

    LiveNode(String name) {
        this.name = name;
    }

    void add(LiveConnection connection) {
        connections.put(connection.id(), connection);
    }

    void remove(LiveConnection connection) {
        connections.remove(connection.id(), connection);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Collection<Connection> connections() {
        return view;
    }

    @Override
    public Optional<Connection> connection(ConnectionId id) {
        return Optional.ofNullable(connections.get(id));
    }
}
