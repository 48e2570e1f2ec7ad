package dev.slipgate.testing.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The one program that is run over every carrier: numbered messages of 8 bytes to 64 kB, their
 * sizes spread evenly over the logarithm, on four ORDERED channels, against an app that echoes;
 * each has to come back once and in order. Sending and arriving may be on different threads.
 */
public final class EchoWorkload {
    /** Messages in all. */
    public static final int MESSAGES = 1000;

    private static final int MAX_BYTES = 64 * 1024;
    private static final int[] CHANNELS = {0, 10, 11, 12};

    /** Takes a message; false when there was no room for it. */
    public interface Sender {
        boolean send(int channel, byte[] message);
    }

    private final long seed;
    private final List<DeliveryChecker> checkers = new ArrayList<>();

    /**
     * @param seed draws sizes, channels and contents
     */
    public EchoWorkload(long seed) {
        this.seed = seed;
        for (int i = 0; i < CHANNELS.length; i++) {
            checkers.add(new DeliveryChecker(DeliveryChecker.Order.AS_SENT));
        }
    }

    /**
     * Sends all messages at once; the sender needs an outbox for {@value #MESSAGES} of them.
     *
     * @throws IllegalStateException when one is refused
     */
    public void sendAll(Sender sender) {
        var random = new Random(seed);
        for (int i = 0; i < MESSAGES; i++) {
            int size = (int) Math.exp(random.nextDouble() * Math.log(MAX_BYTES));
            int lane = random.nextInt(CHANNELS.length);
            byte[] message = NumberedMessage.of(i, Math.max(size, NumberedMessage.MIN_BYTES), seed);
            checkers.get(lane).sent(i, message);
            if (!sender.send(CHANNELS[lane], message)) {
                throw new IllegalStateException("no room for message " + i + " of " + size);
            }
        }
    }

    /** A message has come back. */
    public void arrived(int channel, byte[] message) {
        for (int lane = 0; lane < CHANNELS.length; lane++) {
            if (CHANNELS[lane] == channel) {
                checkers.get(lane).arrived(message);
                return;
            }
        }
        throw new IllegalStateException("nothing was sent on channel " + channel);
    }

    /** Whether every message has come back. */
    public boolean complete() {
        return checkers.stream().allMatch(checker -> checker.outstanding() == 0);
    }

    /** What is wrong with what came back so far, and with what did not. */
    public List<Violation> violationsAtEnd() {
        return checkers.stream().flatMap(c -> c.violationsAtEnd().stream()).toList();
    }

    /** Messages that came back, doubles included. */
    public long arrivals() {
        return checkers.stream().mapToLong(DeliveryChecker::arrivals).sum();
    }
}
