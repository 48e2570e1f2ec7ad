/** {@code ./slipgate bench}: its command, its scenarios and their report. */
@NullMarked
package dev.slipgate.benchmarks;

import org.jspecify.annotations.NullMarked;
