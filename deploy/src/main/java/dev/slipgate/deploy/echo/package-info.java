/** {@code slipgate echo}: a small client that sends, checks what comes back, and shows the path. */
@NullMarked
package dev.slipgate.deploy.echo;

import org.jspecify.annotations.NullMarked;
