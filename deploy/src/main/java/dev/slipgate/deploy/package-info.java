/** The main class and its commands. */
@NullMarked
package dev.slipgate.deploy;

import org.jspecify.annotations.NullMarked;
