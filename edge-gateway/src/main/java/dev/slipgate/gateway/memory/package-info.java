/** The gateway's end of {@code mem://}: clients in the same process. */
@NullMarked
package dev.slipgate.gateway.memory;

import org.jspecify.annotations.NullMarked;
