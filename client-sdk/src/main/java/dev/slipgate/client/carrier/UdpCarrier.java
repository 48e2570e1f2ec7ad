package dev.slipgate.client.carrier;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Packets in datagrams. The socket is connected, so that only the gateway's datagrams come in, and
 * so that the kernel tells when nobody listens there; such news is a detail for a failure and no
 * more, since anybody on the way could forge it and a gateway may be about to start.
 */
final class UdpCarrier implements Carrier {
    /** Above the longest packet, so that an overlong datagram is seen as such. */
    private static final int SCRATCH_BYTES = 2048;

    /** Room for bursts; the kernel may grant less. */
    private static final int SOCKET_BUFFER_BYTES = 512 * 1024;

    private final DatagramChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(SCRATCH_BYTES);
    private State state = State.OPEN;
    private String detail = "";

    private UdpCarrier(DatagramChannel channel) {
        this.channel = channel;
    }

    static UdpCarrier open(InetSocketAddress gateway) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            channel.connect(gateway);
            return new UdpCarrier(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int receive(PacketSink sink, int maxPackets) {
        int packets = 0;
        int failures = 0;
        while (state == State.OPEN && packets < maxPackets && failures < maxPackets) {
            try {
                in.clear();
                // 0 is an empty datagram as well as none: either way nothing is lost by stopping.
                if (channel.read(in) <= 0) {
                    return packets;
                }
                packets++;
                sink.onPacket(in.array(), 0, in.position());
            } catch (IOException e) {
                failures++;
                note(e);
            }
        }
        return packets;
    }

    @Override
    public boolean trySend(byte[] bytes, int length) {
        if (state != State.OPEN) {
            return false;
        }
        try {
            return channel.write(ByteBuffer.wrap(bytes, 0, length)) > 0;
        } catch (IOException e) {
            note(e);
            return false;
        }
    }

    private void note(IOException e) {
        detail =
                e instanceof PortUnreachableException
                        ? "nobody listens on that port"
                        : Details.of(e);
    }

    @Override
    public void flush() {
        // A datagram leaves when it is written.
    }

    @Override
    public boolean writable() {
        return state == State.OPEN;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public String detail() {
        return detail;
    }

    @Override
    public void watch(Selector selector) throws IOException {
        if (state == State.OPEN && channel.keyFor(selector) == null) {
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    @Override
    public void close() {
        state = State.CLOSED;
        Details.closeQuietly(channel);
    }
}
