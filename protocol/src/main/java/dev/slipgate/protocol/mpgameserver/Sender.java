package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.SendResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a session: fills packets with what was lost, then with what is new; learns
 * from acknowledgements; sends again what is lost, under its old message number.
 */
final class Sender implements SentPackets.Listener {
    /** Where complete messages are reported to, from within {@link #onAck}. */
    interface Listener {
        /** The peer has all of the kept message. */
        void onDelivered(int channel, long number, long nowNs);
    }

    private static final int TURNS = 3;

    private final SessionSettings settings;
    private final Sizes sizes;
    private final OutPool pool;
    private final PayloadWriter writer;
    private final Listener listener;
    private final SendQueue queue;
    private final RttEstimator rtt;
    private final SentPackets packets;
    private final PartWindow window;
    private final ResendList resends = new ResendList();
    private @Nullable OutPart lostHead;
    private @Nullable OutPart lostTail;
    private int turn;

    /**
     * @param firstNumber the first number of packets and of messages
     */
    Sender(SessionContext context, int firstNumber, Listener listener) {
        this.settings = context.settings();
        this.sizes = context.sizes();
        this.pool = context.outPool();
        this.writer = context.writer();
        this.listener = listener;
        this.queue = new SendQueue(settings, sizes, pool, context.drops());
        this.rtt = new RttEstimator(settings.peerAckDelayNs());
        this.packets =
                new SentPackets(firstNumber, rtt, new DelayWindow(settings.peerAckDelayNs()));
        this.window = new PartWindow(firstNumber);
    }

    SendResult offer(
            int channel,
            Delivery delivery,
            boolean bestEffort,
            long number,
            byte[] bytes,
            int offset,
            int length) {
        return queue.offer(channel, delivery, bestEffort, number, bytes, offset, length);
    }

    void offerControl(int type, byte[] body) {
        queue.offerControl(type, body);
    }

    /** Whether any message could leave in a packet now, were it not for pacing. */
    boolean hasWork() {
        return packets.open() && (peekLost() != null || (queue.hasUnsent() && window.open()));
    }

    /** Whether a packet may leave that is no keep-alive, were it not for pacing. */
    boolean open() {
        return packets.open();
    }

    /** Fills the shared writer with the next packet's messages; answers the packet's number. */
    int fill(byte[] datagram, long nowNs) {
        boolean open = packets.open();
        int packet = packets.begin(nowNs, this);
        writer.start(datagram);
        if (open) {
            fillLost(packet, nowNs);
            fillNew(packet, nowNs);
        }
        if (writer.count() > 0) {
            packets.measure(packet);
        }
        return packet;
    }

    private void fillLost(int packet, long nowNs) {
        OutPart part;
        while ((part = peekLost()) != null) {
            OutMessage message = Objects.requireNonNull(part.message);
            if (!writer.fits(bodyLength(message, part.index))) {
                return;
            }
            dropLostHead(part);
            write(message, part.index, part.number);
            onSent(part, message, packet, nowNs);
        }
    }

    private void fillNew(int packet, long nowNs) {
        turn = (turn + 1) % TURNS;
        int now = turn;
        int misses = 0;
        while (misses < TURNS && window.open()) {
            OutMessage message = queue.peek(now);
            if (message == null || !writer.fits(bodyLength(message, message.nextPart))) {
                misses++;
                now = (now + 1) % TURNS;
                continue;
            }
            misses = 0;
            sendNext(message, packet, nowNs);
            queue.onPartSent(now);
        }
    }

    private void sendNext(OutMessage message, int packet, long nowNs) {
        int index = message.nextPart;
        if (!message.kept()) {
            write(message, index, window.assign());
            return;
        }
        OutPart part = pool.part(message, index);
        write(message, index, window.assign(part));
        part.firstSentNs = nowNs;
        onSent(part, message, packet, nowNs);
    }

    private void onSent(OutPart part, OutMessage message, int packet, long nowNs) {
        packets.add(packet, part.number);
        part.lastPacket = packet;
        if (message.bestEffort && !part.inResendList) {
            part.resendAtNs = nowNs + settings.keepAliveNs();
            resends.add(part);
        }
    }

    private void write(OutMessage message, int index, int number) {
        int bodyLength = bodyLength(message, index);
        if (!message.fragmented()) {
            int body = writer.add(message.type, number, bodyLength);
            System.arraycopy(message.bytes, 0, writer.bytes(), body, bodyLength);
            return;
        }
        int body = writer.add(Wire.APP_FRAGMENT, number, bodyLength);
        byte[] out = writer.bytes();
        Wire.putU16(out, body, message.fragmentId);
        Wire.putU16(out, body + 2, index + 1);
        Wire.putU16(out, body + 4, message.partCount);
        System.arraycopy(
                message.bytes,
                index * sizes.fragmentDataBytes(),
                out,
                body + Wire.FRAGMENT_HEADER_BYTES,
                bodyLength - Wire.FRAGMENT_HEADER_BYTES);
    }

    private int bodyLength(OutMessage message, int index) {
        if (!message.fragmented()) {
            return message.length;
        }
        int before = index * sizes.fragmentDataBytes();
        return Wire.FRAGMENT_HEADER_BYTES
                + Math.min(sizes.fragmentDataBytes(), message.length - before);
    }

    /** Takes the acknowledgement in a header of the peer. */
    void onAck(int ack, int ackBits, long nowNs) {
        packets.onAck(ack, ackBits, nowNs, this);
    }

    @Override
    public void onPartAcked(int messageNumber, long nowNs) {
        OutPart part = window.find(messageNumber);
        if (part != null) {
            OutMessage message = finish(part);
            if (message.partsDone == message.partCount) {
                boolean tells = message.number > 0 && !message.bestEffort;
                int channel = message.channel;
                long number = message.number;
                queue.onDone(message);
                if (tells) {
                    listener.onDelivered(channel, number, nowNs);
                }
            }
        }
    }

    @Override
    public void onPartLost(int messageNumber, int packetNumber) {
        OutPart part = window.find(messageNumber);
        // One that was sent again since, or resends itself by its own clock, needs nothing.
        if (part != null && part.lastPacket == packetNumber && !part.inResendList) {
            addLost(part);
        }
    }

    private OutMessage finish(OutPart part) {
        OutMessage message = Objects.requireNonNull(part.message);
        window.remove(part);
        message.partsDone++;
        releaseIfFree(part);
        return message;
    }

    private void releaseIfFree(OutPart part) {
        if (part.number == 0 && !part.inLostList && !part.inResendList) {
            pool.release(part);
        }
    }

    private void addLost(OutPart part) {
        if (part.inLostList) {
            return;
        }
        part.inLostList = true;
        part.nextLost = null;
        if (lostTail == null) {
            lostHead = part;
        } else {
            lostTail.nextLost = part;
        }
        lostTail = part;
    }

    /** The first lost part that is still wanted; what was acknowledged meanwhile is let go. */
    private @Nullable OutPart peekLost() {
        OutPart part;
        while ((part = lostHead) != null && part.number == 0) {
            dropLostHead(part);
            releaseIfFree(part);
        }
        return part;
    }

    private void dropLostHead(OutPart part) {
        lostHead = part.nextLost;
        if (lostHead == null) {
            lostTail = null;
        }
        part.nextLost = null;
        part.inLostList = false;
    }

    /** Gives up what is out for too long, and resends best-effort messages that are due. */
    void onTimeout(long nowNs) {
        packets.onTimeout(nowNs, this);
        OutPart part;
        while ((part = resends.pollDue(nowNs)) != null) {
            if (part.number == 0) {
                releaseIfFree(part);
            } else if (nowNs - part.firstSentNs < settings.messageTimeoutNs()) {
                addLost(part);
            } else {
                OutMessage message = finish(part);
                if (message.partsDone == message.partCount) {
                    queue.onDone(message);
                }
            }
        }
    }

    /** When {@link #onTimeout} is next worth calling. */
    long nextTimeoutNs() {
        return Math.min(packets.lossDeadlineNs(), resends.nextNs());
    }

    RttEstimator rtt() {
        return rtt;
    }

    SentPackets packets() {
        return packets;
    }

    /** Message numbers from the oldest kept to the newest. */
    int messagesOutstanding() {
        return window.outstanding();
    }

    /** A number for a last message that is not kept. */
    int assignNumber() {
        return window.assign();
    }

    long queuedBytes() {
        return queue.queuedBytes();
    }
}
