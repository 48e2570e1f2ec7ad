package dev.slipgate.fabric.node;

import dev.slipgate.protocol.channel.Delivery;

/**
 * A message that a handler sent: written by its thread, then handed to the lane's with its unit.
 */
final class Outgoing {
    final int channel;
    final Delivery delivery;
    final byte[] bytes;
    final MessageReceipt receipt;

    /** Given on the lane's thread. */
    long number;

    Outgoing(int channel, Delivery delivery, byte[] bytes, MessageReceipt receipt) {
        this.channel = channel;
        this.delivery = delivery;
        this.bytes = bytes;
        this.receipt = receipt;
    }
}
