package dev.slipgate.client.carrier;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Locale;

/** What the network did, in a clause for users. */
final class Details {
    private Details() {}

    static String of(IOException e) {
        String message = e.getMessage();
        if (message == null) {
            return e.getClass().getSimpleName();
        }
        return e instanceof ConnectException ? message.toLowerCase(Locale.ROOT) : message;
    }

    /** Closes what may be broken already: there is nothing to be done about a failure. */
    static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException broken) {
            // It is gone either way.
        }
    }
}
