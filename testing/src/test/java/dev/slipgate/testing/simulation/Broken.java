package dev.slipgate.testing.simulation;

/** Something did not hold that must always hold. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(String what) {
        super(what);
    }

    /**
     * @param what a format, filled in only when it is needed: what is checked after every step must
     *     cost nothing
     */
    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency for one line
    static void unless(boolean holds, String what, Object... arguments) {
        if (!holds) {
            throw new Broken(what.formatted(arguments));
        }
    }
}
