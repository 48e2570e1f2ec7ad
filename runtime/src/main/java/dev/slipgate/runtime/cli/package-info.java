/** Command lines of processes: flags that set configuration keys, and how failures are told. */
@NullMarked
package dev.slipgate.runtime.cli;

import org.jspecify.annotations.NullMarked;
