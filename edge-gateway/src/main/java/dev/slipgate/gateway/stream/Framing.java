package dev.slipgate.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * How a packet is marked off in a stream on its way out. Written here into the packet's own buffer,
 * WebSocket's two or four bytes included: an encoder would cost an object and often a second buffer
 * for each packet.
 */
enum Framing {
    /** A {@code u16} length, then the packet. */
    LENGTH_PREFIX {
        @Override
        void writeHead(ByteBuf out, int length) {
            out.writeShort(length);
        }
    },
    /** A final, unmasked binary frame of RFC 6455, section 5.2. */
    WEB_SOCKET {
        @Override
        void writeHead(ByteBuf out, int length) {
            out.writeByte(FINAL_BINARY);
            if (length <= MAX_SHORT_LENGTH) {
                out.writeByte(length);
            } else {
                out.writeByte(LENGTH_FOLLOWS).writeShort(length);
            }
        }
    };

    private static final int FINAL_BINARY = 0x82;
    private static final int MAX_SHORT_LENGTH = 125;
    private static final int LENGTH_FOLLOWS = 126;
    private static final int MAX_HEAD_BYTES = 4;

    abstract void writeHead(ByteBuf out, int length);

    /** A buffer with the packet as it goes over the stream. */
    ByteBuf frame(ByteBufAllocator allocator, byte[] bytes, int length) {
        ByteBuf out = allocator.directBuffer(MAX_HEAD_BYTES + length);
        writeHead(out, length);
        return out.writeBytes(bytes, 0, length);
    }
}
