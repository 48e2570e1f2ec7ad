package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.SessionPair.MS;
import static dev.slipgate.protocol.slipgate.SessionPair.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Redirect;
import dev.slipgate.protocol.session.Ticket;
import dev.slipgate.protocol.testnet.NetFaults;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ends tell each other beside messages. */
class SessionControlTest {
    private final SessionPair pair = new SessionPair(6).connected();

    private static Positions upTo(long number) {
        var positions = new Positions();
        positions.reset(number);
        return positions;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theNewestDeliveryAckArrivesWhateverIsLost(long seed) {
        var lossy = new SessionPair(seed).with(NetFaults.BAD.withLoss(0.3)).connected();
        for (int i = 1; i <= 50; i++) {
            lossy.client.session().deliveryAck(7, upTo(i), lossy.network.nowNs());
            lossy.network.runFor(5 * MS);
        }
        boolean newest =
                lossy.network.runUntil(
                        () ->
                                lossy.gateway.deliveryAcks.stream()
                                        .anyMatch(handled -> handled.upTo() == 50),
                        10 * SECOND);
        assertThat(newest).isTrue();
    }

    @Test
    void aDeliveryAckWaitsTenMillisecondsForCompany() {
        pair.network.runFor(SECOND);
        long before = pair.client.session().stats().packetsSent;
        pair.client.session().deliveryAck(1, upTo(3), pair.network.nowNs());
        pair.network.runFor(8 * MS);
        assertThat(pair.client.session().stats().packetsSent).isEqualTo(before);
        pair.network.runFor(20 * MS);
        assertThat(pair.gateway.deliveryAcks).hasSize(1);
        pair.client.session().deliveryAck(1, upTo(4), pair.network.nowNs());
        pair.up(0, "company");
        pair.network.runFor(6 * MS);
        assertThat(pair.gateway.deliveryAcks).hasSize(2);
    }

    @Test
    void anAckWaitsAsLongAsTheSettingsSay() {
        var settings = new SlipgateSettings(1 << 20, 1 << 18, SECOND, 2 * MS, SECOND, "");
        var agreed = SessionPair.agreed(CarrierKind.DATAGRAM);
        var quick = new SessionPair(6, agreed, settings, SessionPair.CRYPTO).connected();
        quick.network.runFor(SECOND);
        quick.up(1, "soon acknowledged"); // 5 ms there, 2 ms of waiting, 5 ms back
        assertThat(quick.network.runUntil(quick::settled, 11 * MS)).isFalse();
        assertThat(quick.network.runUntil(quick::settled, 2 * MS)).isTrue();
    }

    @Test
    void rangesOfADeliveryAckArriveUpToSixtyFour() {
        var handled = upTo(10);
        for (int i = 0; i < 100; i++) {
            handled.append(20 + 10 * i, 23 + 10 * i);
        }
        pair.client.session().deliveryAck(1, handled, pair.network.nowNs());
        pair.network.runFor(SECOND);
        Positions arrived = pair.gateway.deliveryAcks.getFirst();
        assertThat(arrived.upTo()).isEqualTo(10);
        assertThat(arrived.rangeCount()).isEqualTo(64);
        assertThat(arrived.rangeFrom(63)).isEqualTo(20 + 630);
        assertThat(arrived.rangeTo(63)).isEqualTo(23 + 630);
    }

    private static Attach attach(int channels, long generation) {
        var list = new ArrayList<Attach.Channel>();
        for (int i = 0; i < channels; i++) {
            Positions received = upTo(1_000L * i);
            for (int range = 0; range < i % 50; range++) {
                received.append(1_000 * i + 100 * range + 2, 1_000 * i + 100 * range + 50);
            }
            list.add(
                    new Attach.Channel(
                            i, Delivery.ofChannel(i), 5 + i, 50_000 + i, received, upTo(i)));
        }
        return new Attach(channels % 2 == 0, generation, 3, list);
    }

    private static String text(Attach attach) {
        var text = new StringBuilder(attach.fresh() + " " + attach.generation() + attach.epoch());
        for (Attach.Channel each : attach.channels()) {
            text.append('\n').append(each.channel()).append(each.delivery());
            text.append(each.firstKept()).append('-').append(each.next());
            text.append(text(each.received())).append(text(each.handled()));
        }
        return text.toString();
    }

    private static String text(Positions positions) {
        var text = new StringBuilder(" " + positions.upTo());
        for (int i = 0; i < positions.rangeCount(); i++) {
            text.append(',')
                    .append(positions.rangeFrom(i))
                    .append('-')
                    .append(positions.rangeTo(i));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 60, 256})
    void anAttachOfAnySizeArrivesWhole(int channels) {
        pair.with(NetFaults.BAD);
        Attach sent = attach(channels, 2);
        pair.client.session().sendAttach(sent, pair.network.nowNs());
        pair.network.runUntil(() -> !pair.gateway.attaches.isEmpty(), 10 * SECOND);
        pair.network.runFor(SECOND);
        assertThat(channelsInOrder(pair.gateway.attaches.getFirst())).isEqualTo(text(sent));
    }

    private static String channelsInOrder(Attach attach) {
        var channels = new ArrayList<>(attach.channels());
        channels.sort(java.util.Comparator.comparingInt(Attach.Channel::channel));
        return text(new Attach(attach.fresh(), attach.generation(), attach.epoch(), channels));
    }

    @Test
    void ticketsAndRedirectsArrive() {
        pair.with(NetFaults.BAD.withLoss(0.4));
        var ticket = new Ticket(60, new byte[700], List.of("udp://a:1", "udp://b:2"));
        pair.gateway.session().sendTicket(ticket, pair.network.nowNs());
        var redirect = new Redirect("udp://c:3", new byte[] {1, 2, 3});
        pair.gateway.session().sendRedirect(redirect, pair.network.nowNs());
        pair.network.runFor(10 * SECOND);
        assertThat(pair.client.tickets).isNotEmpty();
        assertThat(pair.client.tickets.getFirst().lifetimeSeconds()).isEqualTo(60);
        assertThat(pair.client.tickets.getFirst().ticket()).hasSize(700);
        assertThat(pair.client.tickets.getFirst().gateways())
                .containsExactly("udp://a:1", "udp://b:2");
        assertThat(pair.client.redirects.getFirst().gateway()).isEqualTo("udp://c:3");
        assertThat(pair.client.redirects.getFirst().ticket()).containsExactly(1, 2, 3);
    }
}
