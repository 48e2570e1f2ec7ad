/** The scenario {@code idle}: what a session costs that does nothing but stay. */
@NullMarked
package dev.slipgate.benchmarks.idle;

import org.jspecify.annotations.NullMarked;
