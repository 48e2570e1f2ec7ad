package dev.slipgate.protocol.mpgameserver;

import org.jspecify.annotations.Nullable;

/** Best-effort parts in the order in which they are due to be sent again. */
final class ResendList {
    private @Nullable OutPart head;
    private @Nullable OutPart tail;

    /** Adds a part that is due no earlier than those before it. */
    void add(OutPart part) {
        part.inResendList = true;
        part.nextResend = null;
        if (tail == null) {
            head = part;
        } else {
            tail.nextResend = part;
        }
        tail = part;
    }

    /** Takes the first part out when it is due. */
    @Nullable OutPart pollDue(long nowNs) {
        OutPart part = head;
        if (part == null || part.resendAtNs > nowNs) {
            return null;
        }
        head = part.nextResend;
        if (head == null) {
            tail = null;
        }
        part.nextResend = null;
        part.inResendList = false;
        return part;
    }

    /** When the first is due, or {@link Long#MAX_VALUE}. */
    long nextNs() {
        return head == null ? Long.MAX_VALUE : head.resendAtNs;
    }
}
