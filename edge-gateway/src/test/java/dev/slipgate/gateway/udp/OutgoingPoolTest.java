package dev.slipgate.gateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class OutgoingPoolTest {
    private static final InetSocketAddress SOMEBODY =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 7);

    private final OutgoingPool pool = new OutgoingPool(PooledByteBufAllocator.DEFAULT, 2048);

    @Test
    void noMoreThanTheBoundAreOnTheirWay() {
        List<OutgoingDatagram> out = new ArrayList<>();
        for (int i = 0; i < OutgoingPool.MAX_DATAGRAMS; i++) {
            out.add(Objects.requireNonNull(pool.tryTake()));
        }
        assertThat(pool.tryTake()).isNull();
        out.getFirst().release();
        assertThat(pool.tryTake()).isSameAs(out.getFirst());
        out.forEach(OutgoingDatagram::release);
        pool.close();
    }

    @Test
    void aReleasedDatagramIsFilledAnew() {
        OutgoingDatagram datagram = Objects.requireNonNull(pool.tryTake());
        datagram.fill(SOMEBODY, new byte[] {1, 2, 3}, 3);
        datagram.release();
        assertThat(pool.tryTake()).isSameAs(datagram);
        datagram.fill(SOMEBODY, new byte[] {4, 5}, 1);
        assertThat(datagram.recipient()).isEqualTo(SOMEBODY);
        assertThat(datagram.content().readableBytes()).isEqualTo(1);
        assertThat(datagram.content().getByte(0)).isEqualTo((byte) 4);
        datagram.release();
        pool.close();
    }

    @Test
    void closingFreesAllAlsoThoseThatComeBackLater() {
        OutgoingDatagram early = Objects.requireNonNull(pool.tryTake());
        OutgoingDatagram late = Objects.requireNonNull(pool.tryTake());
        early.release();
        pool.close();
        assertThat(early.refCnt()).isZero();
        assertThat(late.refCnt()).isEqualTo(1);
        late.release();
        assertThat(late.refCnt()).isZero();
        assertThat(pool.tryTake()).isNull();
    }
}
