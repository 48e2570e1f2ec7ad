package dev.slipgate.protocol.session;

/**
 * The wish that a client resume at another gateway now. {@code docs/wire-protocol.md}, REDIRECT.
 *
 * @param gateway where, a text of at most 64 bytes
 * @param ticket sealed, at most 700 bytes; not copied, nobody changes it
 */
public record Redirect(String gateway, byte[] ticket) {}
