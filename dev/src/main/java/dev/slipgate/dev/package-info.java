/** Everything in one process: gateway, node and directory on one event bus in memory. */
@NullMarked
package dev.slipgate.dev;

import org.jspecify.annotations.NullMarked;
