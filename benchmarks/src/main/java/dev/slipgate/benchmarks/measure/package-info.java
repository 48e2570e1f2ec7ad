/** What a run costs: CPU, allocation, busy cores, and the arithmetic over several runs. */
@NullMarked
package dev.slipgate.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
