package dev.slipgate.gateway;

import dev.slipgate.gateway.stream.StreamStats;
import dev.slipgate.gateway.udp.CarrierStats;
import org.jspecify.annotations.Nullable;

/**
 * What a listener counts.
 *
 * @param sessions live ones that came by it
 * @param datagrams if it has them; else null
 * @param streams if it has connections; else null
 */
public record ListenerStats(
        long sessions, @Nullable CarrierStats datagrams, @Nullable StreamStats streams) {}
