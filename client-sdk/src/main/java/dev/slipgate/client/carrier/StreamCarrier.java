package dev.slipgate.client.carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import javax.net.ssl.SSLException;

/** Packets on a stream of bytes: TCP, TLS, WebSocket. */
final class StreamCarrier implements Carrier {
    /** What waits for the socket here; a packet that has no room waits in its session. */
    private static final int OUT_BYTES = 64 * 1024;

    private static final int IN_BYTES = 48 * 1024;

    /** What framing says by itself, such as an upgrade request or the answer to a ping. */
    private static final int OWN_WORDS_BYTES = 2048;

    private final ByteStream stream;
    private final PacketFraming framing;
    private final ByteBuffer in = ByteBuffer.allocate(IN_BYTES);
    private final ByteBuffer out = ByteBuffer.allocate(OUT_BYTES + OWN_WORDS_BYTES);
    private State state = State.OPENING;
    private boolean begun;
    private String detail = "";

    StreamCarrier(ByteStream stream, PacketFraming framing) {
        this.stream = stream;
        this.framing = framing;
    }

    @Override
    public int receive(PacketSink sink, int maxPackets) {
        if (state == State.CLOSED) {
            return 0;
        }
        try {
            return stream.advance() ? read(sink, maxPackets) : 0;
        } catch (IOException e) {
            fail(e instanceof SSLException ? "TLS failed: " + Details.of(e) : Details.of(e));
            return 0;
        }
    }

    private int read(PacketSink sink, int maxPackets) throws IOException {
        if (!begun) {
            begun = true;
            framing.begin(out);
            flush();
        }
        int packets = 0;
        int bytes = 1;
        while (bytes > 0 && state != State.CLOSED) {
            packets += takePackets(sink, maxPackets - packets);
            if (packets == maxPackets) {
                return packets;
            }
            bytes = state == State.CLOSED ? 0 : stream.read(in);
        }
        if (bytes < 0) {
            fail("the gateway closed the connection");
        }
        return packets;
    }

    private int takePackets(PacketSink sink, int maxPackets) {
        int packets = 0;
        in.flip();
        PacketFraming.Step step = PacketFraming.Step.READ;
        while (step != PacketFraming.Step.MORE && packets < maxPackets && state != State.CLOSED) {
            step = framing.next(in, sink, out);
            if (step == PacketFraming.Step.PACKET) {
                packets++;
            } else if (step == PacketFraming.Step.BROKEN) {
                flush(); // a WebSocket says goodbye
                fail(String.valueOf(framing.problem()));
            }
        }
        in.compact();
        if (state == State.OPENING && framing.ready()) {
            state = State.OPEN;
        }
        return packets;
    }

    @Override
    public boolean trySend(byte[] bytes, int length) {
        if (state != State.OPEN || !hasRoom(length)) {
            return false;
        }
        framing.write(bytes, length, out);
        return true;
    }

    private boolean hasRoom(int length) {
        return out.remaining() - OWN_WORDS_BYTES >= length + framing.overheadBytes();
    }

    @Override
    public void flush() {
        if (state == State.CLOSED || !begun) {
            return;
        }
        try {
            out.flip();
            stream.write(out);
            out.compact();
        } catch (IOException e) {
            out.clear();
            fail(Details.of(e));
        }
    }

    @Override
    public boolean writable() {
        return state == State.OPEN && hasRoom(PacketFraming.MAX_PACKET_BYTES);
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
        if (state == State.CLOSED) {
            return;
        }
        int interest = interest();
        SelectionKey key = stream.channel().keyFor(selector);
        if (key == null) {
            stream.channel().register(selector, interest);
        } else if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    private int interest() {
        if (!stream.channel().isConnected()) {
            return SelectionKey.OP_CONNECT;
        }
        boolean unwritten = out.position() > 0 || stream.holdsUnwritten();
        return unwritten ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    }

    private void fail(String why) {
        detail = why;
        close();
    }

    @Override
    public void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            Details.closeQuietly(stream);
        }
    }
}
