package dev.slipgate.gateway;

import dev.slipgate.gateway.loop.SessionLoop;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import java.util.List;

/** An entrance of a running gateway. */
interface OpenEntrance {
    /** Gives an event loop its endpoint and its carrier; before {@link #open}. */
    void addLoop(EventLoop loop, SessionLoop sessions, EndpointFactory.Parts parts);

    /** Binds; fails with a {@code StartFailure}. Any thread. */
    Future<Void> open();

    /** Its listeners, and what they count; any thread. */
    List<Listener> listeners();

    /** Closes all sockets once what was flushed has left; any thread, harmless when repeated. */
    Future<Void> close();
}
