package dev.slipgate.protocol.slipgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.slipgate.frame.AttachPart;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttachGatheringTest {
    private final AttachGathering gathering = new AttachGathering();

    private static AttachPart part(int part, int parts, long generation, int channel) {
        var only =
                new Attach.Channel(
                        channel, Delivery.ORDERED, 1, 2, new Positions(), new Positions());
        return new AttachPart(part, parts, new Attach(true, generation, 0, List.of(only)));
    }

    @Test
    void partsInAnyOrderAndTwiceMakeOneWhole() {
        assertThat(gathering.take(part(1, 2, 1, 7))).isNull();
        assertThat(gathering.take(part(1, 2, 1, 7))).isNull();
        Attach whole = gathering.take(part(0, 2, 1, 3));
        assertThat(whole).isNotNull();
        assertThat(whole.channels()).extracting(Attach.Channel::channel).containsExactly(3, 7);
        assertThat(gathering.broken()).isFalse();
    }

    @Test
    void aNewerOneBeginsAnew() {
        assertThat(gathering.take(part(1, 2, 1, 7))).isNull();
        assertThat(gathering.take(part(0, 2, 2, 7))).isNull();
        assertThat(gathering.take(part(1, 2, 2, 8))).isNotNull();
        assertThat(gathering.broken()).isFalse();
    }

    /** Else 255 parts, each with all channels, could be held. */
    @Test
    void aChannelInTwoPartsIsBroken() {
        assertThat(gathering.take(part(0, 3, 1, 7))).isNull();
        assertThat(gathering.take(part(1, 3, 1, 7))).isNull();
        assertThat(gathering.broken()).isTrue();
    }
}
