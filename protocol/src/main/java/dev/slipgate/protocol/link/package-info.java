/** The wire format of a link between a gateway and a node. */
@NullMarked
package dev.slipgate.protocol.link;

import org.jspecify.annotations.NullMarked;
