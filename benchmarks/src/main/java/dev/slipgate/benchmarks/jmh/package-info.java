/** Microbenchmarks, with bytes allocated per operation. */
@NullMarked
package dev.slipgate.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
