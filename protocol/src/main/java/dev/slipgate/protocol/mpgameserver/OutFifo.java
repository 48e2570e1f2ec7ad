package dev.slipgate.protocol.mpgameserver;

import org.jspecify.annotations.Nullable;

/** A queue of outgoing messages, linked through themselves. */
final class OutFifo {
    private @Nullable OutMessage head;
    private @Nullable OutMessage tail;
    private int size;

    void add(OutMessage message) {
        message.next = null;
        if (tail == null) {
            head = message;
        } else {
            tail.next = message;
        }
        tail = message;
        size++;
    }

    @Nullable OutMessage peek() {
        return head;
    }

    @Nullable OutMessage poll() {
        OutMessage first = head;
        if (first == null) {
            return null;
        }
        head = first.next;
        if (head == null) {
            tail = null;
        }
        first.next = null;
        size--;
        return first;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return head == null;
    }
}
