/** The sans-IO shape of a session and of the endpoint above it. */
@NullMarked
package dev.slipgate.protocol.session;

import org.jspecify.annotations.NullMarked;
