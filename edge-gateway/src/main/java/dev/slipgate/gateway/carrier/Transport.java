package dev.slipgate.gateway.carrier;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import java.util.Locale;

/** The way to the kernel, given by what the event loops run on. */
public enum Transport {
    /** Bursts of datagrams with one system call each way, and ports shared by loops. Linux. */
    EPOLL,
    /** One system call per datagram, and one socket per local address. Everywhere. */
    NIO;

    /** What this event loop runs on. */
    public static Transport of(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class) ? EPOLL : NIO;
    }

    /** Its name in logs and {@code /stats}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether several loops may each have a socket for one address and port. */
    public boolean sharesPorts() {
        return this == EPOLL;
    }
}
