/** A gateway for tests of clients: the real endpoint, and an echo behind it. */
@NullMarked
package dev.slipgate.testing.gateway;

import org.jspecify.annotations.NullMarked;
