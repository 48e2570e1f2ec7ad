package dev.slipgate.client.carrier;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes both ways over a socket, in the clear or in TLS; no call blocks. */
interface ByteStream extends Closeable {
    /** Goes on with connecting; true once bytes may flow. */
    boolean advance() throws IOException;

    /**
     * Reads what is there.
     *
     * @return bytes read; 0 when there are none now, -1 when none will come
     */
    int read(ByteBuffer into) throws IOException;

    /** Writes as much as the socket takes. */
    void write(ByteBuffer from) throws IOException;

    /** Whether it has bytes of its own that the socket did not take. */
    boolean holdsUnwritten();

    SocketChannel channel();
}
