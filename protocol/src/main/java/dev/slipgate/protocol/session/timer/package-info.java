/** Timers of many sessions behind the one timer of their endpoint. */
@NullMarked
package dev.slipgate.protocol.session.timer;

import org.jspecify.annotations.NullMarked;
