package dev.slipgate.gateway.udp;

import dev.slipgate.gateway.carrier.HostKey;
import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.runtime.lifecycle.StartFailure;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP port that a gateway serves: a socket for each local address and event loop. On a wildcard
 * it binds the addresses one by one rather than the wildcard itself, since a reply must leave from
 * the address that was asked, and follows those that come and go. Its state is confined to the
 * context it is made with.
 */
public final class UdpListener {
    private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);

    /** How often a wildcard looks for addresses. */
    static final long SCAN_INTERVAL_MS = 5_000;

    /** Scans that an address must be missing from before its sockets go: interfaces flap. */
    static final int MAX_ABSENT_SCANS = 3;

    private final ContextInternal context;
    private final ListenSpec spec;
    private final UdpOptions options;
    private final LoopRouter router;
    private final DropCounter drops;
    private final long scanIntervalMs;
    private final CarrierCounters counters = new CarrierCounters();
    private final List<UdpCarrier> carriers = new ArrayList<>();
    private final Map<InetAddress, Integer> absentScans = new HashMap<>();
    private int port;
    private long scanTimer = -1;
    private boolean scanning;
    private boolean closed;

    /**
     * @param router tells which loop a datagram belongs to
     * @param drops counts those that found no room on their way there
     */
    public UdpListener(
            ContextInternal context,
            ListenSpec spec,
            UdpOptions options,
            LoopRouter router,
            DropCounter drops) {
        this(context, spec, options, router, drops, SCAN_INTERVAL_MS);
    }

    UdpListener(
            ContextInternal context,
            ListenSpec spec,
            UdpOptions options,
            LoopRouter router,
            DropCounter drops,
            long scanIntervalMs) {
        this.context = context;
        this.spec = spec;
        this.options = options;
        this.router = router;
        this.drops = drops;
        this.scanIntervalMs = scanIntervalMs;
    }

    /** Gives an event loop its carrier; before {@link #start}. */
    public PacketCarrier addLoop(EventLoop loop, PacketSink sink) {
        var carrier = new UdpCarrier(loop, options, sink, counters, this::passOn);
        carriers.add(carrier);
        return carrier;
    }

    /** On the loop of {@code from}. */
    private boolean passOn(
            UdpCarrier from, UdpSocket socket, InetSocketAddress sender, byte[] bytes, int length) {
        int owner = router.loopOf(bytes, 0, length);
        // Without ports that are shared, the first loop has all sockets and all sessions.
        boolean elsewhere =
                owner >= 0
                        && owner < carriers.size()
                        && carriers.get(owner) != from
                        && from.transport().sharesPorts();
        if (elsewhere && !carriers.get(owner).tryPut(socket, sender, bytes, length)) {
            drops.count(DropReason.LOOP_QUEUE_FULL);
        }
        return elsewhere;
    }

    /**
     * Binds; any thread. When it fails, with a {@link StartFailure}, nothing stays bound.
     *
     * @return where it listens, completed on the listener's context
     */
    public Future<List<InetSocketAddress>> start() {
        return context.<PortProbe.Choice>executeBlocking(() -> PortProbe.choose(spec))
                .compose(this::bindAll)
                .recover(failure -> close().transform(done -> Future.failedFuture(failure)));
    }

    private Future<List<InetSocketAddress>> bindAll(PortProbe.Choice choice) {
        port = choice.port();
        if (serving().size() < carriers.size()) {
            LOG.info("No native transport: one event loop serves all datagrams, one by one");
        }
        return Future.join(choice.addresses().stream().map(this::bind).toList())
                .map(
                        bound -> {
                            if (spec.wildcard()) {
                                scanTimer = context.setPeriodic(scanIntervalMs, unused -> scan());
                            }
                            return choice.addresses().stream()
                                    .map(address -> new InetSocketAddress(address, port))
                                    .toList();
                        });
    }

    /** The carriers that have sockets: the first alone where loops cannot share a port. */
    private List<UdpCarrier> serving() {
        return carriers.getFirst().transport().sharesPorts() ? carriers : carriers.subList(0, 1);
    }

    private Future<Void> bind(InetAddress address) {
        absentScans.put(address, 0);
        var local = new InetSocketAddress(address, port);
        return Future.join(serving().stream().map(carrier -> carrier.open(local)).toList())
                .<Void>mapEmpty()
                .recover(
                        refused ->
                                unbind(address)
                                        .transform(
                                                done ->
                                                        Future.failedFuture(
                                                                PortProbe.inUse(
                                                                        spec, address, port))));
    }

    private Future<Void> unbind(InetAddress address) {
        absentScans.remove(address);
        return Future.join(carriers.stream().map(carrier -> carrier.close(address)).toList())
                .mapEmpty();
    }

    private void scan() {
        if (scanning || closed) {
            return;
        }
        scanning = true;
        context.<Set<InetAddress>>executeBlocking(spec.addresses()::now)
                .onComplete(
                        addresses -> {
                            scanning = false;
                            if (addresses.succeeded() && !closed) {
                                follow(addresses.result());
                            }
                        });
    }

    /** Opens what is new and closes what has been away for long; what refuses is tried again. */
    private void follow(Set<InetAddress> present) {
        for (InetAddress address : Set.copyOf(absentScans.keySet())) {
            int absent = present.contains(address) ? 0 : absentScans.get(address) + 1;
            absentScans.put(address, absent);
            if (absent == MAX_ABSENT_SCANS) {
                LOG.info("No longer listening on UDP {}", text(address));
                unbind(address);
            }
        }
        for (InetAddress address : present) {
            if (!absentScans.containsKey(address) && absentScans.size() < PortProbe.MAX_ADDRESSES) {
                bind(address)
                        .onSuccess(bound -> LOG.info("Listening on UDP {} too", text(address)));
            }
        }
    }

    private String text(InetAddress address) {
        return HostKey.text(new InetSocketAddress(address, port));
    }

    /** Addresses as logs show them, such as {@code 127.0.0.1:7772, [::1]:7772}. */
    public static String text(List<InetSocketAddress> addresses) {
        return addresses.stream().map(HostKey::text).sorted().collect(Collectors.joining(", "));
    }

    /** What its carriers count; any thread. */
    public CarrierCounters counters() {
        return counters;
    }

    /** The port that is bound; 0 before {@link #start} has completed. */
    public int port() {
        return port;
    }

    /** Closes all sockets once what was flushed has left; any thread, harmless when repeated. */
    public Future<Void> close() {
        return Future.future(done -> context.runOnContext(unused -> closeAll().onComplete(done)));
    }

    private Future<Void> closeAll() {
        if (closed) {
            return Future.succeededFuture();
        }
        closed = true;
        context.owner().cancelTimer(scanTimer);
        return Future.join(
                        absentScans.keySet().stream().toList().stream().map(this::unbind).toList())
                .<Void>mapEmpty()
                .onComplete(unbound -> carriers.forEach(UdpCarrier::release));
    }
}
