package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.end.EndListener;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.testing.check.NumberedMessage;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The application at one end of a connection: sends its share of messages on several channels, one
 * by one and in bursts, and takes its time over those that come. All that it sees is checked by the
 * {@link Ledger} of the direction.
 */
final class App implements EndListener {
    /** What an app is part of. */
    interface Owner {
        /** The app has used its end: what stands below is to be polled. */
        void used();

        void onClosed(CloseReason reason);

        void onAttached();
    }

    private record Channel(int number, Delivery delivery) {}

    /** As often as it stands here; the last two are declared. */
    private static final Channel[] CHANNELS = {
        new Channel(0, Delivery.ORDERED),
        new Channel(0, Delivery.ORDERED),
        new Channel(1, Delivery.RELIABLE),
        new Channel(2, Delivery.SEQUENCED),
        new Channel(3, Delivery.UNRELIABLE),
        new Channel(70, Delivery.ORDERED),
        new Channel(200, Delivery.RELIABLE),
    };

    private static final int BURST_ONE_IN = 60;
    private static final int MAX_BURST = 40;

    /** With bulk: enough to open the congestion window wide. */
    private static final int FIRST_BURST = 150;

    private final World world;
    private final Agenda agenda;
    private final Owner owner;
    private final Ledger outgoing;
    private final Ledger incoming;
    private final SplittableRandom random;
    private final long meanGapNs;
    private @Nullable SessionEnd end;
    private int left;
    private boolean blocked;
    private long pausedUntilNs;

    App(World world, Owner owner, Ledger outgoing, Ledger incoming, SplittableRandom random) {
        this.world = world;
        this.agenda = world.agenda();
        this.owner = owner;
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.random = random;
        this.left = world.plan().messagesPerApp();
        this.meanGapNs = SeedPlan.TRAFFIC_MS * Agenda.MS / left;
    }

    void begin(SessionEnd itsEnd) {
        end = itsEnd;
        for (Channel each : CHANNELS) {
            Broken.unless(itsEnd.declare(each.number, each.delivery), "a declared channel");
        }
        agenda.after(gapNs(), this::act);
        pauseNow();
    }

    private SessionEnd end() {
        return Objects.requireNonNull(end);
    }

    boolean sentAll() {
        return left == 0;
    }

    private long gapNs() {
        return (long) (-Math.log(1 - random.nextDouble()) * meanGapNs);
    }

    /** Handles nothing for a while, now and then, so that credit runs out. */
    private void pauseNow() {
        pausedUntilNs = agenda.nowNs() + random.nextLong(2 * Agenda.SECOND);
        agenda.after(random.nextLong(40 * Agenda.SECOND) + 1, this::pauseNow);
    }

    private void act() {
        if (left == 0) {
            return;
        }
        int burst = random.nextInt(BURST_ONE_IN) == 0 ? random.nextInt(MAX_BURST) : 1;
        if (world.plan().bulk() && left == world.plan().messagesPerApp()) {
            burst = FIRST_BURST;
        }
        for (int i = 0; i < burst && left > 0 && !blocked; i++) {
            sendOne();
        }
        owner.used();
        agenda.after(Math.min(burst, MAX_BURST) * gapNs() + 1, this::act);
    }

    private void sendOne() {
        Channel on = CHANNELS[random.nextInt(CHANNELS.length)];
        int number = outgoing.nextNumber(on.number, on.delivery);
        byte[] message = NumberedMessage.of(number, sizeBytes(), world.plan().seed());
        switch (end().send(on.number, message, 0, message.length, number, agenda.nowNs())) {
            case QUEUED -> {
                outgoing.sent(on.number, on.delivery, message);
                left--;
            }
            case BACKPRESSURED -> blocked = true;
            case CLOSED ->
                    Broken.unless(!on.delivery.reliable(), "a reliable message was not taken");
            case TOO_LARGE -> throw new Broken(message.length + " bytes were too large");
        }
    }

    private int sizeBytes() {
        double largest =
                switch (world.plan().bulk() ? 0 : random.nextInt(40)) {
                    case 0 -> world.plan().largestMessageBytes();
                    case 1, 2 -> 2_000;
                    default -> 300;
                };
        return (int) SeedPlan.logUniform(random, NumberedMessage.MIN_BYTES, largest);
    }

    @Override
    public void onAttached(Attach peer, long nowNs) {
        owner.onAttached();
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
        Broken.unless(nowNs == agenda.nowNs(), "a message of another time");
        byte[] message = Arrays.copyOfRange(bytes, offset, offset + length);
        incoming.arrived(channel, delivery, number, message);
        if (delivery.reliable()) {
            take(channel, number, length);
        }
        if (left > 0 && !blocked && random.nextInt(40) == 0) {
            sendOne(); // from within
        }
    }

    private void take(int channel, long number, int length) {
        long pauseNs = Math.max(0, pausedUntilNs - agenda.nowNs());
        boolean atOnce = pauseNs == 0 && random.nextInt(5) < 3;
        if (atOnce) {
            handle(channel, number, length);
            return;
        }
        agenda.after(
                pauseNs + random.nextLong(30 * Agenda.MS),
                () -> {
                    handle(channel, number, length);
                    owner.used();
                });
    }

    private void handle(int channel, long number, int length) {
        incoming.handled(channel, number);
        end().handled(channel, number, length, agenda.nowNs());
    }

    @Override
    public void onDelivered(int channel, long number, @Nullable Object tag, long nowNs) {
        Broken.unless(Long.valueOf(number).equals(((Integer) tag).longValue()), "another's tag");
        outgoing.told(channel, number);
    }

    @Override
    public void onGivenUp(int channel, long number, @Nullable Object tag) {
        throw new Broken("message %d of channel %d was given up".formatted(number, channel));
    }

    @Override
    public void onGap(int channel, long firstKept, long missing, long nowNs) {
        throw new Broken("%d messages of channel %d are missing".formatted(missing, channel));
    }

    @Override
    public void onWritable(long nowNs) {
        blocked = false;
        if (left > 0) {
            sendOne();
        }
    }

    @Override
    public void onClosed(CloseReason reason, long nowNs) {
        owner.onClosed(reason);
    }

    @Override
    public String toString() {
        return "%d left, %s%s".formatted(left, blocked ? "blocked, " : "", outgoing);
    }
}
