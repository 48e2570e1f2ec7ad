/** The adapter between lanes and the Vert.x event bus. */
@NullMarked
package dev.slipgate.fabric.bus;

import org.jspecify.annotations.NullMarked;
