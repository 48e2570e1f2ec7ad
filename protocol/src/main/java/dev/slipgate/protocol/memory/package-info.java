/** Pooled byte arrays for the data path, so that a kept message costs no garbage. */
@NullMarked
package dev.slipgate.protocol.memory;

import org.jspecify.annotations.NullMarked;
