/** A lane of a link: epochs, numbered batches, window, acks, credit, heartbeats. Sans-IO. */
@NullMarked
package dev.slipgate.fabric.link;

import org.jspecify.annotations.NullMarked;
