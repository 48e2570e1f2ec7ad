package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.testing.fault.FaultLine;
import dev.slipgate.testing.simulation.Wiretap.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's socket and its path to the gateway, which does what paths do: see {@link Fault}. Ends
 * with the socket's session.
 */
final class DatagramClient extends Machine {
    private static final int WIDE_BYTES = 1500;

    /** One in so many packets of the client is overtaken by a copy of it from elsewhere. */
    private static final int HIJACK_ONE_IN = 400;

    private static final long NAT_MEMORY_NS = 2 * Agenda.SECOND;

    /** An address that the client had, and until when packets to it still find the client. */
    private record Former(Place place, long untilNs) {}

    private final SplittableRandom random;
    private final FaultLine upLine;
    private final FaultLine downLine;
    private final List<Former> formers = new ArrayList<>();
    private Place place;
    private int mtuBytes = WIDE_BYTES;
    private long upDeadUntilNs;
    private long downDeadUntilNs;

    DatagramClient(World world, int flow, Place place, SplittableRandom random) {
        super(world, new DropCounter());
        this.place = place;
        this.random = random;
        this.upLine = world.plan().faults().upLine(flow, world.faultCounts());
        this.downLine = world.plan().faults().downLine(flow, world.faultCounts());
    }

    Place place() {
        return place;
    }

    /** The client has another address from now on; packets to the old one may find it a while. */
    void rebind(Place next) {
        long memoryNs = random.nextBoolean() ? NAT_MEMORY_NS : 0;
        formers.add(new Former(place, agenda.nowNs() + memoryNs));
        place = next;
        world.totals().add(Fault.REBINDING, 1);
    }

    /** Nothing larger comes through for a while. */
    void narrow(int bytes, long forNs) {
        mtuBytes = bytes;
        agenda.after(forNs, () -> mtuBytes = WIDE_BYTES);
    }

    /** Nothing comes through for so long, in each direction. */
    void cutOff(long upForNs, long downForNs) {
        upDeadUntilNs = agenda.nowNs() + upForNs;
        downDeadUntilNs = agenda.nowNs() + downForNs;
    }

    @Override
    void carry(PeerAddress to, byte[] packet) {
        @Nullable Recorded recorded = world.wiretap().onSent(this, true, packet);
        if (random.nextInt(HIJACK_ONE_IN) == 0) {
            Place elsewhere = world.wiretap().spoofedPlace();
            agenda.after(1, () -> world.toGateway(elsewhere, packet));
        }
        Place from = place;
        long sentNs = agenda.nowNs();
        pass(
                upLine,
                packet,
                arriving -> {
                    world.wiretap().onDelivered(recorded);
                    arrivedThere(sentNs);
                    world.toGateway(from, arriving);
                });
    }

    private void arrivedThere(long sentNs) {
        world.amplification().onArrived(place, sentNs);
        formers.forEach(each -> world.amplification().onArrived(each.place(), sentNs));
    }

    /** A packet of the gateway for an address that the client has or had. */
    void down(Place to, byte[] packet) {
        @Nullable Recorded recorded = world.wiretap().onSent(this, false, packet);
        pass(
                downLine,
                packet,
                arriving -> {
                    if (finds(to)) {
                        world.wiretap().onDelivered(recorded);
                        world.amplification().onReached(to, agenda.nowNs());
                        deliver(Place.GATEWAY, arriving);
                    }
                });
    }

    private boolean finds(Place to) {
        return to.equals(place)
                || formers.stream()
                        .anyMatch(
                                each -> each.place().equals(to) && each.untilNs() > agenda.nowNs());
    }

    private void pass(FaultLine line, byte[] packet, Consumer<byte[]> receiver) {
        if (packet.length > mtuBytes) {
            world.totals().add(Fault.SMALL_MTU, 1);
            return;
        }
        if (agenda.nowNs() < (line == upLine ? upDeadUntilNs : downDeadUntilNs)) {
            world.totals().add("lost in outages", 1);
            return;
        }
        for (FaultLine.Delivery each : line.offer(packet.clone(), agenda.nowNs())) {
            world.countDelay(each.atNs() - agenda.nowNs());
            agenda.at(each.atNs(), () -> receiver.accept(each.datagram().array()));
        }
    }
}
