/** A chat: what one client says, all hear. */
@NullMarked
package dev.slipgate.examples.chat;

import org.jspecify.annotations.NullMarked;
