package dev.slipgate.gateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Datagrams of this loop's sessions that came to the sockets of other loops. Any loop puts, without
 * a lock; the owner takes, on its own loop.
 */
final class LoopInbox {
    /** Datagrams that wait, at most; beyond, they are dropped like any that the network loses. */
    static final int MAX_WAITING = 1024;

    private final EventLoop owner;
    private final Consumer<LoopInbox> onInput;
    private final Queue<Strayed> waiting = PlatformDependent.newFixedMpscQueue(MAX_WAITING);
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * A datagram that came to another loop.
     *
     * @param local the address that it was sent to
     * @param sender where it came from
     * @param content a copy; whoever takes it releases it
     */
    record Strayed(InetAddress local, InetSocketAddress sender, ByteBuf content) {}

    /**
     * @param onInput called on the owner's loop when something waits: takes it
     */
    LoopInbox(EventLoop owner, Consumer<LoopInbox> onInput) {
        this.owner = owner;
        this.onInput = onInput;
    }

    /**
     * Hands a datagram over; any loop.
     *
     * @return false when it was released, since as many as may be wait already
     */
    boolean tryPut(Strayed datagram) {
        if (!waiting.offer(datagram)) {
            datagram.content().release();
            return false;
        }
        tellOwner();
        return true;
    }

    private void tellOwner() {
        if (told.compareAndSet(false, true)) {
            owner.execute(
                    () -> {
                        told.set(false);
                        onInput.accept(this);
                    });
        }
    }

    /**
     * Takes at most so many, on the owner's loop; the owner is called again for the rest.
     *
     * @return how many there were
     */
    int take(int most, Consumer<Strayed> each) {
        int taken = 0;
        while (taken < most) {
            Strayed datagram = waiting.poll();
            if (datagram == null) {
                return taken;
            }
            taken++;
            try {
                each.accept(datagram);
            } finally {
                datagram.content().release();
            }
        }
        tellOwner();
        return taken;
    }
}
