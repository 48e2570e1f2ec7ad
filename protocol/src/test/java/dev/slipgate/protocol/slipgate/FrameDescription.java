package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Redirect;
import dev.slipgate.protocol.session.Ticket;
import dev.slipgate.protocol.slipgate.frame.AttachPart;
import dev.slipgate.protocol.slipgate.frame.FrameKind;
import dev.slipgate.protocol.slipgate.frame.FrameReader;
import dev.slipgate.protocol.slipgate.recovery.AckRanges;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frames that were read, in the words of the recorded vectors. */
final class FrameDescription {
    private FrameDescription() {}

    /** All frames of a packet but PADDING and those that are skipped; null when they are broken. */
    static @Nullable List<Map<String, Object>> of(FrameReader frames) {
        var described = new ArrayList<Map<String, Object>>();
        int kind;
        while ((kind = frames.next()) >= 0) {
            described.add(describe(kind, frames));
        }
        return kind == FrameReader.BROKEN ? null : described;
    }

    private static Map<String, Object> describe(int kind, FrameReader frame) {
        var fields = new LinkedHashMap<String, Object>();
        switch (FrameKind.base(kind)) {
            case FrameKind.PING -> fields.put("kind", "PING");
            case FrameKind.ACK -> putAck(fields, frame);
            case FrameKind.DELIVERY_ACK -> {
                fields.put("kind", "DELIVERY_ACK");
                fields.put("channel", frame.channel());
                var positions = new Positions();
                frame.readPositions(positions);
                fields.put("positions", describe(positions));
            }
            case FrameKind.ATTACH -> putAttach(fields, frame.readAttach());
            case FrameKind.FLOW -> {
                fields.put("kind", "FLOW");
                fields.put("limit", frame.flowLimit());
            }
            case FrameKind.PATH_CHALLENGE -> putPath(fields, "PATH_CHALLENGE", frame);
            case FrameKind.PATH_RESPONSE -> putPath(fields, "PATH_RESPONSE", frame);
            case FrameKind.CLOSE -> {
                fields.put("kind", "CLOSE");
                fields.put("code", (long) frame.closeCode());
                fields.put("reason", frame.closeReason());
            }
            case FrameKind.TOKEN -> putToken(fields, frame);
            case FrameKind.TICKET -> putTicket(fields, frame.readTicketFrame());
            case FrameKind.REDIRECT -> putRedirect(fields, frame.readRedirect());
            case FrameKind.MESSAGE -> putMessage(fields, frame);
            default -> putFragment(fields, frame);
        }
        return fields;
    }

    private static void putAck(Map<String, Object> fields, FrameReader frame) {
        fields.put("kind", "ACK");
        fields.put("delay", frame.ackDelayNs() / 1_000);
        AckRanges ranges = frame.ackRanges();
        var described = new ArrayList<List<Long>>();
        for (int i = 0; i < ranges.count(); i++) {
            described.add(List.of(ranges.low(i), ranges.high(i)));
        }
        fields.put("acknowledged", described);
    }

    private static void putAttach(Map<String, Object> fields, AttachPart part) {
        fields.put("kind", "ATTACH");
        fields.put("part", part.part());
        fields.put("parts", part.parts());
        fields.put("fresh", part.content().fresh());
        fields.put("generation", part.content().generation());
        fields.put("epoch", part.content().epoch());
        var channels = new ArrayList<Map<String, Object>>();
        for (Attach.Channel channel : part.content().channels()) {
            var described = new LinkedHashMap<String, Object>();
            described.put("channel", channel.channel());
            described.put("mode", channel.delivery().name());
            described.put("first kept", channel.firstKept());
            described.put("next", channel.next());
            described.put("received", describe(channel.received()));
            described.put("handled", describe(channel.handled()));
            channels.add(described);
        }
        fields.put("channels", channels);
    }

    private static Map<String, Object> describe(Positions positions) {
        var described = new LinkedHashMap<String, Object>();
        described.put("up to", positions.upTo());
        var ranges = new ArrayList<List<Long>>();
        for (int i = 0; i < positions.rangeCount(); i++) {
            ranges.add(List.of(positions.rangeFrom(i), positions.rangeTo(i)));
        }
        described.put("ranges", ranges);
        return described;
    }

    private static void putPath(Map<String, Object> fields, String kind, FrameReader frame) {
        fields.put("kind", kind);
        fields.put("bytes", HexFormat.of().toHexDigits(frame.challenge()));
    }

    private static void putToken(Map<String, Object> fields, FrameReader frame) {
        fields.put("kind", "TOKEN");
        fields.put("sort", frame.tokenSort());
        fields.put("total", frame.total());
        fields.put("offset", frame.offsetInWhole());
        putData(fields, frame);
    }

    private static void putTicket(Map<String, Object> fields, Ticket ticket) {
        fields.put("kind", "TICKET");
        fields.put("lifetime", ticket.lifetimeSeconds());
        fields.put("ticket", HexFormat.of().formatHex(ticket.ticket()));
        fields.put("gateways", ticket.gateways());
    }

    private static void putRedirect(Map<String, Object> fields, Redirect redirect) {
        fields.put("kind", "REDIRECT");
        fields.put("gateway", redirect.gateway());
        fields.put("ticket", HexFormat.of().formatHex(redirect.ticket()));
    }

    private static void putMessage(Map<String, Object> fields, FrameReader frame) {
        fields.put("kind", "MESSAGE");
        putChannel(fields, frame);
        putData(fields, frame);
    }

    private static void putFragment(Map<String, Object> fields, FrameReader frame) {
        fields.put("kind", "FRAGMENT");
        putChannel(fields, frame);
        fields.put("total", frame.total());
        fields.put("offset", frame.offsetInWhole());
        putData(fields, frame);
    }

    private static void putChannel(Map<String, Object> fields, FrameReader frame) {
        fields.put("mode", frame.delivery().name());
        fields.put("channel", frame.channel());
        fields.put("number", frame.number());
    }

    private static void putData(Map<String, Object> fields, FrameReader frame) {
        int from = frame.dataOffset();
        fields.put(
                "data", HexFormat.of().formatHex(frame.array(), from, from + frame.dataLength()));
    }
}
