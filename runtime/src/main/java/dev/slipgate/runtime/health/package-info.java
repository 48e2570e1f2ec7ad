/** Whether a process lives and is ready, and where it says so over HTTP. */
@NullMarked
package dev.slipgate.runtime.health;

import org.jspecify.annotations.NullMarked;
