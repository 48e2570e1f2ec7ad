package dev.slipgate.fabric.node;

import dev.slipgate.protocol.CloseReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a handler leaves behind for its own connection: the messages that it sent and the
 * delivery ack of the one that it handled. Filled by the run's thread, then handed to the lane's
 * thread, which writes it to the end before the next.
 */
final class Unit {
    /** No message was handled by the run. */
    static final int NOTHING_HANDLED = -1;

    final LaneConnection connection;
    final int handledChannel;
    final long handledNumber;
    final int handledCost;
    private final List<Outgoing> messages = new ArrayList<>(1);
    private int cost;
    private @Nullable CloseReason close;
    private String closeDetail = "";
    private volatile @Nullable Thread runner;

    private boolean ackWritten;
    private int nextMessage;

    Unit(LaneConnection connection, int handledChannel, long handledNumber, int handledCost) {
        this.connection = connection;
        this.handledChannel = handledChannel;
        this.handledNumber = handledNumber;
        this.handledCost = handledCost;
        this.ackWritten = handledChannel == NOTHING_HANDLED;
    }

    /** A unit outside of any run of its connection's handler. */
    static Unit outside(LaneConnection connection) {
        return new Unit(connection, NOTHING_HANDLED, 0, 0);
    }

    void runBegins() {
        runner = Thread.currentThread();
    }

    void runEnds() {
        runner = null;
    }

    boolean runsOnThisThread() {
        return runner == Thread.currentThread();
    }

    boolean fits(int messageCost, int limit) {
        return cost + messageCost <= limit;
    }

    void add(Outgoing message, int messageCost) {
        messages.add(message);
        cost += messageCost;
    }

    void close(CloseReason reason, String detail) {
        close = reason;
        closeDetail = detail;
    }

    List<Outgoing> messages() {
        return messages;
    }

    @Nullable CloseReason closeReason() {
        return close;
    }

    String closeDetail() {
        return closeDetail;
    }

    boolean isEmpty() {
        return messages.isEmpty() && close == null && handledChannel == NOTHING_HANDLED;
    }

    boolean ackDue() {
        return !ackWritten;
    }

    void ackWritten() {
        ackWritten = true;
    }

    /** The message to be written next; null when all are. */
    @Nullable Outgoing nextMessage() {
        return nextMessage < messages.size() ? messages.get(nextMessage) : null;
    }

    boolean onLastMessage() {
        return nextMessage == messages.size() - 1;
    }

    void messageWritten() {
        nextMessage++;
    }
}
