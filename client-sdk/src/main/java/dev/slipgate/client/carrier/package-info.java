/** What moves packets between a client and its gateway: non-blocking, and without threads. */
@NullMarked
package dev.slipgate.client.carrier;

import org.jspecify.annotations.NullMarked;
