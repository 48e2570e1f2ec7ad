package dev.slipgate.runtime.lifecycle;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** What operators call a process. */
public final class ProcessName {
    private ProcessName() {}

    /** The configured name, or one made of host name and process id, such as {@code box-4711}. */
    public static String of(@Nullable String configured) {
        return configured == null ? host() + "-" + ProcessHandle.current().pid() : configured;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A host that does not know its own name still runs a process.
            return "localhost";
        }
    }
}
