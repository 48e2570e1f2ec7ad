package dev.slipgate.testing.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on the path who records sealed packets and brings them again: the newest, those at the
 * edge of the replay window, any; to whom they were meant for and to others; from where they came
 * and from elsewhere. Knows which were accepted, so that none is accepted twice.
 */
final class Wiretap {
    private static final int WINDOW = 2048;
    private static final int SESSION_ID_AT = 1;
    private static final int NUMBER_LENGTH_BITS = 3;

    /** The packets of one session and direction, by their numbers. */
    private static final class Track {
        final DatagramClient client;
        final boolean up;
        final List<byte[]> packets = new ArrayList<>();
        int highestDelivered = -1;

        Track(DatagramClient client, boolean up) {
            this.client = client;
            this.up = up;
        }
    }

    /** A packet on its way. */
    record Recorded(Track track, int number) {}

    private final World world;
    private final SplittableRandom random;
    private final Map<Long, Track> ups = new HashMap<>();
    private final Map<Long, Track> downs = new HashMap<>();
    private final List<Track> tracks = new ArrayList<>();
    private final Set<Long> acceptedTags = new HashSet<>();
    private int spoofed;

    Wiretap(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    /** A packet leaves, for the first time. */
    @Nullable Recorded onSent(DatagramClient client, boolean up, byte[] packet) {
        if (packet[0] >= 0) {
            return null;
        }
        long session = ByteBuffer.wrap(packet).getLong(SESSION_ID_AT);
        Track track = (up ? ups : downs).computeIfAbsent(session, id -> begin(client, up));
        track.packets.add(packet);
        return new Recorded(track, track.packets.size() - 1);
    }

    private Track begin(DatagramClient client, boolean up) {
        var track = new Track(client, up);
        tracks.add(track);
        return track;
    }

    /**
     * It arrived. When that has brought a packet to the very edge of the window, it is brought
     * again at once; only those whose header tells them from newer ones would get past the tag.
     */
    void onDelivered(@Nullable Recorded recorded) {
        if (recorded == null || recorded.number <= recorded.track.highestDelivered) {
            return;
        }
        Track track = recorded.track;
        track.highestDelivered = recorded.number;
        int edge = recorded.number - WINDOW + 1;
        if (edge >= 0 && (track.packets.get(edge)[0] & NUMBER_LENGTH_BITS) > 0) {
            world.agenda().after(0, () -> replay(track, edge));
        }
    }

    /** An endpoint took a sealed packet with this tag. */
    void onAccepted(long tag) {
        Broken.unless(acceptedTags.add(tag), "a packet was accepted twice");
    }

    /** Brings one packet again. */
    void replay() {
        if (tracks.isEmpty()) {
            return;
        }
        Track track = tracks.get(random.nextInt(tracks.size()));
        replay(track, pickNumber(track.highestDelivered));
    }

    private void replay(Track track, int number) {
        if (number < 0 || track.client.isOff()) {
            return;
        }
        world.totals().add(Fault.REPLAY, 1);
        byte[] packet = track.packets.get(number);
        boolean reflected = random.nextInt(20) == 0;
        if (track.up == reflected) {
            track.client.deliver(Place.GATEWAY, packet);
        } else {
            world.toGateway(source(track), packet);
        }
    }

    private int pickNumber(int highest) {
        return switch (random.nextInt(4)) {
            case 0 -> highest;
            case 1 -> highest - 1;
            case 2 -> highest - WINDOW + random.nextInt(3);
            default -> highest < 0 ? -1 : random.nextInt(highest + 1);
        };
    }

    private Place source(Track track) {
        return random.nextInt(3) == 0 ? spoofedPlace() : track.client.place();
    }

    /** An address that nobody has, and whose owner answers nothing. */
    Place spoofedPlace() {
        return new Place("victim" + spoofed++ % 50, 1 + random.nextInt(60_000));
    }
}
