/** What the start of a broker, a gateway and a node has in common. */
@NullMarked
package dev.slipgate.runtime.cluster;

import org.jspecify.annotations.NullMarked;
