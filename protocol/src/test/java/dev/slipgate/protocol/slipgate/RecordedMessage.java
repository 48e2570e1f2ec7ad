package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.Delivery;

/** A message as a listener got it. */
record RecordedMessage(int channel, Delivery delivery, long number, byte[] bytes) {}
