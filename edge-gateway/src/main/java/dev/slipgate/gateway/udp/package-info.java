/** UDP: the carrier between sockets and the endpoint of an event loop, and what binds it. */
@NullMarked
package dev.slipgate.gateway.udp;

import org.jspecify.annotations.NullMarked;
