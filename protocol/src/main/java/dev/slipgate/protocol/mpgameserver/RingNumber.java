package dev.slipgate.protocol.mpgameserver;

/**
 * Arithmetic on the dialect's numbers: 1 to 65535, then 1 again; 0 is unset. Since 65535 is one
 * less than a power of two and 0 is left out, up to 2^k - 1 consecutive numbers have distinct low k
 * bits even across the wrap; the windows here index their arrays by those bits.
 */
final class RingNumber {
    static final int MAX = 65535;

    private RingNumber() {}

    static int next(int number) {
        return number == MAX ? 1 : number + 1;
    }

    /** How far {@code a} is ahead of {@code b}, -32767 to 32767. */
    static int diff(int a, int b) {
        int diff = a - b;
        if (diff > MAX / 2) {
            return diff - MAX;
        }
        return diff < -(MAX / 2) ? diff + MAX : diff;
    }

    /** The number {@code steps} before; {@code steps} is 0 to 65534. */
    static int back(int number, int steps) {
        int result = number - steps;
        return result < 1 ? result + MAX : result;
    }
}
