package dev.slipgate.client.carrier;

/** Takes the packets that a carrier has read. */
@FunctionalInterface
public interface PacketSink {
    /**
     * @param bytes the carrier's scratch, which may be overwritten during the call and is by the
     *     carrier after it
     */
    void onPacket(byte[] bytes, int offset, int length);
}
