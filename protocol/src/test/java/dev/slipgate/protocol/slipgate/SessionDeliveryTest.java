package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.SessionPair.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Messages of all modes between two sessions. */
class SessionDeliveryTest {
    @Test
    void messagesOfAllModesArriveOnce() {
        var pair = new SessionPair(1).connected();
        for (int channel = 0; channel < 4; channel++) {
            pair.up(channel, "up " + channel);
            pair.down(channel, "down " + channel);
        }
        pair.network.runFor(SECOND);
        for (int channel = 0; channel < 4; channel++) {
            assertThat(pair.gateway.texts(channel)).containsExactly("up " + channel);
            assertThat(pair.client.texts(channel)).containsExactly("down " + channel);
        }
        assertThat(pair.client.delivered).containsExactlyInAnyOrder(1L, 3L);
        assertThat(pair.gateway.token).isEqualTo(SessionPair.TOKEN);
    }
}
