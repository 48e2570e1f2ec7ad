/**
 * The native protocol on virtual time: whole worlds of clients, a gateway and a node, one per seed,
 * on a network that does everything to their packets that a network may do.
 */
@NullMarked
package dev.slipgate.testing.simulation;

import org.jspecify.annotations.NullMarked;
