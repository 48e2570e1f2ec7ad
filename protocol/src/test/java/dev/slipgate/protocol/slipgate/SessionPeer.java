package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Redirect;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.session.Ticket;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.testnet.NetNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One bare session with a host and a listener that write everything down. */
final class SessionPeer implements NetNode, SessionHost, SessionListener {
    final List<RecordedMessage> messages = new ArrayList<>();
    final List<Long> delivered = new ArrayList<>();
    final List<CloseReason> closed = new ArrayList<>();
    final List<Attach> attaches = new ArrayList<>();
    final List<Ticket> tickets = new ArrayList<>();
    final List<Redirect> redirects = new ArrayList<>();
    final List<Positions> deliveryAcks = new ArrayList<>();
    final List<DropReason> refusals = new ArrayList<>();
    final DropCounter drops = new DropCounter();
    final SlipgateContext context;
    private @Nullable SlipgateSession session;
    private long deadlineNs = Endpoint.NEVER;

    /** Raises the peer's credit as soon as a message is here. */
    boolean consumes = true;

    /** Answers the token at once. */
    boolean accepts = true;

    byte @Nullable [] token;
    long roomLimit = Long.MAX_VALUE;
    long reserved;
    int connected;
    int proven;
    int ended;
    int writable;
    int wakeUps;

    /** Runs in the midst of the next message. */
    @Nullable Runnable onNextMessage;

    SessionPeer(Crypto crypto, SlipgateSettings settings, long seed) {
        context =
                new SlipgateContext(
                        settings,
                        crypto,
                        this,
                        this,
                        drops,
                        new BytePool(1 << 20),
                        new Random(seed));
    }

    void begin(SlipgateSession begun) {
        session = begun;
    }

    SlipgateSession session() {
        if (session == null) {
            throw new IllegalStateException("no session yet");
        }
        return session;
    }

    /** The messages of a channel as text, in the order in which they came. */
    List<String> texts(int channel) {
        return messages.stream()
                .filter(message -> message.channel() == channel)
                .map(
                        message ->
                                new String(
                                        message.bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    List<Long> numbers(int channel) {
        return messages.stream()
                .filter(message -> message.channel() == channel)
                .map(RecordedMessage::number)
                .toList();
    }

    @Override
    public void onPacket(PeerAddress from, byte[] packet, long nowNs) {
        DropReason refusal = session().onPacket(from, packet, 0, packet.length, nowNs);
        if (refusal != null) {
            refusals.add(refusal);
        }
    }

    @Override
    public boolean poll(Transmit out, long nowNs) {
        SlipgateSession polled = session();
        if (!polled.inReadyList) {
            return false;
        }
        if (polled.poll(out, nowNs)) {
            return true;
        }
        polled.inReadyList = false;
        polled.settle(nowNs);
        if (polled.inReadyList) {
            throw new AssertionError("ready, and nothing to send: a loop without end");
        }
        return false;
    }

    @Override
    public void onTimeout(long nowNs) {
        if (deadlineNs <= nowNs) {
            deadlineNs = Endpoint.NEVER;
            wakeUps++;
            session().onDeadline(nowNs);
        }
    }

    @Override
    public long nextTimeoutNs() {
        return deadlineNs;
    }

    @Override
    public void onReady(SlipgateSession ready) {
        ready.inReadyList = true;
    }

    /** As a wheel of one millisecond: never early by more than the present, never twice in one. */
    @Override
    public void onDeadline(SlipgateSession about, long newDeadlineNs, long nowNs) {
        long tickNs = 1_000_000L;
        long roundedNs = Math.max(newDeadlineNs, nowNs + tickNs);
        deadlineNs = Math.min(deadlineNs, roundedNs);
    }

    @Override
    public void onProven(SlipgateSession about, long nowNs) {
        proven++;
    }

    @Override
    public void onToken(SlipgateSession about, byte[] whole, long nowNs) {
        token = whole;
        if (accepts) {
            about.accepted("somebody", nowNs);
        }
    }

    @Override
    public void onEnded(SlipgateSession about) {
        ended++;
        deadlineNs = Endpoint.NEVER;
    }

    @Override
    public void onConnected(Session about, long nowNs) {
        connected++;
    }

    @Override
    public boolean tryReserve(Session about, int bytes, long nowNs) {
        if (reserved + bytes > roomLimit) {
            return false;
        }
        reserved += bytes;
        return true;
    }

    @Override
    public void unreserve(Session about, int bytes) {
        reserved -= bytes;
        if (reserved < 0) {
            throw new AssertionError("more room given back than was granted");
        }
    }

    @Override
    public void onMessage(
            Session about,
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            int reservedBytes,
            long nowNs) {
        if (reservedBytes < length || reservedBytes > reserved) {
            throw new AssertionError("room " + reservedBytes + " for " + length);
        }
        reserved -= reservedBytes;
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        messages.add(new RecordedMessage(channel, delivery, number, copy));
        Runnable now = onNextMessage;
        onNextMessage = null;
        if (now != null) {
            now.run();
        }
        if (consumes && delivery.reliable()) {
            about.consumed(length + 64L, nowNs);
        }
    }

    @Override
    public void onDelivered(Session about, int channel, long number, long nowNs) {
        delivered.add(number);
    }

    @Override
    public void onDeliveryAck(Session about, int channel, Positions handled, long nowNs) {
        deliveryAcks.add(handled.copy());
    }

    @Override
    public void onAttach(Session about, Attach attach, long nowNs) {
        attaches.add(attach);
    }

    @Override
    public void onTicket(Session about, Ticket ticket, long nowNs) {
        tickets.add(ticket);
    }

    @Override
    public void onRedirect(Session about, Redirect redirect, long nowNs) {
        redirects.add(redirect);
    }

    @Override
    public void onWritable(Session about, long nowNs) {
        writable++;
    }

    @Override
    public void onClosed(Session about, CloseReason reason, long nowNs) {
        closed.add(reason);
    }
}
