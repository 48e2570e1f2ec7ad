package dev.slipgate.protocol.mpgameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.SendResult;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private static final int MESSAGE_BYTES = 1000;

    private final SessionSettings settings = SessionSettings.serverDefaults();
    private final SendQueue queue =
            new SendQueue(
                    settings,
                    new Sizes(settings.mtuBytes()),
                    new OutPool(new BytePool(1 << 20)),
                    new DropCounter());
    private final int room =
            settings.maxQueueBytes() / (MESSAGE_BYTES + SendQueue.MESSAGE_COST_BYTES);

    private SendResult offer(Delivery delivery) {
        byte[] bytes = new byte[MESSAGE_BYTES];
        return queue.offer(1, delivery, false, 1, bytes, 0, bytes.length);
    }

    @Test
    void unreliableMessagesTakeNoRoomFromReliableOnes() {
        for (int i = 0; i < room - 5; i++) {
            assertThat(offer(Delivery.RELIABLE)).isEqualTo(SendResult.QUEUED);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(offer(Delivery.UNRELIABLE)).isEqualTo(SendResult.QUEUED);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(offer(Delivery.RELIABLE)).isEqualTo(SendResult.QUEUED);
        }
        assertThat(offer(Delivery.RELIABLE)).isEqualTo(SendResult.BACKPRESSURED);
        assertThat(offer(Delivery.UNRELIABLE)).isEqualTo(SendResult.BACKPRESSURED);
    }

    @Test
    void whatHasLeftGivesItsRoomBack() {
        for (int i = 0; i < 10 * room; i++) {
            assertThat(offer(Delivery.UNRELIABLE)).isEqualTo(SendResult.QUEUED);
            assertThat(queue.peek(0)).isNotNull();
            queue.onPartSent(0);
        }
        assertThat(queue.queuedBytes()).isZero();
        assertThat(offer(Delivery.RELIABLE)).isEqualTo(SendResult.QUEUED);
    }
}
