package dev.slipgate.sdk.process;

import dev.slipgate.fabric.node.NodeConnection;
import dev.slipgate.fabric.node.Quality;
import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.ConnectionId;
import dev.slipgate.protocol.channel.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that notes what is asked of it. */
final class FakeNodeConnection implements NodeConnection {
    final List<String> calls = new ArrayList<>();
    SendOutcome nextOutcome = new SendOutcome.Refused(SendOutcome.Reason.CLOSED);
    Quality quality = Quality.UNKNOWN;
    private final ConnectionId id;
    private @Nullable Object attachment;
    private boolean open = true;

    FakeNodeConnection(long id) {
        this.id = new ConnectionId(id);
    }

    @Override
    public ConnectionId id() {
        return id;
    }

    @Override
    public String identity() {
        return "";
    }

    @Override
    public boolean declare(int channel, Delivery delivery) {
        return true;
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.7:40112";
    }

    @Override
    public String dialect() {
        return "mpgameserver";
    }

    @Override
    public SendOutcome send(int channel, byte[] bytes) {
        calls.add("send " + channel + " " + new String(bytes, StandardCharsets.UTF_8));
        return nextOutcome;
    }

    @Override
    public void close(CloseReason reason, String detail) {
        open = false;
        calls.add("close " + reason + " " + detail);
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public Quality quality() {
        return quality;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object attachment) {
        this.attachment = attachment;
    }
}
