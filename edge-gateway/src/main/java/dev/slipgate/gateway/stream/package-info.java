/** TCP, TLS and WebSocket: the carrier between connections and the endpoint of an event loop. */
@NullMarked
package dev.slipgate.gateway.stream;

import org.jspecify.annotations.NullMarked;
