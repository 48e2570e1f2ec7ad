package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.slipgate.CarrierKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drives one endpoint as a carrier would: packets in, then jobs, which take their time, then
 * packets out, then one timer.
 */
abstract class Machine {
    private static final long MAX_JOB_NS = 20 * Agenda.MS;

    /** Drops of messages, after their packet was taken; all others mean that it was not. */
    private static final Set<DropReason> OF_MESSAGES =
            EnumSet.of(
                    DropReason.DUPLICATE_MESSAGE,
                    DropReason.FRAGMENT_EXPIRED,
                    DropReason.UNRELIABLE_OVERFLOW,
                    DropReason.UNRELIABLE_STALE);

    private static final DropReason[] OF_PACKETS =
            EnumSet.complementOf(EnumSet.copyOf(OF_MESSAGES)).toArray(DropReason[]::new);

    final World world;
    final Agenda agenda;
    final DropCounter drops;
    private final Transmit out = new Transmit(CarrierKind.MAX_STREAM_PACKET_BYTES);
    private @Nullable Endpoint endpoint;
    private long armedNs = Endpoint.NEVER;
    private final List<Session> sessions = new ArrayList<>();
    private boolean off;

    Machine(World world, DropCounter drops) {
        this.world = world;
        this.agenda = world.agenda();
        this.drops = drops;
    }

    /** To be called once, before all else. */
    final void runs(Endpoint itsEndpoint) {
        endpoint = itsEndpoint;
    }

    final Endpoint endpoint() {
        return Objects.requireNonNull(endpoint);
    }

    /** A packet leaves. */
    abstract void carry(PeerAddress to, byte[] packet);

    /** A stream is closed behind what has left. */
    void closeStream(PeerAddress peer) {}

    /** It is gone, without a word to anybody, and its sessions are garbage. */
    final void switchOff() {
        off = true;
        sessions.forEach(world::unwatch);
    }

    final void onConnected(Session session) {
        sessions.add(session);
        world.watch(session);
    }

    final void onClosed(Session session) {
        sessions.remove(session);
        world.unwatch(session);
    }

    final boolean isOff() {
        return off;
    }

    /** A packet arrives. What was accepted once is never accepted again, by anybody. */
    final void deliver(PeerAddress from, byte[] packet) {
        if (off) {
            return;
        }
        boolean sealed = packet.length >= Long.BYTES && packet[0] < 0;
        long tag = sealed ? ByteBuffer.wrap(packet).getLong(packet.length - Long.BYTES) : 0;
        long before = sealed ? refusals() : 0;
        endpoint().onDatagram(from, ByteBuffer.wrap(packet.clone()), agenda.nowNs());
        if (sealed && refusals() == before) {
            world.wiretap().onAccepted(tag);
        }
        pump();
    }

    private long refusals() {
        long sum = 0;
        for (DropReason reason : OF_PACKETS) {
            sum += drops.total(reason);
        }
        return sum;
    }

    /** Polls the endpoint dry, as after every input. */
    final void pump() {
        if (off) {
            return;
        }
        Endpoint polled = endpoint();
        Job job;
        while ((job = polled.pollJob()) != null) {
            run(job);
        }
        while (polled.pollTransmit(out, agenda.nowNs())) {
            byte[] packet = Arrays.copyOf(out.bytes, out.length);
            world.digest(packet);
            carry(Objects.requireNonNull(out.peer), packet);
        }
        PeerAddress ended;
        while ((ended = polled.pollStreamToClose()) != null) {
            closeStream(ended);
        }
        arm(polled.nextTimeoutNs());
    }

    private void run(Job job) {
        job.run();
        agenda.after(
                world.random().nextLong(MAX_JOB_NS),
                () -> {
                    if (!off) {
                        endpoint().onJobDone(job, agenda.nowNs());
                        pump();
                    }
                });
    }

    private void arm(long dueNs) {
        if (dueNs < armedNs) {
            armedNs = dueNs;
            agenda.at(dueNs, this::onTimer);
        }
    }

    private void onTimer() {
        if (off || armedNs > agenda.nowNs()) {
            return;
        }
        armedNs = Endpoint.NEVER;
        endpoint().onTimeout(agenda.nowNs());
        pump();
    }
}
