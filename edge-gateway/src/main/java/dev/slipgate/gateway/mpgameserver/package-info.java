/** The gateway's listener for unmodified mpgameserver clients: its endpoints, and its root key. */
@NullMarked
package dev.slipgate.gateway.mpgameserver;

import org.jspecify.annotations.NullMarked;
