/** One line per event, for people or for machines. */
@NullMarked
package dev.slipgate.runtime.logging;

import org.jspecify.annotations.NullMarked;
