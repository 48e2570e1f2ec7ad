package dev.slipgate.fabric.gateway;

import dev.slipgate.protocol.channel.Delivery;

/**
 * What a client sent and its node was not sent yet: one message after another, as the lane has room
 * for them. Confined to the lane's thread.
 */
interface UpQueue {
    /** Whether there is a message to be written; the accessors then tell of it. */
    boolean select();

    int channel();

    Delivery delivery();

    long number();

    /** The message from offset 0. */
    byte[] bytes();

    int length();

    /** A part of the selected message is in a batch: it stays selected until it is written. */
    void begun();

    /** The selected message is in a batch, to its last byte. */
    void written();

    /** Nothing more goes to the node. */
    void release();
}
