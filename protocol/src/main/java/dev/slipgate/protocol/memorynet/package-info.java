/** The network within a process: what {@code mem://} stands for. */
@NullMarked
package dev.slipgate.protocol.memorynet;

import org.jspecify.annotations.NullMarked;
