/** The load generator: many clients on one thread, and what they see. */
@NullMarked
package dev.slipgate.benchmarks.load;

import org.jspecify.annotations.NullMarked;
