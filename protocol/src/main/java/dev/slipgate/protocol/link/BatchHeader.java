package dev.slipgate.protocol.link;

import dev.slipgate.protocol.memory.BigEndian;

/**
 * The header of a batch, as a reused view: kind (1), version (1), sender's lane (2), receiver's
 * lane (2), reserved (2), sender's process (8), receiver's process (8), attach count (8), number
 * (8), ack (8). The two processes and the attach count together are the link epoch.
 */
public final class BatchHeader {
    public int kind;
    public int version;
    public int senderLane;
    public int receiverLane;
    public long senderProcess;
    public long receiverProcess;
    public long attachCount;

    /** Of BATCH_FRAMES: its number from 1, or 0 when it is not numbered and may be lost. */
    public long number;

    /** The highest number up to which all batches of the other direction came. */
    public long ack;

    /** Reads; false when it is too short. */
    public boolean read(byte[] bytes, int offset, int length) {
        if (length < LinkWire.HEADER_BYTES) {
            return false;
        }
        kind = BigEndian.u8(bytes, offset);
        version = BigEndian.u8(bytes, offset + 1);
        senderLane = BigEndian.u16(bytes, offset + 2);
        receiverLane = BigEndian.u16(bytes, offset + 4);
        senderProcess = BigEndian.i64(bytes, offset + 8);
        receiverProcess = BigEndian.i64(bytes, offset + 16);
        attachCount = BigEndian.i64(bytes, offset + 24);
        number = BigEndian.i64(bytes, offset + 32);
        ack = BigEndian.i64(bytes, offset + 40);
        return kind >= LinkWire.BATCH_HELLO && kind <= LinkWire.BATCH_RESET;
    }

    /** Writes {@link LinkWire#HEADER_BYTES} bytes. */
    public void write(byte[] bytes, int offset) {
        BigEndian.put8(bytes, offset, kind);
        BigEndian.put8(bytes, offset + 1, version);
        BigEndian.put16(bytes, offset + 2, senderLane);
        BigEndian.put16(bytes, offset + 4, receiverLane);
        BigEndian.put16(bytes, offset + 6, 0);
        BigEndian.put64(bytes, offset + 8, senderProcess);
        BigEndian.put64(bytes, offset + 16, receiverProcess);
        BigEndian.put64(bytes, offset + 24, attachCount);
        BigEndian.put64(bytes, offset + 32, number);
        BigEndian.put64(bytes, offset + 40, ack);
    }
}
