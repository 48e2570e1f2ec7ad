/** The Noise handshake of the native protocol: Noise_NK_25519_AESGCM_SHA256, revision 34. */
@NullMarked
package dev.slipgate.protocol.noise;

import org.jspecify.annotations.NullMarked;
