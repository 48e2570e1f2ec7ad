/** Checks that a history of messages is what was promised. */
@NullMarked
package dev.slipgate.testing.check;

import org.jspecify.annotations.NullMarked;
