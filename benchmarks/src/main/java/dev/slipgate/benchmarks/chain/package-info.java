/** The real processes under test: broker, gateway and node. */
@NullMarked
package dev.slipgate.benchmarks.chain;

import org.jspecify.annotations.NullMarked;
