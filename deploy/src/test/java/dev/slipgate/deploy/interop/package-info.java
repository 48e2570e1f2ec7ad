/** Real processes, and the real Python client mpgameserver against them. */
@NullMarked
package dev.slipgate.deploy.interop;

import org.jspecify.annotations.NullMarked;
