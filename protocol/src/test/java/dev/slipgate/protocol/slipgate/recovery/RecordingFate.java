package dev.slipgate.protocol.slipgate.recovery;

import java.util.ArrayList;
import java.util.List;

/** Remembers what became of packets. */
final class RecordingFate implements PacketFate {
    final List<Long> acked = new ArrayList<>();
    final List<Integer> ackedHandles = new ArrayList<>();
    final List<Long> reported = new ArrayList<>();
    final List<Long> lost = new ArrayList<>();
    final List<Integer> lostHandles = new ArrayList<>();

    @Override
    public void onAcked(long number, int handle, long reportedByIt) {
        acked.add(number);
        ackedHandles.add(handle);
        reported.add(reportedByIt);
    }

    @Override
    public void onLost(long number, int handle) {
        lost.add(number);
        lostHandles.add(handle);
    }
}
