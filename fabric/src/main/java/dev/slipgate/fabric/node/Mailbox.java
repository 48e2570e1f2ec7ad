package dev.slipgate.fabric.node;

import dev.slipgate.protocol.CloseReason;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection's mailbox: the lane's thread fills it, and one run after another empties it on the
 * executor. Its bound is the connection's credit, which the lane enforces.
 */
final class Mailbox implements Runnable {
    /** What one run takes at most before others get their turn. */
    private static final int MAX_EVENTS_PER_RUN = 64;

    /** What lies in a mailbox. */
    sealed interface Event {
        record Connect(boolean recovered) implements Event {}

        record Message(int channel, long number, byte[] bytes) implements Event {}

        record Disconnect(CloseReason reason) implements Event {}
    }

    private final LaneConnection connection;
    private final ConnectionHandler handler;
    private final Executor executor;
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private boolean over; // touched by one run at a time; pending orders the runs

    Mailbox(LaneConnection connection, ConnectionHandler handler, Executor executor) {
        this.connection = connection;
        this.handler = handler;
        this.executor = executor;
    }

    /** Adds an event, and sees that a run comes for it. */
    void post(Event event) {
        events.add(event);
        if (pending.getAndIncrement() == 0) {
            executor.execute(this);
        }
    }

    @Override
    public void run() {
        int taken = 0;
        for (int left = pending.get(); left > 0 && taken < MAX_EVENTS_PER_RUN; left--) {
            Event event = events.poll();
            if (event != null) {
                handle(event);
            }
            taken++;
        }
        if (pending.addAndGet(-taken) > 0) {
            executor.execute(this);
        }
    }

    private void handle(Event event) {
        if (over || (event instanceof Event.Message && connection.closing())) {
            return; // the app closed the connection; what it had not handled stays unacknowledged
        }
        Unit unit = connection.runBegins(event);
        boolean failed = false;
        try {
            call(event);
        } catch (Throwable failure) { // the handler has logged it; here it must not end the mailbox
            failed = true;
        } finally {
            connection.runEnds(unit);
        }
        over = event instanceof Event.Disconnect;
        connection.leave(unit, failed);
    }

    private void call(Event event) {
        switch (event) {
            case Event.Connect(boolean recovered) -> handler.onConnect(connection, recovered);
            case Event.Message(int channel, _, byte[] bytes) ->
                    handler.onMessage(connection, channel, bytes, false);
            case Event.Disconnect(CloseReason reason) -> handler.onDisconnect(connection, reason);
        }
    }
}
