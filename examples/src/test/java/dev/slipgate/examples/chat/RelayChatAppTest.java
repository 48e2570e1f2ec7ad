package dev.slipgate.examples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.sdk.Message;
import org.junit.jupiter.api.Test;

final class RelayChatAppTest {
    private final RelayChatApp app = new RelayChatApp();
    private final Room room = new Room();
    private final Room.Seat first = room.seat(1);
    private final Room.Seat second = room.seat(2);

    @Test
    void everyoneHearsWhoComesWhoSpeaksAndWhoGoes() {
        app.onConnect(first, false);
        app.onConnect(second, false);
        app.onMessage(second, message("hello"));
        app.onDisconnect(first, CloseReason.CLIENT_CLOSED);

        assertThat(second.heard)
                .containsExactly(
                        "guest-1 is here",
                        "guest-2 is here",
                        "guest-2: hello",
                        "guest-1 is gone: the client disconnected");
        assertThat(first.heard).containsExactlyElementsOf(second.heard);
    }

    @Test
    void aLineThatIsTooLongIsToldToItsSpeakerAlone() {
        app.onConnect(first, false);
        first.heard.clear();
        second.heard.clear();

        app.onMessage(first, message("x".repeat(501)));

        assertThat(first.heard).containsExactly("a line has at most 500 bytes");
        assertThat(second.heard).isEmpty();
    }

    private static Message message(String text) {
        return new Message(1, text.getBytes(UTF_8), false);
    }
}
