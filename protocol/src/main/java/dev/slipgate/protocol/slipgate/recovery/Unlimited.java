package dev.slipgate.protocol.slipgate.recovery;

/** No limit: the carrier has its own congestion control. Keeps nothing, so that all share one. */
public enum Unlimited implements RateController {
    INSTANCE;

    @Override
    public void onSent(int bytes, long bytesInFlight, long nowNs) {}

    @Override
    public void onAcked(int bytes, long sentNs, long bytesInFlight) {}

    @Override
    public void onLost(int bytes, long sentNs, long nowNs) {}

    @Override
    public void onPersistentCongestion() {}

    @Override
    public void onNewPath() {}

    @Override
    public long windowBytes() {
        return Long.MAX_VALUE;
    }
}
