/** The gateway's connection logic: place, route, keep, hold units. Sans-IO. */
@NullMarked
package dev.slipgate.fabric.gateway;

import org.jspecify.annotations.NullMarked;
