package dev.slipgate.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/** A connected socket per client and a selector: to any server, on any system. */
final class ChannelSockets implements ClientSockets {
    private static final int MAX_READS_PER_SOCKET = 64;

    private final Selector selector;
    private final DatagramChannel[] channels;
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final ByteBuffer direct = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final ByteBuffer view = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
    private long refused;

    ChannelSockets(InetSocketAddress server, int clients) throws IOException {
        selector = Selector.open();
        channels = new DatagramChannel[clients];
        for (int client = 0; client < clients; client++) {
            channels[client] = open(server, client);
        }
    }

    private DatagramChannel open(InetSocketAddress server, int client) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.connect(server);
        channel.register(selector, SelectionKey.OP_READ, client);
        return channel;
    }

    @Override
    public void send(int client, byte[] bytes, int length) {
        outgoing.clear().put(bytes, 0, length).flip();
        try {
            refused += channels[client].write(outgoing) == 0 ? 1 : 0;
        } catch (IOException serverIsNotThere) {
            refused++;
        }
    }

    @Override
    public void flush() {
        // Each datagram leaves with its own call.
    }

    @Override
    public int receive(Receiver receiver) {
        try {
            selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int count = 0;
        for (SelectionKey key : selector.selectedKeys()) {
            count += drain((int) key.attachment(), receiver);
        }
        selector.selectedKeys().clear();
        return count;
    }

    private int drain(int client, Receiver receiver) {
        for (int count = 0; count < MAX_READS_PER_SOCKET; count++) {
            direct.clear();
            try {
                if (channels[client].read(direct) <= 0) {
                    return count;
                }
            } catch (IOException serverIsNotThere) {
                return count;
            }
            view.clear().put(direct.flip()).flip();
            receiver.onDatagram(client, view);
        }
        return MAX_READS_PER_SOCKET;
    }

    @Override
    public void await(long timeoutNs) {
        try {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNs)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long refused() {
        return refused;
    }

    @Override
    public String description() {
        return "a socket per client";
    }

    @Override
    public void close() {
        try (selector) {
            for (DatagramChannel channel : channels) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
