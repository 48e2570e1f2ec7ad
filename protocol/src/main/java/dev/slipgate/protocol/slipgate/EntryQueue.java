package dev.slipgate.protocol.slipgate;

/** A chain of {@link PacketContents} entries in the order in which they were added. */
final class EntryQueue {
    private final PacketContents contents;
    private int head = PacketContents.NONE;
    private int tail = PacketContents.NONE;

    EntryQueue(PacketContents contents) {
        this.contents = contents;
    }

    boolean isEmpty() {
        return head == PacketContents.NONE;
    }

    /** Appends an entry that is in no chain. */
    void add(int entry) {
        contents.setNext(entry, PacketContents.NONE);
        if (tail == PacketContents.NONE) {
            head = entry;
        } else {
            contents.setNext(tail, entry);
        }
        tail = entry;
    }

    /** The first entry that is still wanted, or {@link PacketContents#NONE}. */
    int peek() {
        while (head != PacketContents.NONE
                && contents.kind(head) == PacketContents.PART
                && contents.wantedMessage(head) == null) {
            contents.free(poll());
        }
        return head;
    }

    /** Takes the first entry out; there must be one. */
    int poll() {
        int first = head;
        head = contents.next(first);
        if (head == PacketContents.NONE) {
            tail = PacketContents.NONE;
        }
        return first;
    }

    /** Takes all out, as a chain. */
    int takeAll() {
        int chain = head;
        head = PacketContents.NONE;
        tail = PacketContents.NONE;
        return chain;
    }

    void release() {
        while (head != PacketContents.NONE) {
            contents.free(poll());
        }
    }
}
