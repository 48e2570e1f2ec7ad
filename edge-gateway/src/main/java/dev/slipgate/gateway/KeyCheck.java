package dev.slipgate.gateway;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.KeyOverlap;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.protocol.slipgate.handshake.GatewayPublicKey;
import dev.slipgate.runtime.lifecycle.StartFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to be a gateway among others that have no key in common with this one: a client that pins
 * one would be turned away at the next. Thread-safe.
 */
final class KeyCheck {
    private static final Logger LOG = LoggerFactory.getLogger(KeyCheck.class);

    private final ProcessRecord self;
    private final Directory directory;
    private final Context context;

    /**
     * @param context what follows a check runs on
     */
    KeyCheck(ProcessRecord self, Directory directory, Context context) {
        this.self = self;
        this.directory = directory;
        this.context = context;
    }

    /**
     * Before anybody hears of this gateway; warns of gateways with other keys beside common ones.
     */
    Future<Void> beforeAnnouncing() {
        return compare(true);
    }

    /**
     * Again, since another may have come at the same time. When two find each other only now, both
     * may be refused; each of them would have been, had the other been quicker.
     */
    Future<Void> afterAnnouncing() {
        return compare(false);
    }

    private Future<Void> compare(boolean warns) {
        if (self.keyIds().isEmpty()) {
            return Future.succeededFuture();
        }
        return Future.fromCompletionStage(directory.readAnew(), context)
                .map(processes -> judge(processes, warns));
    }

    private @Nullable Void judge(Collection<ProcessRecord> processes, boolean warns) {
        switch (KeyOverlap.of(self, processes)) {
            case KeyOverlap.Whole() -> {}
            case KeyOverlap.Partial(var differing) -> {
                if (warns) {
                    differing.forEach(this::warn);
                }
            }
            case KeyOverlap.None(ProcessRecord stranger) -> throw refusal(stranger);
        }
        return null;
    }

    private void warn(ProcessRecord other) {
        LOG.warn(
                "Gateway {} has keys {}, and gateway {} has {}: make them alike when the change of"
                        + " keys is over",
                self.name(),
                text(self),
                other.name(),
                text(other));
    }

    private StartFailure refusal(ProcessRecord stranger) {
        return new StartFailure(
                "no gateway key in common: this gateway has %s, and gateway %s has %s"
                        .formatted(text(self), stranger.name(), text(stranger)),
                "give all gateways of the cluster the same gateway.key-files; to change keys, add"
                        + " the new one everywhere before you take the old one out");
    }

    private static String text(ProcessRecord gateway) {
        return gateway.keyIds().stream()
                .map(GatewayPublicKey::idText)
                .collect(Collectors.joining(", "));
    }
}
