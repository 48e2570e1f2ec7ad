/**
 * Faults of a path as plain decisions: what becomes of a datagram, and when; no socket, no clock.
 */
@NullMarked
package dev.slipgate.testing.fault;

import org.jspecify.annotations.NullMarked;
