package dev.slipgate.fabric.gateway;

/**
 * What a gateway tells the node about a client when it opens a connection.
 *
 * @param dialect the listener's dialect, such as {@code mpgameserver}
 * @param address the client's address in text, host and port
 */
public record ClientInfo(String dialect, String address) {}
