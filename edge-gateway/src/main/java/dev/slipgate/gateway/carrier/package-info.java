/** What all carriers have in common: where packets go to and come from, addresses, transports. */
@NullMarked
package dev.slipgate.gateway.carrier;

import org.jspecify.annotations.NullMarked;
