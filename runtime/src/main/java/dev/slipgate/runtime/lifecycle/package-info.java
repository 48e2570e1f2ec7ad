/** Ordered start and stop of a process, and failures that end one. */
@NullMarked
package dev.slipgate.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
