package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import java.util.SplittableRandom;

/**
 * A client's stream to the gateway: in order and whole, with latency and jitter; it stalls now and
 * then, takes only so much, and may break.
 */
final class StreamClient extends Machine {
    /** What is under way in one direction before its writer is told to wait. */
    private static final int CAPACITY_BYTES = 24 * 1024;

    private static final long LATENCY_NS = 15 * Agenda.MS;
    private static final long MAX_JITTER_NS = 20 * Agenda.MS;

    /** One direction. */
    private static final class Pipe {
        long lastNs;
        int bytes;
        boolean full;
    }

    private final Place place;
    private final SplittableRandom random;
    private final Pipe up = new Pipe();
    private final Pipe down = new Pipe();
    private boolean open = true;

    StreamClient(World world, Place place, SplittableRandom random) {
        super(world, new DropCounter());
        this.place = place;
        this.random = random;
    }

    @Override
    void carry(PeerAddress to, byte[] packet) {
        put(up, packet, this, Place.GATEWAY, () -> world.streamGateway().deliver(place, packet));
    }

    /** A packet of the gateway. */
    void down(byte[] packet) {
        put(down, packet, world.streamGateway(), place, () -> deliver(Place.GATEWAY, packet));
    }

    private void put(Pipe pipe, byte[] packet, Machine writer, Place peer, Runnable arrive) {
        if (!open) {
            return;
        }
        world.totals().add("packets on streams", 1);
        pipe.bytes += packet.length;
        if (!pipe.full && pipe.bytes > CAPACITY_BYTES) {
            pipe.full = true;
            writer.endpoint().onPeerWritable(peer, false, agenda.nowNs());
        }
        pipe.lastNs = Math.max(pipe.lastNs, agenda.nowNs() + LATENCY_NS + jitterNs());
        agenda.at(
                pipe.lastNs,
                () -> {
                    if (open) {
                        pipe.bytes -= packet.length;
                        arrive.run();
                        drained(pipe, writer, peer);
                    }
                });
    }

    private void drained(Pipe pipe, Machine writer, Place peer) {
        if (open && pipe.full && pipe.bytes <= CAPACITY_BYTES / 2) {
            pipe.full = false;
            writer.endpoint().onPeerWritable(peer, true, agenda.nowNs());
            writer.pump();
        }
    }

    private long jitterNs() {
        return random.nextLong(MAX_JITTER_NS);
    }

    /** Nothing arrives for a while. */
    void stall(long forNs) {
        up.lastNs = agenda.nowNs() + forNs;
        down.lastNs = agenda.nowNs() + forNs;
        world.totals().add("streams stalled", 1);
    }

    /** The stream breaks; what is under way is lost. */
    void cut() {
        if (open) {
            open = false;
            world.totals().add("streams cut", 1);
            gone(this, Place.GATEWAY);
            gone(world.streamGateway(), place);
        }
    }

    private void gone(Machine machine, Place peer) {
        machine.endpoint().onPeerGone(peer, agenda.nowNs());
        machine.pump();
    }

    /** The gateway closes it, behind what it has written. */
    void closeFromGateway() {
        closeBehind(down, world.streamGateway(), place, this, Place.GATEWAY);
    }

    @Override
    void closeStream(PeerAddress peer) {
        closeBehind(up, this, Place.GATEWAY, world.streamGateway(), place);
    }

    private void closeBehind(
            Pipe pipe, Machine closer, Place closersPeer, Machine other, Place othersPeer) {
        agenda.after(0, () -> gone(closer, closersPeer));
        agenda.at(
                Math.max(pipe.lastNs, agenda.nowNs() + LATENCY_NS),
                () -> {
                    if (open) {
                        open = false;
                        gone(other, othersPeer);
                    }
                });
    }
}
