package dev.slipgate.client;

import dev.slipgate.client.carrier.TlsTrust;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import dev.slipgate.protocol.slipgate.SlipgateSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a client is to be. Immutable; {@link #builder} makes one, {@link #defaults} is one with
 * nothing set. UDP packets are 1200 bytes at most and nothing tells the path's MTU otherwise.
 */
public final class ClientOptions {
    /** The longest token. */
    public static final int MAX_TOKEN_BYTES = 4096;

    private final Builder set;

    private ClientOptions(Builder set) {
        this.set = set;
    }

    public static ClientOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    ClientListener listener() {
        return set.listener;
    }

    boolean polled() {
        return set.polled;
    }

    byte[] token() {
        return set.token;
    }

    long connectTimeoutNs() {
        return set.connectTimeout.toNanos();
    }

    int idleTimeoutMs() {
        return (int) set.idleTimeout.toMillis();
    }

    long outboxBytes() {
        return set.outboxBytes;
    }

    int maxMessageBytes() {
        return set.maxMessageBytes;
    }

    boolean explicitAck() {
        return set.explicitAck;
    }

    ReconnectPolicy reconnect() {
        return set.reconnect;
    }

    Map<Integer, Delivery> channels() {
        return set.channels;
    }

    TlsTrust trust() {
        CertificatePin pin = set.pin;
        if (pin != null) {
            return pin.trust();
        }
        return set.tls == null ? TlsTrust.ofJdk() : TlsTrust.of(set.tls);
    }

    MemoryNetwork network() {
        return set.network;
    }

    RandomGenerator random() {
        return set.random;
    }

    LongSupplier clock() {
        return set.clock;
    }

    /** Makes options. */
    public static final class Builder {
        private ClientListener listener = new ClientListener() {};
        private boolean polled;
        private byte[] token = {};
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration idleTimeout = Duration.ofSeconds(30);
        private long outboxBytes = 4L << 20;
        private int maxMessageBytes = 256 << 10;
        private boolean explicitAck;
        private ReconnectPolicy reconnect = ReconnectPolicy.off();
        private Map<Integer, Delivery> channels = new TreeMap<>();
        private @Nullable CertificatePin pin;
        private @Nullable SSLContext tls;
        private MemoryNetwork network = MemoryNetwork.ofProcess();
        private RandomGenerator random = new SecureRandom();
        private LongSupplier clock = System::nanoTime;

        private Builder() {}

        private Builder(Builder from) {
            listener = from.listener;
            polled = from.polled;
            token = from.token;
            connectTimeout = from.connectTimeout;
            idleTimeout = from.idleTimeout;
            outboxBytes = from.outboxBytes;
            maxMessageBytes = from.maxMessageBytes;
            explicitAck = from.explicitAck;
            reconnect = from.reconnect;
            channels = new TreeMap<>(from.channels);
            pin = from.pin;
            tls = from.tls;
            network = from.network;
            random = from.random;
            clock = from.clock;
        }

        /** Who hears what happens; nobody unless set. */
        public Builder listener(ClientListener value) {
            listener = value;
            return this;
        }

        /**
         * The client has no thread: everything happens within {@link SlipgateClient#poll}. Unless
         * set, it has one of its own.
         */
        public Builder polled() {
            polled = true;
            return this;
        }

        /** What the gateway knows the player by; at most 4096 bytes, none unless set. */
        public Builder token(byte[] value) {
            if (value.length > MAX_TOKEN_BYTES) {
                throw new IllegalArgumentException(
                        "a token of %d bytes; at most %d".formatted(value.length, MAX_TOKEN_BYTES));
            }
            token = value.clone();
            return this;
        }

        /** Within which an attempt to connect has an outcome; 5 s unless set. */
        public Builder connectTimeout(Duration value) {
            connectTimeout = within(value, Duration.ofMillis(1), Duration.ofMinutes(10));
            return this;
        }

        /** After which a silent gateway is given up; 1 s to 10 min, 30 s unless set. */
        public Builder idleTimeout(Duration value) {
            idleTimeout = within(value, Duration.ofSeconds(1), Duration.ofMinutes(10));
            return this;
        }

        private static Duration within(Duration value, Duration least, Duration most) {
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(
                        "a timeout of %s; %s to %s".formatted(value, least, most));
            }
            return value;
        }

        /**
         * What is kept of reliable messages until the node has handled them, each with 64 bytes
         * more than its length; beyond, sends are refused. Room for one of the largest messages at
         * least; 4 MiB unless set.
         */
        public Builder outboxBytes(long value) {
            outboxBytes = value;
            return this;
        }

        /**
         * The largest message, both ways: up to 16 MiB, 256 KiB unless set. The gateway may allow
         * less upwards.
         */
        public Builder maxMessageBytes(int value) {
            if (value < 1 || value > SlipgateSettings.MAX_MESSAGE_BYTES) {
                throw new IllegalArgumentException(
                        "messages of %d bytes; 1 to %d"
                                .formatted(value, SlipgateSettings.MAX_MESSAGE_BYTES));
            }
            maxMessageBytes = value;
            return this;
        }

        /** Messages count as handled by {@link ReceivedMessage#handled}, not when it returns. */
        public Builder explicitAck() {
            explicitAck = true;
            return this;
        }

        /** What happens when the connection is lost; nothing unless set. */
        public Builder reconnect(ReconnectPolicy value) {
            reconnect = value;
            return this;
        }

        /**
         * Declares the mode of what this client sends on a channel. Unless declared, channel 0 is
         * ORDERED, 1 RELIABLE, 2 SEQUENCED, 3 UNRELIABLE and all others ORDERED.
         */
        public Builder channel(int channel, Delivery delivery) {
            if (channel < 0 || channel > 255) {
                throw new IllegalArgumentException("channel " + channel + " is not in 0 to 255");
            }
            channels.put(channel, delivery);
            return this;
        }

        /** The one certificate to take in TLS. Unless set, certificates are checked as usual. */
        public Builder pin(CertificatePin value) {
            pin = value;
            return this;
        }

        /** What decides about certificates where none is pinned; the JDK's default unless set. */
        public Builder tls(SSLContext value) {
            tls = value;
            return this;
        }

        /** Where {@code mem://} leads; the network of the process unless set. */
        public Builder network(MemoryNetwork value) {
            network = value;
            return this;
        }

        /** Strong randomness, used by one thread at a time; {@link SecureRandom} unless set. */
        public Builder random(RandomGenerator value) {
            random = value;
            return this;
        }

        /** A monotonic clock in nanoseconds, for tests; {@link System#nanoTime} unless set. */
        public Builder clock(LongSupplier value) {
            clock = value;
            return this;
        }

        /** The options as set so far. */
        public ClientOptions build() {
            return new ClientOptions(new Builder(this));
        }
    }
}
