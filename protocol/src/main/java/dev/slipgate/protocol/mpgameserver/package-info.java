/** The mpgameserver dialect: the wire format of the Python library of that name, both sides. */
@NullMarked
package dev.slipgate.protocol.mpgameserver;

import org.jspecify.annotations.NullMarked;
