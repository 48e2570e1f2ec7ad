package dev.slipgate.client.guide;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipgate.client.ClientListener;
import dev.slipgate.client.ClientOptions;
import dev.slipgate.client.ConnectFailedException;
import dev.slipgate.client.ConnectOutcome;
import dev.slipgate.client.ReconnectPolicy;
import dev.slipgate.client.SendOutcome;
import dev.slipgate.client.SlipgateClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The code of {@code docs/client.md}, as it stands there. */
final class Snippets {
    final List<String> shown = new ArrayList<>();
    final List<CompletableFuture<SendOutcome.DeliveryState>> deliveries = new ArrayList<>();

    static SlipgateClient connect(String uri) throws ConnectFailedException, InterruptedException {
        ClientOptions options =
                ClientOptions.builder()
                        .listener(
                                new ClientListener() {
                                    @Override
                                    public void onMessage(
                                            SlipgateClient client, int channel, byte[] bytes) {
                                        System.out.println(new String(bytes, UTF_8));
                                    }
                                })
                        .token("player 7".getBytes(UTF_8))
                        .build();
        SlipgateClient client = SlipgateClient.connect(uri, options).join();
        return client;
    }

    void tell(ConnectOutcome.Failed outcome) {
        switch (outcome) {
            case ConnectOutcome.WrongKey f -> showProblem("not the server of this address", f);
            case ConnectOutcome.NoAnswer f -> showProblem("the server does not answer", f);
            case ConnectOutcome.VersionMismatch f -> showProblem("please update the game", f);
            case ConnectOutcome.TokenRefused f -> showProblem("please log in again", f);
            case ConnectOutcome.ServerFull f -> tryAgainIn(f.retryAfterMs());
        }
    }

    private void showProblem(String problem, ConnectOutcome.Failed outcome) {
        shown.add(problem + ": " + outcome.detail());
    }

    private void tryAgainIn(long delayMs) {
        shown.add("again in " + delayMs);
    }

    void send(SlipgateClient client) {
        switch (client.send(0, "north".getBytes(UTF_8))) {
            case SendOutcome.Queued queued -> deliveries.add(queued.delivery());
            case SendOutcome.Refused refused -> System.out.println("not now: " + refused.reason());
        }
    }

    /** What a game is to the guide. */
    interface Game extends ClientListener {
        boolean running();

        void frame(SlipgateClient client);
    }

    static void play(String uri, Game game) {
        SlipgateClient client =
                SlipgateClient.connect(
                        uri, ClientOptions.builder().listener(game).polled().build());
        while (game.running()) {
            client.poll(); // all callbacks happen in here
            game.frame(client);
            client.flush(); // what the frame sent leaves now, not with the next poll
        }
        client.close();
    }

    static ClientOptions reconnecting(Game game) {
        ClientOptions options =
                ClientOptions.builder().listener(game).reconnect(ReconnectPolicy.backoff()).build();
        return options;
    }
}
