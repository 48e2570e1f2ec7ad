package dev.slipgate.benchmarks.load;

import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Many clients on one socket: each sends from a loopback address of its own, so the server sees as
 * many peers, and one call sends or receives up to {@link MessageBatch#CAPACITY} datagrams. An echo
 * costs 2.4 us of CPU this way and 3.6 us with a socket per client (256 clients, 200 bytes, in
 * clear); the generator shares its core with processes under test. Linux and a server on loopback
 * only.
 */
final class LoopbackSockets implements ClientSockets {
    /** 127.64.0.0 up: clear of what people bind by hand. */
    private static final int FIRST_HOST = 127 << 24 | 64 << 16;

    /** So many times a full socket is tried again before what is queued counts as refused. */
    private static final int MAX_SEND_TRIES = 100;

    private final Arena arena = Arena.ofConfined();
    private final LinuxUdp socket;
    private final MessageBatch outgoing;
    private final MessageBatch incoming;
    private final byte[] scratch = new byte[MAX_DATAGRAM_BYTES];
    private final ByteBuffer view = ByteBuffer.wrap(scratch);
    private final int clients;
    private int queued;
    private long refused;

    LoopbackSockets(InetSocketAddress server, int clients) {
        this.clients = clients;
        this.socket = LinuxUdp.open(arena, SOCKET_BUFFER_BYTES);
        this.outgoing = new MessageBatch(arena);
        this.incoming = new MessageBatch(arena);
        outgoing.prepareToSend(server);
    }

    @Override
    public void send(int client, byte[] bytes, int length) {
        outgoing.put(queued++, MessageBatch.networkOrder(FIRST_HOST + 1 + client), bytes, length);
        if (queued == MessageBatch.CAPACITY) {
            flush();
        }
    }

    @Override
    public void flush() {
        int sent = 0;
        for (int tries = 0; sent < queued && tries < MAX_SEND_TRIES; tries++) {
            sent += Math.max(0, socket.send(outgoing.from(sent), queued - sent));
        }
        refused += queued - sent;
        queued = 0;
    }

    @Override
    public int receive(Receiver receiver) {
        int count = Math.max(0, socket.receive(incoming.from(0), MessageBatch.CAPACITY));
        for (int i = 0; i < count; i++) {
            int client = MessageBatch.networkOrder(incoming.destination(i)) - FIRST_HOST - 1;
            int length = incoming.take(i, scratch);
            incoming.prepareToReceive(i);
            if (client >= 0 && client < clients) {
                receiver.onDatagram(client, view.clear().limit(length));
            }
        }
        return count;
    }

    @Override
    public void await(long timeoutNs) {
        socket.await(timeoutNs);
    }

    @Override
    public long refused() {
        return refused;
    }

    @Override
    public String description() {
        return "one socket, a loopback address per client, sendmmsg and recvmmsg of up to "
                + MessageBatch.CAPACITY;
    }

    @Override
    public void close() {
        socket.close();
        arena.close();
    }
}
