package dev.slipgate.benchmarks.load;

import dev.slipgate.protocol.session.Transmit;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One client of a load, sans-IO: fed and polled by the {@link LoadLoop}, on its thread. */
interface LoadClient {
    /** Takes the messages that come back. */
    @FunctionalInterface
    interface Echoes {
        /** The bytes are valid during the call. */
        void onEcho(int client, byte[] bytes, int offset, int length, long nowNs);
    }

    /** Makes the clients of a load. */
    @FunctionalInterface
    interface Factory {
        LoadClient create(int client, Echoes echoes);
    }

    /** Begins to connect; harmless when it has begun. */
    void start(long nowNs);

    /** Whether messages may be sent. */
    boolean connected();

    /** Why this client will never be connected, or is no longer; null while there is hope. */
    @Nullable String failure();

    void onDatagram(ByteBuffer datagram, long nowNs);

    /** Sends a message; false when the client does not take it now. */
    boolean send(byte[] message, int length, long nowNs);

    /** The next datagram to send; false when there is none. */
    boolean pollTransmit(Transmit out, long nowNs);

    void onTimeout(long nowNs);

    /** When {@link #onTimeout} is due, or {@link Long#MAX_VALUE}. */
    long nextTimeoutNs();

    /** Says goodbye; what is then polled is the last. */
    void close(long nowNs);
}
