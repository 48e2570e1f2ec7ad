package dev.slipgate.testing.simulation;

/** Something did not hold that must always hold. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(String what) {
        super(what);
    }

    static void unless(boolean holds, String what) {
        if (!holds) {
            throw new Broken(what);
        }
    }
}
