/** Key files that we make ourselves. */
@NullMarked
package dev.slipgate.runtime.keys;

import org.jspecify.annotations.NullMarked;
