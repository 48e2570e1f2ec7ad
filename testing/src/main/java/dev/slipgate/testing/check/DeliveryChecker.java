package dev.slipgate.testing.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Checks one stream of numbered messages: each arrives once, unchanged, and where it was promised
 * in the order of sending. Any thread may report.
 */
public final class DeliveryChecker {
    /** What was promised about the order. */
    public enum Order {
        ANY,
        AS_SENT
    }

    /** A message as it was sent; the bytes themselves are not kept. */
    private static final class Sent {
        final long position;
        final int lengthBytes;
        final long checksum;
        int arrivals;

        Sent(long position, byte[] message) {
            this.position = position;
            this.lengthBytes = message.length;
            this.checksum = checksum(message);
        }
    }

    /** Messages of one stream; beyond it the test asks too much of one checker. */
    public static final int MAX_MESSAGES = 1 << 22;

    /** Violations that are kept; further ones are only counted. */
    public static final int MAX_KEPT_VIOLATIONS = 100;

    private final Order order;
    private final Map<Long, Sent> sent = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private long violationCount;
    private long arrived;
    private long lastPosition = -1;
    private long lastNumber;

    public DeliveryChecker(Order order) {
        this.order = order;
    }

    /**
     * Reports a message that is about to be sent.
     *
     * @throws IllegalStateException when the number was used, or there are {@link #MAX_MESSAGES}
     */
    public synchronized void sent(long number, byte[] message) {
        if (sent.size() == MAX_MESSAGES) {
            throw new IllegalStateException("more than " + MAX_MESSAGES + " messages");
        }
        if (sent.putIfAbsent(number, new Sent(sent.size(), message)) != null) {
            throw new IllegalStateException("message " + number + " was sent before");
        }
    }

    /** Reports a {@link NumberedMessage} that arrived. */
    public void arrived(byte[] message) {
        arrived(NumberedMessage.number(message), message);
    }

    /** Reports a message that arrived, with the number that it is known by. */
    public synchronized void arrived(long number, byte[] message) {
        Sent original = sent.get(number);
        if (original == null) {
            violation(new Violation.NeverSent(number));
            return;
        }
        arrived++;
        if (original.lengthBytes != message.length || original.checksum != checksum(message)) {
            violation(new Violation.Changed(number));
        }
        if (++original.arrivals > 1) {
            violation(new Violation.Duplicate(number));
            return;
        }
        if (order == Order.AS_SENT && original.position < lastPosition) {
            violation(new Violation.OutOfOrder(number, lastNumber));
            return;
        }
        lastPosition = original.position;
        lastNumber = number;
    }

    /** Messages sent of which nothing has arrived yet. */
    public synchronized long outstanding() {
        return sent.values().stream().filter(message -> message.arrivals == 0).count();
    }

    /** Arrivals of messages that were sent, second ones included. */
    public synchronized long arrivals() {
        return arrived;
    }

    /** What is wrong so far; messages still under way are not. */
    public synchronized List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** What is wrong when nothing more will arrive: what has not arrived is lost. */
    public synchronized List<Violation> violationsAtEnd() {
        var all = new ArrayList<>(violations);
        sent.forEach(
                (number, message) -> {
                    if (message.arrivals == 0 && all.size() < MAX_KEPT_VIOLATIONS) {
                        all.add(new Violation.Lost(number));
                    }
                });
        return all;
    }

    /** How many violations there were, those included that are not kept. */
    public synchronized long violationCount() {
        return violationCount;
    }

    private void violation(Violation violation) {
        violationCount++;
        if (violations.size() < MAX_KEPT_VIOLATIONS) {
            violations.add(violation);
        }
    }

    private static long checksum(byte[] message) {
        var crc = new CRC32C();
        crc.update(message);
        return crc.getValue();
    }
}
