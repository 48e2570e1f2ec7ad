package dev.slipgate.client.carrier;

import dev.slipgate.protocol.memorynet.MemoryEnd;
import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/** Packets to a gateway in the same process. */
final class MemoryCarrier implements Carrier {
    private final @Nullable MemoryEnd end;
    private volatile @Nullable Selector selector;
    private volatile boolean news;
    private boolean closed;
    private String detail = "";

    MemoryCarrier(MemoryNetwork network, String name, MemoryMode mode) {
        end = network.connect(name, mode, this::onActivity);
        if (end == null) {
            detail = "no gateway listens on mem://" + name;
        }
    }

    /** Called on threads of the gateway. */
    private void onActivity() {
        news = true;
        Selector waiting = selector;
        if (waiting != null) {
            waiting.wakeup();
        }
    }

    @Override
    public int receive(PacketSink sink, int maxPackets) {
        news = false;
        int packets = 0;
        while (end != null && packets < maxPackets) {
            // Asked first: what came before the close is still handed over.
            boolean open = end.open();
            byte[] packet = end.poll();
            if (packet == null) {
                if (!open && !closed) {
                    closed = true;
                    detail = "the gateway closed the connection";
                }
                return packets;
            }
            packets++;
            sink.onPacket(packet, 0, packet.length);
        }
        return packets;
    }

    @Override
    public boolean trySend(byte[] bytes, int length) {
        return end != null && end.trySend(bytes, 0, length);
    }

    @Override
    public void flush() {
        // The gateway is told as soon as its queue holds something.
    }

    @Override
    public boolean writable() {
        return end != null && (end.mode() == MemoryMode.DATAGRAM || end.writable());
    }

    @Override
    public State state() {
        return end == null || closed ? State.CLOSED : State.OPEN;
    }

    @Override
    public String detail() {
        return detail;
    }

    @Override
    public void watch(Selector waiting) {
        selector = waiting;
        if (news) {
            waiting.wakeup(); // it came when there was nobody to wake
        }
    }

    @Override
    public void close() {
        closed = true;
        if (end != null) {
            end.close();
        }
    }
}
