/** A network in virtual time, for tests and simulations: it loses, repeats, delays and reorders. */
@NullMarked
package dev.slipgate.protocol.testnet;

import org.jspecify.annotations.NullMarked;
