/** Attacks, faults and bad input against real processes. */
@NullMarked
package dev.slipgate.deploy.attack;

import org.jspecify.annotations.NullMarked;
