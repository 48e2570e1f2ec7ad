package dev.slipgate.protocol.memorynet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MemoryNetworkTest {
    private static final byte[] KEY = new byte[32];

    private final MemoryNetwork network = new MemoryNetwork();
    private final List<MemoryEnd> accepted = new ArrayList<>();
    private int gatewayCalls;
    private int clientCalls;

    @Test
    void packetsGoBothWaysInOrder() {
        listen("a");
        MemoryEnd client = connect("a", MemoryMode.STREAM);
        MemoryEnd gateway = accepted.getFirst();

        send(client, 1, 2);
        send(client, 3);
        send(gateway, 4);

        assertThat(gateway.poll()).containsExactly(1, 2);
        assertThat(gateway.poll()).containsExactly(3);
        assertThat(gateway.poll()).isNull();
        assertThat(client.poll()).containsExactly(4);
    }

    @Test
    void aPacketIsCopied() {
        listen("a");
        MemoryEnd client = connect("a", MemoryMode.DATAGRAM);
        byte[] bytes = {0, 7, 0};

        client.trySend(bytes, 1, 1);
        bytes[1] = 9;

        assertThat(accepted.getFirst().poll()).containsExactly(7);
    }

    @Test
    void theOtherSideIsCalledOnceForABurst() {
        listen("a");
        MemoryEnd client = connect("a", MemoryMode.DATAGRAM);

        send(client, 1);
        send(client, 2);

        assertThat(gatewayCalls).isEqualTo(1);
    }

    @Test
    void aFullStreamRefusesAndTellsWhenThereIsRoom() {
        listen("a");
        MemoryEnd client = connect("a", MemoryMode.STREAM);
        int taken = fill(client);
        assertThat(client.writable()).isFalse();
        assertThat(taken).isPositive();
        assertThat(taken * 16384L).isLessThanOrEqualTo(MemoryQueue.MAX_QUEUED_BYTES);

        int polled = 0;
        while (accepted.getFirst().poll() != null) {
            polled++;
        }

        assertThat(polled).isEqualTo(taken);
        assertThat(clientCalls).isEqualTo(1);
        assertThat(client.writable()).isTrue();
    }

    @Test
    void emptyPacketsAreBoundedToo() {
        listen("a");
        MemoryEnd client = connect("a", MemoryMode.DATAGRAM);
        int taken = 0;
        while (client.trySend(new byte[0], 0, 0)) {
            taken++;
        }

        assertThat(taken * (long) MemoryQueue.PACKET_OVERHEAD_BYTES)
                .isEqualTo(MemoryQueue.MAX_QUEUED_BYTES);
        assertThat(client.refusedPackets()).isEqualTo(1);
    }

    @Test
    void closingOneEndClosesTheOtherAndWhatCameBeforeIsStillThere() {
        listen("a");
        MemoryEnd client = connect("a", MemoryMode.STREAM);
        MemoryEnd gateway = accepted.getFirst();
        send(client, 5);

        client.close();

        assertThat(gateway.open()).isFalse();
        assertThat(gatewayCalls).isGreaterThan(1);
        assertThat(gateway.poll()).containsExactly(5);
        assertThat(gateway.trySend(new byte[1], 0, 1)).isFalse();
    }

    @Test
    void aNameIsListenedOnOnceAndIsFreeAfterwards() {
        MemoryNetwork.Port port = listen("a", MemoryMode.STREAM);
        assertThatThrownBy(() -> listen("a", MemoryMode.STREAM)).hasMessageContaining("mem://a");
        listen("a", MemoryMode.DATAGRAM);
        assertThat(network.gatewayKey("a", MemoryMode.STREAM)).isEqualTo(KEY);

        port.close();

        assertThat(network.connect("a", MemoryMode.STREAM, () -> {})).isNull();
        assertThat(network.gatewayKey("a", MemoryMode.STREAM)).isNull();
        assertThat(network.connect("a", MemoryMode.DATAGRAM, () -> {})).isNotNull();
        listen("a", MemoryMode.STREAM);
    }

    @Test
    void aPacketAboveTheModesLimitIsTheCallersBug() {
        listen("a");
        MemoryEnd client = connect("a", MemoryMode.DATAGRAM);

        assertThatThrownBy(() -> client.trySend(new byte[1201], 0, 1201))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1200");
    }

    private void listen(String name) {
        listen(name, MemoryMode.STREAM);
        listen(name, MemoryMode.DATAGRAM);
    }

    private MemoryNetwork.Port listen(String name, MemoryMode mode) {
        return network.listen(
                name,
                mode,
                KEY,
                end -> {
                    accepted.add(end);
                    return () -> gatewayCalls++;
                });
    }

    private MemoryEnd connect(String name, MemoryMode mode) {
        return Objects.requireNonNull(network.connect(name, mode, () -> clientCalls++));
    }

    private static int fill(MemoryEnd end) {
        int taken = 0;
        while (end.trySend(new byte[16384], 0, 16384)) {
            taken++;
        }
        return taken;
    }

    private static void send(MemoryEnd end, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        assertThat(end.trySend(bytes, 0, bytes.length)).isTrue();
    }
}
