package dev.slipgate.fabric.directory;

/** What a process is. */
public enum Role {
    BROKER,
    GATEWAY,
    NODE
}
