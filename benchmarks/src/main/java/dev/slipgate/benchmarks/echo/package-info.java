/** The scenario {@code echo}: what an echoed message costs, next to plain echoes. */
@NullMarked
package dev.slipgate.benchmarks.echo;

import org.jspecify.annotations.NullMarked;
