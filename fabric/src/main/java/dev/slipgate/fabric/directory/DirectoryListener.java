package dev.slipgate.fabric.directory;

/** Hears who comes and goes. */
public interface DirectoryListener {
    void onUp(ProcessRecord process);

    /** The process withdrew, or left, or is gone. */
    void onDown(ProcessRecord process);
}
