package dev.slipgate.protocol.testnet;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Transmit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Nodes in virtual time on a network that loses, repeats, delays, reorders and flips bits by a
 * seed. Drives its nodes as a carrier would: packets in, then polled dry, then timers.
 */
public final class TestNetwork {
    /** A packet, from when it was sent. */
    public record Flight(
            long sentNs, long atNs, long order, PeerAddress from, PeerAddress to, byte[] bytes) {}

    private final Random random;
    private final Map<PeerAddress, NetNode> nodes = new LinkedHashMap<>();
    private final Map<NetNode, PeerAddress> addresses = new LinkedHashMap<>();
    private final PriorityQueue<Flight> flying =
            new PriorityQueue<>(
                    Comparator.comparingLong(Flight::atNs).thenComparingLong(Flight::order));
    private final Transmit out = new Transmit(16384);
    private final List<Consumer<Flight>> taps = new ArrayList<>();
    private NetFaults faults = NetFaults.NONE;
    private boolean inOrder;
    private long lastAtNs;
    private long order;
    private long nowNs = 5_000_000_000L;

    public TestNetwork(long seed) {
        this.random = new Random(seed);
    }

    public long nowNs() {
        return nowNs;
    }

    public void setFaults(NetFaults newFaults) {
        faults = newFaults;
    }

    /** From now on nothing is lost, repeated or overtaken, as on a stream. */
    public void makeStream() {
        inOrder = true;
    }

    /** Shows every packet when it is sent. */
    public void tap(Consumer<Flight> tap) {
        taps.add(tap);
    }

    public void attach(PeerAddress address, NetNode node) {
        nodes.put(address, node);
        addresses.put(node, address);
    }

    /** The node's packets come from another address now, and the old one leads nowhere. */
    public void rebind(NetNode node, PeerAddress newAddress) {
        nodes.remove(Objects.requireNonNull(addresses.get(node)));
        attach(newAddress, node);
    }

    /** A packet from anywhere, past the faults. */
    public void inject(PeerAddress from, PeerAddress to, byte[] bytes) {
        NetNode node = nodes.get(to);
        if (node != null) {
            node.onPacket(from, bytes.clone(), nowNs);
        }
    }

    public void runFor(long durationNs) {
        runUntil(() -> false, durationNs);
    }

    /** Lets time pass until the condition holds; false when it did not in that time. */
    public boolean runUntil(BooleanSupplier condition, long durationNs) {
        long endNs = nowNs + durationNs;
        while (true) {
            nodes.values().stream().toList().forEach(this::drain);
            if (condition.getAsBoolean()) {
                return true;
            }
            long nextNs = nextNs();
            if (nextNs > endNs) {
                nowNs = endNs;
                return false;
            }
            nowNs = Math.max(nowNs, nextNs);
            deliverDue();
            nodes.values().stream().toList().forEach(node -> node.onTimeout(nowNs));
        }
    }

    private void drain(NetNode node) {
        while (node.poll(out, nowNs)) {
            byte[] bytes = Arrays.copyOf(out.bytes, out.length);
            PeerAddress from = Objects.requireNonNull(addresses.get(node));
            transmit(from, Objects.requireNonNull(out.peer), bytes);
        }
    }

    private void transmit(PeerAddress from, PeerAddress to, byte[] bytes) {
        var sent = new Flight(nowNs, nowNs, order++, from, to, bytes);
        taps.forEach(tap -> tap.accept(sent));
        int copies = !inOrder && random.nextDouble() < faults.duplication() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (inOrder || random.nextDouble() >= faults.loss()) {
                flying.add(flight(from, to, bytes));
            }
        }
    }

    private Flight flight(PeerAddress from, PeerAddress to, byte[] bytes) {
        long jitterNs = faults.jitterNs() == 0 ? 0 : random.nextLong(faults.jitterNs());
        long atNs = nowNs + faults.delayNs() + jitterNs;
        if (inOrder) {
            atNs = Math.max(atNs, lastAtNs);
            lastAtNs = atNs;
        }
        byte[] copy = bytes.clone();
        if (!inOrder && random.nextDouble() < faults.corruption()) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return new Flight(nowNs, atNs, order++, from, to, copy);
    }

    private long nextNs() {
        Flight first = flying.peek();
        long nextNs = first == null ? Endpoint.NEVER : first.atNs();
        for (NetNode node : nodes.values()) {
            nextNs = Math.min(nextNs, node.nextTimeoutNs());
        }
        return nextNs;
    }

    private void deliverDue() {
        Flight flight;
        while ((flight = flying.peek()) != null && flight.atNs() <= nowNs) {
            flying.poll();
            inject(flight.from(), flight.to(), flight.bytes());
        }
    }
}
