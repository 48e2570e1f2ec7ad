package dev.slipgate.deploy.interop;

import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.Connection;
import dev.slipgate.sdk.Message;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Answers every tenth message with random bytes, log-uniform from 1 byte to 100 kB, and keeps for
 * each connection what came and what was answered; the message {@code REPORT} asks for it.
 */
public final class LedgerApp implements App {
    private static final byte[] REPORT = "REPORT".getBytes(StandardCharsets.US_ASCII);
    private static final int ANSWERED = 10;
    private static final int MAX_ANSWER_BYTES = 100_000;

    /** Digests of the messages of a connection. */
    private record Ledger(List<String> received, List<String> answered) {}

    @Override
    public void onConnect(Connection connection, boolean recovered) {
        connection.attach(new Ledger(new ArrayList<>(), new ArrayList<>()));
    }

    @Override
    public void onMessage(Connection connection, Message message) throws Exception {
        Ledger ledger = connection.attachment(Ledger.class);
        if (Arrays.equals(message.bytes(), REPORT)) {
            send(connection, message.channel(), report(ledger));
            return;
        }
        ledger.received().add(digest(message.bytes()));
        if (ledger.received().size() % ANSWERED == 0) {
            byte[] answer = randomAnswer();
            ledger.answered().add(digest(answer));
            send(connection, message.channel(), answer);
        }
    }

    @Override
    public void onDisconnect(Connection connection, CloseReason reason) {
        System.out.println("disconnected " + reason);
    }

    private static byte[] randomAnswer() {
        RandomGenerator random = RandomGenerator.getDefault();
        var answer = new byte[(int) Math.exp(random.nextDouble(Math.log(MAX_ANSWER_BYTES + 1)))];
        random.nextBytes(answer);
        return answer;
    }

    private static byte[] report(Ledger ledger) {
        String json =
                new JsonObject()
                        .put("received", ledger.received())
                        .put("answered", ledger.answered())
                        .encode();
        return ("REPORT" + json).getBytes(StandardCharsets.UTF_8);
    }

    private static void send(Connection connection, int channel, byte[] bytes) {
        if (connection.send(channel, bytes) instanceof SendOutcome.Refused(var reason)) {
            throw new IllegalStateException("refused: " + reason);
        }
    }

    private static String digest(byte[] bytes) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        return HexFormat.of().formatHex(hash, 0, 8);
    }
}
