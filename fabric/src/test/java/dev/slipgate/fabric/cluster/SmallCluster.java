package dev.slipgate.fabric.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.gateway.GatewayLane;
import dev.slipgate.fabric.gateway.GatewayLaneConfig;
import dev.slipgate.fabric.lane.LaneEngine;
import dev.slipgate.fabric.lane.OutgoingBatch;
import dev.slipgate.fabric.node.ConnectionHandler;
import dev.slipgate.fabric.node.NodeConnection;
import dev.slipgate.fabric.node.NodeLane;
import dev.slipgate.fabric.node.NodeLaneConfig;
import dev.slipgate.fabric.node.NodeLoad;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.memory.BytePool;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * One gateway lane and some nodes in one thread, on virtual time, over a bus that the test may look
 * into, cut and damage. Handlers run when the test says so.
 */
final class SmallCluster {
    /** A batch on the bus. */
    record Batch(String address, byte[] bytes) {}

    /** A node: its lane, its mailbox runs that wait, and what its app saw. */
    static final class Node implements ConnectionHandler {
        final ProcessRecord record;
        final NodeLane lane;
        final Deque<Runnable> runs = new ArrayDeque<>();
        final List<String> seen = new ArrayList<>();
        final List<NodeConnection> connections = new ArrayList<>();
        App app = (_, _, _) -> {};
        boolean wakeup;

        Node(long id, NodeLaneConfig config, DropCounter drops) {
            record = new ProcessRecord(id, Role.NODE, "node-" + id, 1, "test");
            lane =
                    new NodeLane(
                            record,
                            0,
                            config,
                            new NodeLoad(),
                            this,
                            runs::add,
                            () -> wakeup = true,
                            drops,
                            new BytePool(1 << 20));
        }

        @Override
        public void onConnect(NodeConnection connection, boolean recovered) {
            connections.add(connection);
            seen.add("connect");
        }

        @Override
        public void onMessage(
                NodeConnection connection, int channel, byte[] bytes, boolean redelivered) {
            seen.add(bytes.length > 40 ? bytes.length + " bytes" : new String(bytes, UTF_8));
            app.onMessage(connection, channel, bytes);
        }

        @Override
        public void onDisconnect(NodeConnection connection, CloseReason reason) {
            seen.add("disconnect " + reason);
        }
    }

    /** What a node does with a message. */
    interface App {
        void onMessage(NodeConnection connection, int channel, byte[] bytes);
    }

    static final long MS = 1_000_000L;
    final ProcessRecord gatewayRecord = new ProcessRecord(77, Role.GATEWAY, "gateway", 1, "test");
    final DropCounter drops = new DropCounter();
    final GatewayLane gateway;
    final List<Node> nodes = new ArrayList<>();
    final Deque<Batch> bus = new ArrayDeque<>();
    Predicate<Batch> passes = _ -> true;
    boolean handlersRun = true;
    long nowNs = 1_000_000_000L;

    SmallCluster(int nodeCount) {
        this(nodeCount, GatewayLaneConfig.defaults("test"), NodeLaneConfig.defaults());
    }

    SmallCluster(int nodeCount, GatewayLaneConfig gatewayConfig, NodeLaneConfig nodeConfig) {
        gateway =
                new GatewayLane(
                        gatewayRecord,
                        0,
                        gatewayConfig,
                        new Random(1),
                        drops,
                        new BytePool(1 << 20));
        for (int i = 0; i < nodeCount; i++) {
            addNode(100 + i, nodeConfig);
        }
    }

    Node addNode(long id, NodeLaneConfig config) {
        Node node = new Node(id, config, drops);
        nodes.add(node);
        gateway.onProcessUp(node.record, nowNs);
        return node;
    }

    /** The node is gone without a word; the directory knows. */
    void kill(Node node) {
        nodes.remove(node);
        gateway.onProcessDown(node.record, nowNs);
    }

    FakeSession connect() {
        var session = new FakeSession(gateway);
        gateway.onConnected(session, nowNs);
        return session;
    }

    /** A native client's session is proven; its ATTACH has not come. */
    NativeSession connectNative() {
        var session = new NativeSession(gateway);
        gateway.onConnected(session, nowNs);
        return session;
    }

    /** Lets everything happen that needs no time. */
    void settle() {
        boolean busy = true;
        while (busy) {
            busy = poll(gateway);
            for (Node node : List.copyOf(nodes)) {
                busy |= runHandlers(node);
                busy |= poll(node.lane);
            }
            while (!bus.isEmpty()) {
                busy = true;
                deliver(bus.remove());
            }
        }
    }

    /** Lets time pass in small steps, with everything that happens meanwhile. */
    void pass(long ms) {
        for (long end = nowNs + ms * MS; nowNs < end; nowNs += 10 * MS) {
            gateway.onTimeout(nowNs);
            nodes.forEach(node -> node.lane.onTimeout(nowNs));
            settle();
        }
    }

    boolean poll(LaneEngine engine) {
        var out = new OutgoingBatch();
        boolean any = false;
        while (engine.pollBatch(out, nowNs)) {
            any = true;
            var batch = new Batch(out.address, Arrays.copyOf(out.bytes, out.length));
            if (passes.test(batch)) {
                bus.add(batch);
            }
        }
        return any;
    }

    private boolean runHandlers(Node node) {
        boolean any = false;
        while (handlersRun && !node.runs.isEmpty()) {
            any = true;
            node.runs.remove().run();
        }
        if (node.wakeup) {
            node.wakeup = false;
            node.lane.onWakeup(nowNs);
        }
        return any;
    }

    void deliver(Batch batch) {
        if (batch.address().equals(gatewayRecord.laneAddress(0))) {
            gateway.onBatch(ByteBuffer.wrap(batch.bytes()), nowNs);
        }
        for (Node node : nodes) {
            if (batch.address().equals(node.record.laneAddress(0))) {
                node.lane.onBatch(ByteBuffer.wrap(batch.bytes()), nowNs);
            }
        }
    }
}
