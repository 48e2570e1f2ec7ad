/** Which app a node runs: those of a jar, those that are built in, and the choice among them. */
@NullMarked
package dev.slipgate.sdk.apps;

import org.jspecify.annotations.NullMarked;
