/** Key files: those that we make, and the ring of gateway keys that is loaded from them. */
@NullMarked
package dev.slipgate.runtime.keys;

import org.jspecify.annotations.NullMarked;
