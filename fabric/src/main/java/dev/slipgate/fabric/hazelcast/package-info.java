/** The adapter to Hazelcast: membership, the directory, the clustered event bus. */
@NullMarked
package dev.slipgate.fabric.hazelcast;

import org.jspecify.annotations.NullMarked;
