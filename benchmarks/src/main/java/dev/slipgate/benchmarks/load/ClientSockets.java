package dev.slipgate.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * The UDP addresses of all clients of a load, towards one server. Confined to one thread. A
 * datagram that the machine refuses is counted and lost.
 */
interface ClientSockets extends AutoCloseable {
    /** Room for any datagram of a load. */
    int MAX_DATAGRAM_BYTES = 2048;

    /** Asked for; the kernel grants what {@code net.core.rmem_max} allows. */
    int SOCKET_BUFFER_BYTES = 4 << 20;

    /** Takes what arrives. */
    @FunctionalInterface
    interface Receiver {
        /**
         * @param datagram backed by an array, position to limit; valid during the call
         */
        void onDatagram(int client, ByteBuffer datagram);
    }

    /** Queues a datagram of a client; it leaves with {@link #flush} at the latest. */
    void send(int client, byte[] bytes, int length);

    /** Sends what is queued. */
    void flush();

    /** Hands over what has arrived, a batch at most; the number of datagrams. */
    int receive(Receiver receiver);

    /** Waits until something has arrived or the time is over; 0 or more nanoseconds. */
    void await(long timeoutNs);

    /** Datagrams that the machine did not take. */
    long refused();

    /** How it works, for the report. */
    String description();

    @Override
    void close();
}
