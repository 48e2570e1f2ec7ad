package dev.slipgate.gateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/**
 * A datagram on its way out that is used again and again: a direct buffer and a recipient. Netty
 * releases it when the kernel has it (or refused it), and that puts it back into its pool; so a
 * datagram sent costs neither an allocation nor an object.
 */
final class OutgoingDatagram extends DatagramPacket {
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(0);

    private final OutgoingPool pool;
    private InetSocketAddress recipient = NOWHERE;

    OutgoingDatagram(ByteBuf buffer, OutgoingPool pool) {
        super(buffer, NOWHERE);
        this.pool = pool;
    }

    void fill(InetSocketAddress recipient, byte[] bytes, int length) {
        this.recipient = recipient;
        content().clear().writeBytes(bytes, 0, length);
    }

    @Override
    public InetSocketAddress recipient() {
        return recipient;
    }

    @Override
    public boolean release() {
        recipient = NOWHERE;
        pool.give(this);
        return false;
    }

    @Override
    public boolean release(int decrement) {
        return release();
    }

    /** Gives the memory back, once nobody will send by it again. */
    void free() {
        content().release();
    }
}
