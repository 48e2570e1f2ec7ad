package dev.slipgate.benchmarks.load;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * The few Linux calls that send and receive many datagrams at once from many addresses. Numbers and
 * layouts are those of 64-bit Linux on x86 and ARM, which agree.
 */
final class LinuxUdp {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int IPPROTO_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final short POLLIN = 1;
    private static final int SOCKADDR_IN_BYTES = 16;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = call("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDMMSG =
            call("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECVMMSG =
            call("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle PPOLL = call("ppoll", ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);

    private final int fd;
    private final MemorySegment pollFd;
    private final MemorySegment timeout;

    private LinuxUdp(int fd, Arena arena) {
        this.fd = fd;
        this.pollFd = arena.allocate(8, 4);
        this.timeout = arena.allocate(16, 8);
        pollFd.set(JAVA_INT, 0, fd);
        pollFd.set(JAVA_SHORT, 4, POLLIN);
    }

    /** Whether the calls exist here as this class knows them. */
    static boolean available() {
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return System.getProperty("os.name", "").equals("Linux")
                && (arch.equals("amd64") || arch.equals("aarch64"));
    }

    /**
     * Opens a socket on every local address at one free port, which tells of each datagram to which
     * address it came.
     */
    static LinuxUdp open(Arena arena, int bufferBytes) {
        int fd = invoke(() -> (int) SOCKET.invokeExact(AF_INET, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0));
        if (fd < 0) {
            throw new IllegalStateException("the kernel grants no UDP socket");
        }
        var socket = new LinuxUdp(fd, arena);
        MemorySegment anyAddress = arena.allocate(SOCKADDR_IN_BYTES, 8);
        anyAddress.set(JAVA_SHORT, 0, (short) AF_INET);
        if (invoke(() -> (int) BIND.invokeExact(fd, anyAddress, SOCKADDR_IN_BYTES)) != 0) {
            throw new IllegalStateException("no free UDP port");
        }
        socket.option(arena, IPPROTO_IP, IP_PKTINFO, 1);
        socket.option(arena, SOL_SOCKET, SO_RCVBUF, bufferBytes);
        socket.option(arena, SOL_SOCKET, SO_SNDBUF, bufferBytes);
        return socket;
    }

    /**
     * Sends {@code count} messages from an array of mmsghdr; how many were taken, or less than 0.
     */
    int send(MemorySegment headers, int count) {
        return invoke(() -> (int) SENDMMSG.invokeExact(fd, headers, count, 0));
    }

    /** Receives up to {@code count} messages without waiting; how many, or less than 0. */
    int receive(MemorySegment headers, int count) {
        return invoke(() -> (int) RECVMMSG.invokeExact(fd, headers, count, 0, MemorySegment.NULL));
    }

    /** Waits until there is something to receive or the time is over. */
    void await(long timeoutNs) {
        timeout.set(JAVA_LONG, 0, timeoutNs / 1_000_000_000L);
        timeout.set(JAVA_LONG, 8, timeoutNs % 1_000_000_000L);
        invoke(() -> (int) PPOLL.invokeExact(pollFd, 1L, timeout, MemorySegment.NULL));
    }

    void close() {
        invoke(() -> (int) CLOSE.invokeExact(fd));
    }

    private void option(Arena arena, int level, int name, int value) {
        MemorySegment cell = arena.allocateFrom(JAVA_INT, value);
        int failed =
                invoke(() -> (int) SETSOCKOPT.invokeExact(fd, level, name, cell, Integer.BYTES));
        if (failed != 0) {
            throw new IllegalStateException("socket option %d of level %d".formatted(name, level));
        }
    }

    private static MethodHandle call(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, arguments));
    }

    @FunctionalInterface
    private interface NativeCall {
        int run() throws Throwable;
    }

    private static int invoke(NativeCall nativeCall) {
        try {
            return nativeCall.run();
        } catch (Throwable thrown) {
            throw new IllegalStateException("a native call threw", thrown);
        }
    }
}
