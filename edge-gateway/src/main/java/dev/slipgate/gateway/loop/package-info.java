/** The driver of endpoints on one event loop: bursts in, answers out, jobs and timers. */
@NullMarked
package dev.slipgate.gateway.loop;

import org.jspecify.annotations.NullMarked;
