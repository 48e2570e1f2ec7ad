/** Which node takes a new connection. */
@NullMarked
package dev.slipgate.fabric.placement;

import org.jspecify.annotations.NullMarked;
