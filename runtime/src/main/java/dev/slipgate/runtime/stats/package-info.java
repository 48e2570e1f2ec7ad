/** The figures that a process gives when asked. */
@NullMarked
package dev.slipgate.runtime.stats;

import org.jspecify.annotations.NullMarked;
