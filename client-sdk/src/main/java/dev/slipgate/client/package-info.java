/** The Java client of a Slipgate cluster: connect, send, and hear what comes. */
@NullMarked
package dev.slipgate.client;

import org.jspecify.annotations.NullMarked;
