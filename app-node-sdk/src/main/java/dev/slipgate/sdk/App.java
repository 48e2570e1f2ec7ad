package dev.slipgate.sdk;

import dev.slipgate.protocol.CloseReason;

/**
 * A game's logic on a node: hooks that Slipgate calls. Override those that you need.
 *
 * <p><b>Threads.</b> Every connection has a mailbox of its own: the hooks about one connection run
 * one at a time and in order, those of different connections at the same time. Each runs on a
 * virtual thread and may block; meanwhile its connection's messages wait, and no one else's. State
 * that belongs to one connection needs no lock: keep it in {@link Connection#attach}. State that
 * connections share does.
 *
 * <p><b>Units.</b> What a run of a hook sends to its own connection leaves after the hook returned,
 * together with the word that the message was handled: the client sees all of it or, when the node
 * dies before, none of it.
 *
 * <p><b>Exceptions.</b> A hook about a connection that throws is logged with the connection's id,
 * what it sent is dropped, and its connection is closed with {@link CloseReason#HANDLER_FAILED}. A
 * tick that throws is logged, and the next one comes.
 *
 * <p>An app that is found by {@code --app-jar} has a public constructor without parameters and is
 * named in {@code META-INF/services/dev.slipgate.sdk.App} of its jar.
 */
public interface App {
    /**
     * A client is connected: the first call about this connection.
     *
     * @param recovered whether the connection lived before on a node that died, so that what that
     *     node had in memory is lost
     */
    default void onConnect(Connection connection, boolean recovered) throws Exception {}

    /** A message of the client. The array is the app's to keep. */
    default void onMessage(Connection connection, Message message) throws Exception {}

    /**
     * The connection is over: the last call about it. It also comes after an {@link #onConnect}
     * that threw, so that what that one began can be undone.
     */
    default void onDisconnect(Connection connection, CloseReason reason) throws Exception {}

    /**
     * A beat of the node, 20 times a second unless {@code node.tick-ms} says otherwise, in a
     * mailbox of the node's own: never two at once. A tick that is not over when the next is due
     * costs that next one, which is counted and not made up for.
     *
     * @param nowNs monotonic time: only differences mean something
     */
    default void onTick(Node node, long nowNs) throws Exception {}
}
