/** Plain UDP echoes to measure against, each a process of its own. */
@NullMarked
package dev.slipgate.benchmarks.yardstick;

import org.jspecify.annotations.NullMarked;
