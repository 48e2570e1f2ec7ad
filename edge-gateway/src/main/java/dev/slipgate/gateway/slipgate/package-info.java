/** The gateway's endpoints for the native protocol. */
@NullMarked
package dev.slipgate.gateway.slipgate;

import org.jspecify.annotations.NullMarked;
