package dev.slipgate.gateway.udp;

import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.gateway.carrier.Transport;
import dev.slipgate.protocol.PeerAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The UDP sockets of one event loop, one per local address, on Netty. Reading copies a datagram
 * once, from the burst's direct buffer to a scratch array, since crypto is faster on arrays;
 * sending copies it once back. Confined to the loop but for {@link #open} and {@link #close}.
 */
final class UdpCarrier implements PacketCarrier {
    /** Datagrams gathered before they leave even without a flush: the kernel's cache stays warm. */
    static final int MAX_UNFLUSHED = 64;

    /** Above all that an {@link OutgoingPool} can hold: the pool is the bound. */
    private static final WriteBufferWaterMark NO_WATER_MARK =
            new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE);

    private final EventLoop loop;
    private final Transport transport;
    private final UdpOptions options;
    private final PacketSink sink;
    private final CarrierCounters counters;
    private final Strays strays;
    private final LoopInbox inbox;
    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final BurstReceive receive;
    private final OutgoingPool outgoing;
    private final PeerCache peers = new PeerCache();
    private final Map<InetAddress, UdpSocket> sockets = new HashMap<>();
    private final List<UdpSocket> unflushed = new ArrayList<>();
    private final ByteBuffer scratch;
    private int unflushedDatagrams;
    private long unflushedBytes;
    private int burstDatagrams;
    private long burstBytes;
    private boolean flushing;
    private boolean released;

    /** Where a datagram goes that may be another loop's. */
    interface Strays {
        /**
         * Hands it to its loop; counted when that has no room.
         *
         * @return false when it belongs here
         */
        boolean passOn(
                UdpCarrier from,
                UdpSocket socket,
                InetSocketAddress sender,
                byte[] bytes,
                int length);
    }

    UdpCarrier(
            EventLoop loop,
            UdpOptions options,
            PacketSink sink,
            CarrierCounters counters,
            Strays strays) {
        this.loop = loop;
        this.transport = Transport.of(loop);
        this.options = options;
        this.sink = sink;
        this.counters = counters;
        this.strays = strays;
        this.inbox = new LoopInbox(loop, this::onStrayed);
        this.receive = new BurstReceive(allocator, options.maxDatagramBytes());
        this.outgoing = new OutgoingPool(allocator, options.maxDatagramBytes());
        this.scratch = ByteBuffer.allocate(options.maxDatagramBytes());
    }

    Transport transport() {
        return transport;
    }

    /**
     * Binds a socket; any thread. Fails with the kernel's word when the address is not to be had.
     */
    Future<InetSocketAddress> open(InetSocketAddress local) {
        Promise<InetSocketAddress> bound = Promise.promise();
        loop.execute(
                () -> {
                    var socket = new UdpSocket(this);
                    bootstrap(local.getAddress())
                            .handler(socket)
                            .bind(local)
                            .addListener(
                                    done -> {
                                        if (done.isSuccess()) {
                                            sockets.put(local.getAddress(), socket);
                                            bound.complete(socket.localAddress());
                                        } else {
                                            bound.fail(done.cause());
                                        }
                                    });
                });
        return bound.future();
    }

    private Bootstrap bootstrap(InetAddress local) {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loop)
                        .option(ChannelOption.ALLOCATOR, allocator)
                        .option(ChannelOption.SO_RCVBUF, options.receiveBufferBytes())
                        .option(ChannelOption.SO_SNDBUF, options.sendBufferBytes())
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, NO_WATER_MARK);
        UdpChannels.configure(bootstrap, transport, local, receive, options.maxDatagramBytes());
        return bootstrap;
    }

    /** Closes the socket of a local address, if there is one; any thread. */
    Future<Void> close(InetAddress local) {
        Promise<Void> closed = Promise.promise();
        loop.execute(
                () -> {
                    UdpSocket socket = sockets.remove(local);
                    if (socket == null) {
                        closed.complete();
                    } else {
                        socket.close(closed);
                    }
                });
        return closed.future();
    }

    /** Gives back the buffers, once all sockets are closed; any thread. */
    void release() {
        loop.execute(
                () -> {
                    released = true;
                    onStrayed(inbox);
                    outgoing.close();
                    receive.close();
                });
    }

    void onDatagram(UdpSocket socket, DatagramPacket packet) {
        int length = read(packet.content());
        burstDatagrams++;
        burstBytes += length;
        if (!strays.passOn(this, socket, packet.sender(), scratch.array(), length)) {
            sink.onPacket(peers.peerOf(socket, packet.sender()), scratch);
        }
    }

    /** Copies a datagram to the scratch array; its length there. */
    private int read(ByteBuf content) {
        int length = Math.min(content.readableBytes(), scratch.capacity());
        content.getBytes(content.readerIndex(), scratch.array(), 0, length);
        scratch.limit(length).position(0);
        return length;
    }

    /** Takes a datagram that came to another loop's socket; any loop. */
    boolean tryPut(UdpSocket socket, InetSocketAddress sender, byte[] bytes, int length) {
        ByteBuf copy = allocator.directBuffer(length).writeBytes(bytes, 0, length);
        InetAddress local = socket.localAddress().getAddress();
        return inbox.tryPut(new LoopInbox.Strayed(local, sender, copy));
    }

    private void onStrayed(LoopInbox from) {
        if (from.take(MAX_UNFLUSHED, this::onStrayed) > 0 && !released) {
            sink.onBurstEnd();
        }
    }

    /** The answer leaves by this loop's socket of the address that was asked. */
    private void onStrayed(LoopInbox.Strayed datagram) {
        UdpSocket socket = sockets.get(datagram.local());
        if (socket != null && !released) {
            read(datagram.content());
            sink.onPacket(peers.peerOf(socket, datagram.sender()), scratch);
        }
    }

    void onBurstEnd() {
        counters.datagramsIn.add(burstDatagrams);
        counters.bytesIn.add(burstBytes);
        burstDatagrams = 0;
        burstBytes = 0;
        sink.onBurstEnd();
    }

    void onFailure() {
        (flushing ? counters.sendFailures : counters.receiveFailures).increment();
    }

    @Override
    public boolean trySend(PeerAddress peer, byte[] bytes, int length) {
        var to = (UdpPeer) peer;
        OutgoingDatagram datagram = to.socket.open() ? tryTake() : null;
        if (datagram == null) {
            counters.sendRefused.increment();
            return false;
        }
        datagram.fill(to.address, bytes, length);
        if (to.socket.write(datagram)) {
            unflushed.add(to.socket);
        }
        unflushedBytes += length;
        if (++unflushedDatagrams == MAX_UNFLUSHED) {
            flush();
        }
        return true;
    }

    private @Nullable OutgoingDatagram tryTake() {
        OutgoingDatagram datagram = outgoing.tryTake();
        if (datagram == null) {
            flush();
            datagram = outgoing.tryTake();
        }
        return datagram;
    }

    @Override
    public void flush() {
        flushing = true;
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        flushing = false;
        unflushed.clear();
        counters.datagramsOut.add(unflushedDatagrams);
        counters.bytesOut.add(unflushedBytes);
        unflushedDatagrams = 0;
        unflushedBytes = 0;
    }
}
