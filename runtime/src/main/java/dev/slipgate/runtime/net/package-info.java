/** Choosing addresses to listen on. */
@NullMarked
package dev.slipgate.runtime.net;

import org.jspecify.annotations.NullMarked;
