/** What all of the protocol shares: identities, and the reasons for dropping and closing. */
@NullMarked
package dev.slipgate.protocol;

import org.jspecify.annotations.NullMarked;
