package dev.slipgate.client.carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * TLS over a TCP socket. The costly steps of its handshake run where it is driven: some
 * milliseconds once, and no thread.
 */
final class TlsStream implements ByteStream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final PlainStream socket;
    private final SSLEngine engine;
    private final ByteBuffer sealedIn; // to be filled by the socket
    private final ByteBuffer sealedOut; // to be filled by the engine
    private final ByteBuffer opened; // to be read from
    private boolean handshaken;
    private boolean ended;

    TlsStream(PlainStream socket, SSLEngine engine) {
        this.socket = socket;
        this.engine = engine;
        int packetBytes = engine.getSession().getPacketBufferSize();
        this.sealedIn = ByteBuffer.allocate(packetBytes);
        this.sealedOut = ByteBuffer.allocate(2 * packetBytes);
        this.opened = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
    }

    @Override
    public boolean advance() throws IOException {
        if (handshaken) {
            return true;
        }
        if (!socket.advance()) {
            return false;
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
            engine.beginHandshake();
        }
        shakeHands();
        return handshaken;
    }

    /** As far as it goes with what has come. */
    private void shakeHands() throws IOException {
        flushSealed();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    if (!wrap(NOTHING)) {
                        return;
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap() && fill() <= 0) {
                        if (ended) {
                            throw new IOException("the gateway hung up in the TLS handshake");
                        }
                        return;
                    }
                }
                default -> {
                    handshaken = true;
                    return;
                }
            }
        }
    }

    private void runTasks() {
        for (Runnable t = engine.getDelegatedTask(); t != null; t = engine.getDelegatedTask()) {
            t.run();
        }
    }

    /**
     * Seals one record and gives it to the socket.
     *
     * @return false when the socket has to take what waits first
     */
    private boolean wrap(ByteBuffer from) throws IOException {
        SSLEngineResult result = engine.wrap(from, sealedOut);
        flushSealed();
        return result.getStatus() == Status.OK;
    }

    private void flushSealed() throws IOException {
        sealedOut.flip();
        socket.write(sealedOut);
        sealedOut.compact();
    }

    /**
     * Opens one record of those that have come.
     *
     * @return whether there was a whole one
     */
    private boolean unwrap() throws IOException {
        sealedIn.flip();
        opened.compact();
        SSLEngineResult result = engine.unwrap(sealedIn, opened);
        opened.flip();
        sealedIn.compact();
        ended |= result.getStatus() == Status.CLOSED;
        return result.getStatus() == Status.OK;
    }

    private int fill() throws IOException {
        int bytes = ended ? -1 : socket.read(sealedIn);
        ended |= bytes < 0;
        return bytes;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        while (into.hasRemaining()) {
            if (opened.hasRemaining()) {
                int bytes = Math.min(opened.remaining(), into.remaining());
                into.put(into.position(), opened, opened.position(), bytes);
                into.position(into.position() + bytes);
                opened.position(opened.position() + bytes);
            } else if (!unwrap() && fill() <= 0) {
                break;
            }
            answerPostHandshake();
        }
        int bytes = into.position() - before;
        return bytes == 0 && ended ? -1 : bytes;
    }

    /** A key update may ask for an answer. */
    private void answerPostHandshake() throws IOException {
        if (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING && !ended) {
            shakeHands();
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        flushSealed();
        while (from.hasRemaining() && sealedOut.position() == 0) {
            if (!wrap(from)) {
                return;
            }
        }
    }

    @Override
    public boolean holdsUnwritten() {
        return sealedOut.position() > 0;
    }

    @Override
    public SocketChannel channel() {
        return socket.channel();
    }

    /** Says goodbye if the socket takes it at once. */
    @Override
    public void close() throws IOException {
        try {
            engine.closeOutbound();
            wrap(NOTHING);
        } finally {
            socket.close();
        }
    }
}
