package dev.slipgate.fabric.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipgate.fabric.gateway.GatewayLane;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A native client's session at its gateway, which writes down in one list what it was given, in
 * order. The test plays the client, with numbers of its own, and keeps to the credit.
 */
final class NativeSession implements Session {
    private record Address(String host) implements PeerAddress {
        @Override
        public String toString() {
            return host + ":1";
        }
    }

    /** What went to the client: messages, {@code ack CHANNEL UPTO} and {@code attach}. */
    final List<String> given = new ArrayList<>();

    final List<FakeSession.Given> messages = new ArrayList<>();
    @Nullable Attach attach;
    @Nullable CloseReason closed;
    String identity = "ann";
    long creditBytes = 1024 * 1024;
    int room = Integer.MAX_VALUE;
    int maxMessageBytes = 1024 * 1024;
    private final GatewayLane lane;
    private final SessionStats stats = new SessionStats();
    private @Nullable Object attachment;

    NativeSession(GatewayLane lane) {
        this.lane = lane;
    }

    /** The client says where it is, with all that a first session has to say. */
    void clientAttaches(long generation, long nowNs) {
        lane.onAttach(this, new Attach(generation == 1, generation, 0, List.of()), nowNs);
    }

    /** A message of the client arrives at the gateway. */
    void arrives(int channel, Delivery delivery, long number, byte[] bytes, long nowNs) {
        creditBytes -= delivery.reliable() ? bytes.length + 64 : 0;
        if (!lane.tryReserve(this, bytes.length, nowNs)) {
            throw new AssertionError("no room within the credit");
        }
        int length = bytes.length;
        lane.onMessage(this, channel, delivery, number, bytes, 0, length, length, nowNs);
    }

    void arrives(int channel, Delivery delivery, long number, String text, long nowNs) {
        arrives(channel, delivery, number, text.getBytes(UTF_8), nowNs);
    }

    /** The client has handled these messages of a channel. */
    void clientHandled(int channel, long nowNs, long... numbers) {
        var handled = new Positions();
        Arrays.stream(numbers).forEach(handled::add);
        lane.onDeliveryAck(this, channel, handled, nowNs);
    }

    /** The session has room again. */
    void roomFor(int moreMessages, long nowNs) {
        room = moreMessages;
        lane.onWritable(this, nowNs);
    }

    @Override
    public SendResult send(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        if (length > maxMessageBytes) {
            return SendResult.TOO_LARGE;
        }
        if (room == 0) {
            return SendResult.BACKPRESSURED;
        }
        room--;
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        var message = new FakeSession.Given(channel, delivery, number, copy);
        messages.add(message);
        given.add(length > 40 ? length + " bytes" : message.text());
        return SendResult.QUEUED;
    }

    @Override
    public void deliveryAck(int channel, Positions handled, long nowNs) {
        String ranges =
                String.join(
                        "",
                        IntStream.range(0, handled.rangeCount())
                                .mapToObj(
                                        i -> " " + handled.rangeFrom(i) + "-" + handled.rangeTo(i))
                                .toList());
        given.add("ack " + channel + " " + handled.upTo() + ranges);
    }

    @Override
    public void sendAttach(Attach answer, long nowNs) {
        attach = answer;
        given.add("attach");
    }

    @Override
    public void consumed(long costBytes, long nowNs) {
        creditBytes += costBytes;
    }

    @Override
    public boolean betweenEnds() {
        return true;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    @Override
    public long id() {
        return 2;
    }

    @Override
    public PeerAddress peer() {
        return new Address("native");
    }

    @Override
    public boolean connected() {
        return closed == null;
    }

    @Override
    public void close(CloseReason reason, long nowNs) {
        if (closed == null) {
            closed = reason;
            lane.onClosed(this, reason, nowNs);
        }
    }

    @Override
    public SessionStats stats() {
        return stats;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }
}
