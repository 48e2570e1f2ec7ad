/** The recorded bytes of {@code docs/wire-vectors}, made by the code and compared with it. */
@NullMarked
package dev.slipgate.protocol.vectors;

import org.jspecify.annotations.NullMarked;
