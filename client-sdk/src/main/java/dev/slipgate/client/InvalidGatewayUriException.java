package dev.slipgate.client;

/** A URI that names no gateway. The message is one line for whoever wrote the URI. */
public final class InvalidGatewayUriException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    InvalidGatewayUriException(String message) {
        super(message);
    }
}
