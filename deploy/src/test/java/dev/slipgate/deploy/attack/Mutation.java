package dev.slipgate.deploy.attack;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/** Changed copies of datagrams; where things are says docs/dialect-mpgameserver.md. */
final class Mutation {
    static final int TYPE_AT = 12;
    static final int LENGTH_AT = 13;
    static final int HEADER_BYTES = 20;
    static final int HELLO = 1;

    private static final int CRC_BYTES = 4;

    private Mutation() {}

    static boolean isHello(byte[] datagram) {
        return datagram[TYPE_AT] == HELLO;
    }

    static byte[] truncated(byte[] datagram, int length) {
        return Arrays.copyOf(datagram, length);
    }

    /** With some bits of one byte turned. */
    static byte[] turned(byte[] datagram, int at, int bits) {
        byte[] copy = datagram.clone();
        copy[at] ^= (byte) bits;
        return copy;
    }

    /** With one bit somewhere turned. */
    static byte[] turned(byte[] datagram, RandomGenerator random) {
        return turned(datagram, random.nextInt(datagram.length), 1 << random.nextInt(Byte.SIZE));
    }

    /** A hello of another length whose length field and CRC are right. */
    static byte[] helloOf(byte[] hello, int length) {
        byte[] copy = Arrays.copyOf(hello, length);
        ByteBuffer.wrap(copy).putShort(LENGTH_AT, (short) (length - HEADER_BYTES - CRC_BYTES));
        return withCrc(copy);
    }

    /** The same with a CRC that is right. */
    static byte[] withCrc(byte[] plain) {
        var crc = new CRC32();
        crc.update(plain, 0, plain.length - CRC_BYTES);
        ByteBuffer.wrap(plain).putInt(plain.length - CRC_BYTES, (int) crc.getValue());
        return plain;
    }

    static byte[] random(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
