/** The gateway process: what it is made of, how it starts and stops, what it tells. */
@NullMarked
package dev.slipgate.gateway;

import org.jspecify.annotations.NullMarked;
