package dev.slipgate.fabric.hazelcast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wait for a broker of our cluster, and the check that no other cluster is in its place. */
final class BrokerWait {
    private static final Logger log = LoggerFactory.getLogger(BrokerWait.class);
    private static final long RETRY_MS = 250;
    private static final long LOG_EVERY_NS = TimeUnit.SECONDS.toNanos(10);

    private final ClusterConfig config;
    private final Consumer<String> tell;
    private long nextLogNs = System.nanoTime();

    BrokerWait(ClusterConfig config) {
        this(config, log::info);
    }

    BrokerWait(ClusterConfig config, Consumer<String> tell) {
        this.config = config;
        this.tell = tell;
    }

    /**
     * Returns when a configured broker answers, and says every 10 s whom it waits for.
     *
     * @throws JoinFailure when one answers that is of another cluster
     * @throws InterruptedException when the wait is called off
     */
    void untilOneAnswers() throws InterruptedException {
        while (!askAll()) {
            Thread.sleep(RETRY_MS);
        }
    }

    /**
     * Asks all once.
     *
     * @return whether a broker of this cluster answered
     * @throws JoinFailure when one answers that is of another cluster
     */
    boolean askAll() {
        var questions = config.brokers().stream().map(BrokerProbe::ask).toList();
        Map<BrokerAddress, String> missing = new LinkedHashMap<>();
        boolean found = false;
        for (int i = 0; i < questions.size(); i++) {
            BrokerAddress address = config.brokers().get(i);
            switch (questions.get(i).join()) {
                case BrokerProbe.Answer.Broker(String name) -> {
                    refuseOther(address, name);
                    found = true;
                }
                case BrokerProbe.Answer.NoBroker(String why) -> missing.put(address, why);
            }
        }
        if (!found) {
            tellWhomWeWaitFor(missing);
        }
        return found;
    }

    private void refuseOther(BrokerAddress address, String name) {
        if (!name.equals(config.clusterName())) {
            throw new JoinFailure(
                    "the broker at "
                            + address
                            + " is of cluster '"
                            + name
                            + "', this process of '"
                            + config.clusterName()
                            + "'",
                    "set cluster.name alike, or point cluster.brokers at the right brokers",
                    null);
        }
    }

    private void tellWhomWeWaitFor(Map<BrokerAddress, String> missing) {
        if (config.isBroker() || System.nanoTime() - nextLogNs < 0) {
            return;
        }
        nextLogNs = System.nanoTime() + LOG_EVERY_NS;
        List<String> lines = new ArrayList<>();
        missing.forEach((address, why) -> lines.add(address + " (" + why + ")"));
        tell.accept(
                "waiting for a broker of cluster '"
                        + config.clusterName()
                        + "': "
                        + String.join(", ", lines));
    }
}
