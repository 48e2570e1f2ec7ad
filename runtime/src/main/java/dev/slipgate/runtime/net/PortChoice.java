package dev.slipgate.runtime.net;

/** Which TCP port a process takes. */
public sealed interface PortChoice {
    /**
     * This one or none: it is public, or was set.
     *
     * @param port 1 to 65535, or 0 for any free one
     */
    record Exactly(int port) implements PortChoice {}

    /**
     * The first free one, for what is found by others in the directory and printed at start.
     *
     * @param firstPort where to begin; {@link ListenPort#MAX_TRIES} are tried
     */
    record NextFree(int firstPort) implements PortChoice {}
}
