package dev.slipgate.fabric.link;

/** What heartbeats tell about their sender. Read on the lane's thread. */
public interface LoadReport {
    /** Of a gateway, which nobody places on. */
    LoadReport NONE =
            new LoadReport() {
                @Override
                public int connections() {
                    return 0;
                }

                @Override
                public boolean accepting() {
                    return false;
                }
            };

    /** Connections that are open now. */
    int connections();

    /** Whether new connections may be placed here. */
    boolean accepting();
}
