/** The node's connection logic: positions, mailboxes, units. Sans-IO. */
@NullMarked
package dev.slipgate.fabric.node;

import org.jspecify.annotations.NullMarked;
