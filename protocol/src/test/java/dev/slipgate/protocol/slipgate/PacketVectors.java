package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.noise.TransportKeys;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Redirect;
import dev.slipgate.protocol.session.Ticket;
import dev.slipgate.protocol.slipgate.frame.AttachWire;
import dev.slipgate.protocol.slipgate.frame.FrameWriter;
import dev.slipgate.protocol.vectors.VectorFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sealed packets that are recorded: each kind of frame, and each way to be wrong. */
final class PacketVectors {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private final SealedVectors out = new SealedVectors();

    PacketVectors() {
        ofTheClient();
        data();
        ofTheGateway();
        skipped();
        broken();
        numbers();
        damaged();
    }

    VectorFile file() {
        return out.file();
    }

    TransportKeys keys() {
        return out.keys;
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> token(int total, int offset, String data) {
        return map("kind", "TOKEN", "sort", 0, "total", total, "offset", offset, "data", data);
    }

    private void ofTheClient() {
        byte[] token = "a token".getBytes(StandardCharsets.US_ASCII);
        out.opens("PADDING", "gateway", new byte[1], List.of());
        out.opens(
                "PING",
                "gateway",
                SealedVectors.frames(FrameWriter::tryPing),
                List.of(map("kind", "PING")));
        out.opens(
                "TOKEN",
                "gateway",
                FrameWriter.token(0, token, 0, token.length),
                List.of(token(7, 0, SealedVectors.hex(token))));
        out.opens(
                "TOKEN of a client that has none",
                "gateway",
                FrameWriter.token(0, new byte[0], 0, 0),
                List.of(token(0, 0, "")));
        out.opens(
                "TOKEN, its second part",
                "gateway",
                FrameWriter.token(0, token, 4, 3),
                List.of(token(7, 4, SealedVectors.hex(Arrays.copyOfRange(token, 4, 7)))));
        out.opens(
                "PATH_RESPONSE",
                "gateway",
                SealedVectors.frames(w -> w.tryResponse(0x0102030405060708L)),
                List.of(map("kind", "PATH_RESPONSE", "bytes", "0102030405060708")));
        out.opens(
                "CLOSE",
                "gateway",
                SealedVectors.frames(w -> w.close(1, "bye")),
                List.of(map("kind", "CLOSE", "code", 1L, "reason", "bye")));
        addAttach();
        addDeliveryAck();
        addAcks();
        out.opens(
                "FLOW",
                "gateway",
                SealedVectors.frames(w -> w.tryFlow(1_234_567)),
                List.of(map("kind", "FLOW", "limit", 1_234_567L)));
    }

    private static Positions positions(long upTo, long... fromTo) {
        var positions = new Positions();
        positions.reset(upTo);
        for (int i = 0; i < fromTo.length; i += 2) {
            positions.append(fromTo[i], fromTo[i + 1]);
        }
        return positions;
    }

    private void addAttach() {
        var first = new Attach.Channel(0, Delivery.ORDERED, 7, 70_000, positions(12), positions(9));
        var second =
                new Attach.Channel(
                        1, Delivery.RELIABLE, 5, 5, positions(3, 5, 5, 8, 100), positions(0));
        var attach = new Attach(true, 3, 2, List.of(first, second));
        out.opens(
                "ATTACH",
                "gateway",
                AttachWire.encode(attach, 1000).getFirst(),
                List.of(
                        map(
                                "kind",
                                "ATTACH",
                                "part",
                                0,
                                "parts",
                                1,
                                "fresh",
                                true,
                                "generation",
                                3L,
                                "epoch",
                                2L,
                                "channels",
                                List.of(
                                        channel(
                                                0,
                                                "ORDERED",
                                                7,
                                                70_000,
                                                map("up to", 12L, "ranges", List.of()),
                                                map("up to", 9L, "ranges", List.of())),
                                        channel(
                                                1,
                                                "RELIABLE",
                                                5,
                                                5,
                                                map(
                                                        "up to",
                                                        3L,
                                                        "ranges",
                                                        List.of(
                                                                List.of(5L, 5L),
                                                                List.of(8L, 100L))),
                                                map("up to", 0L, "ranges", List.of()))))));
    }

    private static Map<String, Object> channel(
            int channel,
            String mode,
            long firstKept,
            long next,
            Map<String, Object> received,
            Map<String, Object> handled) {
        return map(
                "channel",
                channel,
                "mode",
                mode,
                "first kept",
                firstKept,
                "next",
                next,
                "received",
                received,
                "handled",
                handled);
    }

    private void addDeliveryAck() {
        out.opens(
                "DELIVERY_ACK",
                "gateway",
                SealedVectors.frames(w -> w.tryDeliveryAck(9, positions(1000, 1002, 1003))),
                List.of(
                        map(
                                "kind",
                                "DELIVERY_ACK",
                                "channel",
                                9,
                                "positions",
                                map("up to", 1000L, "ranges", List.of(List.of(1002L, 1003L))))));
    }

    private void addAcks() {
        out.opens(
                "ACK of one range",
                "client",
                SealedVectors.hex("02 05 19 00 02"),
                List.of(ack(25, List.of(List.of(3L, 5L)))));
        out.opens(
                "ACK of three ranges",
                "client",
                SealedVectors.hex("02 4064 00 02 04 00 00 01 02"),
                List.of(ack(0, List.of(List.of(96L, 100L), List.of(94L, 94L), List.of(89L, 91L)))));
    }

    private static Map<String, Object> ack(long delay, List<List<Long>> ranges) {
        return map("kind", "ACK", "delay", delay, "acknowledged", ranges);
    }

    private void data() {
        for (Delivery delivery : Delivery.values()) {
            out.opens(
                    "MESSAGE, " + delivery,
                    "gateway",
                    SealedVectors.frames(
                            w -> w.tryMessage(delivery.ordinal(), delivery, 17, HELLO, 5)),
                    List.of(
                            map(
                                    "kind",
                                    "MESSAGE",
                                    "mode",
                                    delivery.name(),
                                    "channel",
                                    delivery.ordinal(),
                                    "number",
                                    17L,
                                    "data",
                                    SealedVectors.hex(HELLO))));
            out.opens(
                    "FRAGMENT, " + delivery,
                    "client",
                    SealedVectors.frames(w -> w.tryFragment(200, delivery, 300, HELLO, 5, 2, 3)),
                    List.of(
                            map(
                                    "kind",
                                    "FRAGMENT",
                                    "mode",
                                    delivery.name(),
                                    "channel",
                                    200,
                                    "number",
                                    300L,
                                    "total",
                                    5,
                                    "offset",
                                    2,
                                    "data",
                                    SealedVectors.hex(Arrays.copyOfRange(HELLO, 2, 5)))));
        }
        out.opens(
                "MESSAGE of no bytes",
                "gateway",
                SealedVectors.frames(w -> w.tryMessage(3, Delivery.UNRELIABLE, 1, HELLO, 0)),
                List.of(
                        map(
                                "kind",
                                "MESSAGE",
                                "mode",
                                "UNRELIABLE",
                                "channel",
                                3,
                                "number",
                                1L,
                                "data",
                                "")));
    }

    private void ofTheGateway() {
        out.opens(
                "PATH_CHALLENGE",
                "client",
                SealedVectors.frames(w -> w.tryChallenge(0xf102030405060708L)),
                List.of(map("kind", "PATH_CHALLENGE", "bytes", "f102030405060708")));
        var gateways = List.of("udp://192.0.2.1:7770", "tcp://gw-2.example:7770");
        out.opens(
                "TICKET",
                "client",
                FrameWriter.ticket(new Ticket(3600, HELLO, gateways)),
                List.of(
                        map(
                                "kind",
                                "TICKET",
                                "lifetime",
                                3600L,
                                "ticket",
                                SealedVectors.hex(HELLO),
                                "gateways",
                                gateways)));
        out.opens(
                "REDIRECT",
                "client",
                FrameWriter.redirect(new Redirect(gateways.getFirst(), HELLO)),
                List.of(
                        map(
                                "kind",
                                "REDIRECT",
                                "gateway",
                                gateways.getFirst(),
                                "ticket",
                                SealedVectors.hex(HELLO))));
        out.opens(
                "CLOSE with a code that nobody knows, and a reason beyond ASCII",
                "client",
                SealedVectors.frames(w -> w.close(999, "tschüß")),
                List.of(map("kind", "CLOSE", "code", 999L, "reason", "tschüß")));
    }

    private void skipped() {
        out.opens(
                "frames that may be skipped, and PING between and behind them",
                "gateway",
                SealedVectors.hex("80 03 aabbcc 01 bf 00 01"),
                List.of(map("kind", "PING"), map("kind", "PING")));
        out.opens(
                "varints in longer forms than needed",
                "gateway",
                SealedVectors.hex("05 8000000a 13 03 4001 c000000000000001 ff"),
                List.of(
                        map("kind", "FLOW", "limit", 10L),
                        map(
                                "kind",
                                "MESSAGE",
                                "mode",
                                "UNRELIABLE",
                                "channel",
                                3,
                                "number",
                                1L,
                                "data",
                                "ff")));
    }

    private void broken() {
        out.broken("a frame of a reserved kind", "gateway", "0c");
        out.broken("a frame of an unknown kind", "gateway", "20");
        out.broken("a frame behind those that may be skipped", "gateway", "c0 00");
        out.broken("MESSAGE whose bytes end early", "gateway", "10 00 01 05 68656c6c");
        out.broken("MESSAGE of number 0", "gateway", "10 00 00 01 68");
        out.broken("MESSAGE whose length ends early", "gateway", "10 00 01 40");
        out.broken("FRAGMENT of no bytes", "gateway", "14 00 01 05 02 00");
        out.broken("FRAGMENT that ends behind its total", "gateway", "14 00 01 05 03 03 616263");
        out.broken("FRAGMENT that begins behind its total", "gateway", "14 00 01 05 06 01 61");
        out.broken("TOKEN of 4097 bytes", "gateway", "09 00 5001 00 01 61");
        out.broken("TOKEN of a sort that does not exist", "gateway", "09 02 01 00 01 61");
        out.broken("TOKEN whose part ends behind its total", "gateway", "09 00 02 01 02 6162");
        out.broken("ACK of a number below 0", "gateway", "02 05 00 00 06");
        out.broken("ACK whose second range is below 0", "gateway", "02 05 00 01 02 02 00");
        out.broken("ACK of 33 ranges", "gateway", "02 40c8 00 21 00" + "0000".repeat(33));
        out.broken("DELIVERY_ACK of 65 ranges", "gateway", "03 00 00 4041" + "0101".repeat(65));
        out.broken("DELIVERY_ACK with a gap of 0", "gateway", "03 00 05 01 00 01");
        out.broken("DELIVERY_ACK with a range of no numbers", "gateway", "03 00 05 01 01 00");
        out.broken("CLOSE with 257 bytes of reason", "gateway", "08 01 4101" + "61".repeat(257));
        out.broken("CLOSE whose reason is no UTF-8", "gateway", "08 01 02 c328");
        out.broken("ATTACH whose part is none of its parts", "gateway", "04 01 01 01 01 00 00");
        out.broken(
                "ATTACH with a channel twice",
                "gateway",
                "04 00 01 01 01 00 02 0000 01 01 0000 0000 0000 01 01 0000 0000");
        out.broken("a skipped frame that ends behind the packet", "gateway", "80 05 aabb");
        out.broken("PATH_CHALLENGE from a client", "gateway", "06 0102030405060708");
        out.broken("TICKET from a client", "gateway", "0a 0a 01 61 00");
        out.broken("REDIRECT from a client", "gateway", "0b 01 61 01 61");
        out.broken("TOKEN from a gateway", "client", "09 00 01 00 01 61");
        out.broken("PATH_RESPONSE from a gateway", "client", "07 0102030405060708");
        out.broken("TICKET of five gateways", "client", "0a 0a 01 61 05" + "0161".repeat(5));
    }

    private void numbers() {
        number("a number in 1 byte, just above", 1000, 1001, 1);
        number("a number in 1 byte, at the far end", 1000, 1129, 1);
        number("a number in 2 bytes, as RFC 9000 has it", 0xa82f30eaL, 0xa82f9b32L, 2);
        number("a number in 3 bytes", 16_000_000, 16_777_300, 3);
        number("a number in 4 bytes", 1, 4_000_000, 4);
        number("the first number, in 4 bytes", SealedVectors.NONE, 0, 4);
        number("a number that came late, across the byte", 260, 250, 1);
        number("the last number in the replay window", 5000, 5000 - 2047, 2);
    }

    private void number(String name, long highest, long number, int bytes) {
        var draft =
                new SealedVectors.Draft(
                        "gateway", number, bytes, SealedVectors.padded(new byte[] {1}, bytes));
        out.add(name, "opens", draft, highest, out.seal(draft))
                .put("fields", List.of(map("kind", "PING")));
    }

    private void damaged() {
        var draft =
                new SealedVectors.Draft("gateway", 41, 2, SealedVectors.padded(new byte[] {1}, 2));
        byte[] plain = out.seal(draft);
        out.add("truncated by a byte, below 36", "dropped", draft, 40, Arrays.copyOf(plain, 35));
        out.add("a byte behind the tag", "dropped", draft, 40, Arrays.copyOf(plain, 37));
        out.add("a reserved bit set", "dropped", draft, 40, flipped(plain, 0, 0x04));
        out.add("another key phase", "dropped", draft, 40, flipped(plain, 0, 0x40));
        out.add("another length of the number", "dropped", draft, 40, flipped(plain, 0, 0x02));
        out.add("a bit flipped in the number", "dropped", draft, 40, flipped(plain, 10, 1));
        out.add("a bit flipped in the frames", "dropped", draft, 40, flipped(plain, 11, 1));
        out.add("a bit flipped in the tag", "dropped", draft, 40, flipped(plain, 35, 0x80));
        out.add("replayed", "dropped", draft, 41, plain);
        var old = new SealedVectors.Draft("gateway", 5000 - 2048, 2, draft.frames());
        out.add("just below the replay window", "dropped", old, 5000, out.seal(old));
        out.add(
                "under the other direction's key",
                "dropped",
                draft,
                40,
                SealedVectors.seal(draft, out.keys.responderToInitiator()));
        byte[] elsewhere = flipped(plain, 8, 1);
        out.add("of another session", "unknown session", draft, 40, elsewhere);
        var large =
                new SealedVectors.Draft(
                        "gateway", 41, 2, new byte[SealedVectors.LARGEST_PACKET - 11 - 16]);
        out.add("as large as may be", "opens", large, 40, out.seal(large)).put("fields", List.of());
        var tooLarge =
                new SealedVectors.Draft(
                        "gateway", 41, 2, new byte[SealedVectors.LARGEST_PACKET - 11 - 16 + 1]);
        out.add("a byte too large", "dropped", tooLarge, 40, out.seal(tooLarge));
    }

    private static byte[] flipped(byte[] bytes, int offset, int bits) {
        byte[] copy = bytes.clone();
        copy[offset] ^= (byte) bits;
        return copy;
    }
}
