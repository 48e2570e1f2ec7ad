package dev.slipgate.client;

import dev.slipgate.client.SendOutcome.DeliveryState;
import dev.slipgate.client.carrier.Carrier;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.end.EndListener;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.slipgate.ConnectFailure;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a client is between its calls: the attempts one after another, the end of the connection,
 * and what is to be told. Confined by the client's lock; it calls nobody but by {@link Events},
 * which are run outside of the lock. Its driver, when {@link #attemptDue}, looks up the name and
 * calls {@link #begin}; then {@link #turn}; then runs the events; then {@link #transmit}.
 */
final class ClientCore implements EndListener {
    /** How long a goodbye may be repeated for a gateway that still sends. */
    private static final long MAX_CLOSING_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private enum Phase {
        /** No attempt; the next is due at a time. */
        WAITING,
        CONNECTING,
        CONNECTED,
        /** The goodbye may have to be said again. */
        CLOSING,
        OVER
    }

    private final Connections connections;
    private final ReconnectPolicy reconnect;
    private final Events events;
    private Phase phase = Phase.WAITING;
    private SessionEnd end;
    private @Nullable Attempt attempt;
    private long dueNs; // of what the phase waits for
    private int failedAttempts;
    private int connects;
    private boolean sendRefused;
    private CloseReason lostFor = CloseReason.CLIENT_CLOSED;
    private ConnectOutcome.@Nullable Failed failure; // of the present turn
    private @Nullable CloseReason closedFor; // in the present turn

    ClientCore(Connections connections, ReconnectPolicy reconnect, Events events, long nowNs) {
        this.connections = connections;
        this.reconnect = reconnect;
        this.events = events;
        this.dueNs = nowNs;
        this.end = connections.newEnd(this);
    }

    /** Whether {@link #begin} is to be called. */
    boolean attemptDue(long nowNs) {
        return phase == Phase.WAITING && nowNs >= dueNs;
    }

    /** Begins to connect to what a name stands for. */
    void begin(Target.Lookup lookup, long nowNs) {
        if (phase != Phase.WAITING) {
            return; // closed meanwhile
        }
        phase = Phase.CONNECTING;
        dueNs = nowNs + connections.connectTimeoutNs();
        try {
            attempt = connections.attempt(lookup, end, dueNs, this::onFailed);
        } catch (IOException refused) {
            failure = new ConnectOutcome.NoAnswer(String.valueOf(refused.getMessage()));
            settle(nowNs);
        }
    }

    /**
     * Reads, does what is due, sends.
     *
     * @return whether there may be more to do at once
     */
    boolean turn(long nowNs) {
        Attempt now = attempt;
        if (now == null) {
            return false;
        }
        boolean more = now.turn(nowNs);
        if (phase == Phase.CONNECTING && failure == null && closedFor == null) {
            watchTheClock(now, nowNs);
        }
        settle(nowNs);
        if (phase == Phase.CLOSING && (now.silent() || nowNs >= dueNs)) {
            leave(Phase.OVER);
        }
        return more;
    }

    private void watchTheClock(Attempt now, long nowNs) {
        if (now.neverOpened()) {
            failure = new ConnectOutcome.NoAnswer(now.carrier().detail());
        } else if (nowNs >= dueNs) {
            String detail =
                    now.session() == null
                            ? now.carrier().detail()
                            : "the gateway answered, but no node took the connection";
            now.close(CloseReason.CLIENT_CLOSED, nowNs);
            failure = new ConnectOutcome.NoAnswer(detail);
        }
    }

    /** Sends what callbacks have caused. */
    void transmit(long nowNs) {
        if (attempt != null) {
            attempt.transmit(nowNs);
        }
    }

    /** When {@link #turn} is due by itself. */
    long nextTimeoutNs() {
        if (failure != null || closedFor != null) {
            return 0; // said outside of a turn
        }
        long ownNs = phase == Phase.CONNECTED || phase == Phase.OVER ? Endpoint.NEVER : dueNs;
        return attempt == null ? ownNs : Math.min(ownNs, attempt.nextTimeoutNs());
    }

    @Nullable Carrier carrier() {
        return attempt == null ? null : attempt.carrier();
    }

    boolean connected() {
        return phase == Phase.CONNECTED;
    }

    boolean over() {
        return phase == Phase.OVER;
    }

    // ---- What the session says ----

    private void onFailed(ConnectFailure told) {
        String detail = told.detail();
        failure =
                switch (told.kind()) {
                    case WRONG_KEY -> new ConnectOutcome.WrongKey(detail);
                    case NO_ANSWER -> new ConnectOutcome.NoAnswer(withCarrier(""));
                    case VERSION_MISMATCH -> new ConnectOutcome.VersionMismatch(detail);
                    case TOKEN_REFUSED -> new ConnectOutcome.TokenRefused(detail);
                    case SERVER_FULL -> new ConnectOutcome.ServerFull(detail, told.retryAfterMs());
                };
    }

    private String withCarrier(String detail) {
        Attempt now = attempt;
        String carrier = now == null ? "" : now.carrier().detail();
        return carrier.isEmpty() ? detail : carrier;
    }

    @Override
    public void onAttached(Attach peer, long nowNs) {
        if (phase == Phase.CONNECTING) {
            phase = Phase.CONNECTED;
            failedAttempts = 0;
            connects++;
            events.connected();
        }
    }

    @Override
    public void onMessage(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        events.message(end, channel, delivery, number, copy);
    }

    @Override
    public void onDelivered(int channel, long number, @Nullable Object tag, long nowNs) {
        events.settled(tag, DeliveryState.HANDLED);
    }

    @Override
    public void onGivenUp(int channel, long number, @Nullable Object tag) {
        events.settled(tag, DeliveryState.UNKNOWN);
    }

    @Override
    public void onWritable(long nowNs) {
        sendRefused = false;
        events.writable();
    }

    @Override
    public void onClosed(CloseReason reason, long nowNs) {
        closedFor = reason;
    }

    // ---- What follows from it, after the turn in which it was said ----

    private void settle(long nowNs) {
        CloseReason closed = closedFor;
        ConnectOutcome.Failed failed = failure;
        closedFor = null;
        failure = null;
        if (phase == Phase.CONNECTING && (failed != null || closed != null)) {
            onAttemptFailed(failed != null ? failed : outcomeOf(closed), nowNs);
        } else if (phase == Phase.CONNECTED && closed != null) {
            failedAttempts = 0;
            lostFor = closed;
            goOnWithout(closed, Retries.worthwhile(closed), 0, nowNs);
        }
    }

    private ConnectOutcome.Failed outcomeOf(@Nullable CloseReason closed) {
        return switch (closed) {
            case TOKEN_REFUSED -> new ConnectOutcome.TokenRefused("");
            case SERVER_FULL -> new ConnectOutcome.ServerFull("", 0);
            case null -> new ConnectOutcome.NoAnswer("");
            default -> new ConnectOutcome.NoAnswer(withCarrier(closed.text()));
        };
    }

    private void onAttemptFailed(ConnectOutcome.Failed failed, long nowNs) {
        if (connects == 0) {
            end.close(CloseReason.CLIENT_CLOSED, nowNs);
            leave(Phase.OVER);
            events.connectFailed(failed);
            return;
        }
        failedAttempts++;
        long notBeforeMs =
                failed instanceof ConnectOutcome.ServerFull full ? full.retryAfterMs() : 0;
        goOnWithout(
                Retries.reasonOf(failed, lostFor), Retries.worthwhile(failed), notBeforeMs, nowNs);
    }

    /** The connection is lost: another one, or none. */
    private void goOnWithout(CloseReason reason, boolean worthwhile, long notBeforeMs, long nowNs) {
        int next = failedAttempts + 1;
        if (!worthwhile || !reconnect.allows(next)) {
            end.close(reason, nowNs);
            leave(Phase.OVER);
            events.closed(reason);
            return;
        }
        leave(Phase.WAITING);
        replaceUsedEnd(reason, nowNs);
        long delayMs = Math.max(notBeforeMs, connections.delayMs(reconnect, next));
        dueNs = nowNs + TimeUnit.MILLISECONDS.toNanos(delayMs);
        events.reconnecting(reason, next, delayMs);
    }

    /** Resume is not built yet: another session needs another end, and what was kept is lost. */
    private void replaceUsedEnd(CloseReason reason, long nowNs) {
        if (end.generation() == 0) {
            return; // no session ever had it: what waits in it goes by the next
        }
        end.close(reason, nowNs);
        end = connections.newEnd(this);
        if (sendRefused) {
            onWritable(nowNs);
        }
    }

    private void leave(Phase next) {
        phase = next;
        if (attempt != null) {
            attempt.carrier().close();
            attempt = null;
        }
    }

    // ---- What the application asks for ----

    SendOutcome send(int channel, byte[] bytes, int offset, int length, long nowNs) {
        var delivery = new CompletableFuture<DeliveryState>();
        if (phase == Phase.CLOSING || phase == Phase.OVER) {
            return new SendOutcome.Refused(SendOutcome.Reason.CLOSED);
        }
        SendResult result = end.send(channel, bytes, offset, length, delivery, nowNs);
        return switch (result) {
            case QUEUED -> {
                if (!connections.reliable(channel)) {
                    delivery.complete(DeliveryState.NOT_TRACKED);
                }
                yield new SendOutcome.Queued(delivery);
            }
            case BACKPRESSURED -> {
                sendRefused = true;
                yield new SendOutcome.Refused(SendOutcome.Reason.BACKPRESSURED);
            }
            case TOO_LARGE -> new SendOutcome.Refused(SendOutcome.Reason.TOO_LARGE);
            case CLOSED -> new SendOutcome.Refused(SendOutcome.Reason.CLOSED);
        };
    }

    /** The application is through with a message of this end, if that is still the one at hand. */
    void handled(SessionEnd of, int channel, long number, int length, long nowNs) {
        if (of == end && phase != Phase.OVER) {
            end.handled(channel, number, length, nowNs);
        }
    }

    /**
     * Says goodbye.
     *
     * @param lingers whether turns follow in which the goodbye may be repeated
     */
    void close(boolean lingers, long nowNs) {
        if (phase == Phase.CLOSING || phase == Phase.OVER) {
            return;
        }
        boolean wasThere = phase == Phase.CONNECTING || phase == Phase.CONNECTED;
        phase = Phase.CLOSING;
        dueNs = nowNs + MAX_CLOSING_NS;
        if (attempt != null) {
            attempt.transmit(nowNs); // what was sent before goes first, as far as it may
        }
        end.close(CloseReason.CLIENT_CLOSED, nowNs);
        if (attempt != null) {
            attempt.close(CloseReason.CLIENT_CLOSED, nowNs);
        }
        if (!lingers || !wasThere) {
            leave(Phase.OVER);
        }
        if (connects > 0) {
            events.closed(CloseReason.CLIENT_CLOSED);
        } else {
            events.connectFailed(new ConnectOutcome.NoAnswer("the client was closed first"));
        }
    }

    ClientStats stats() {
        return connections.stats(attempt, end, connects);
    }
}
