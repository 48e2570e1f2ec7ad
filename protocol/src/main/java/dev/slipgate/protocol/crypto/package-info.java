/** The crypto port and its providers. */
@NullMarked
package dev.slipgate.protocol.crypto;

import org.jspecify.annotations.NullMarked;
