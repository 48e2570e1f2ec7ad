/** The shape of what runs on one event loop and talks over the bus. */
@NullMarked
package dev.slipgate.fabric.lane;

import org.jspecify.annotations.NullMarked;
