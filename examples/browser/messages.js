// Messages to frames and back, and the frames whose fields this example reads past.

import { concat, sized, varint } from './wire.js';

const FRAGMENT_FIELDS_BYTES = 2 + 4 * 8;
const SEQUENCED = 2;

/** A MESSAGE, or FRAGMENTs when it has more bytes than there is room for. */
export function messageFrames({ channel, mode, number, bytes }, room) {
  const begin = (kind) => concat(Uint8Array.of(kind | mode, channel), varint(number));
  const whole = concat(begin(0x10), sized(bytes));
  if (whole.length <= room) return [whole];
  const frames = [];
  const size = room - FRAGMENT_FIELDS_BYTES;
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size);
    frames.push(concat(begin(0x14), varint(bytes.length), varint(at), sized(part)));
  }
  return frames;
}

/** One channel of what the gateway sends; a stream neither loses nor repeats. */
export class Incoming {
  constructor(mode) {
    this.mode = mode;
    this.upTo = 0;
    this.waiting = new Map();
    this.fragments = new Map();
  }

  /** What may be handled now; `total` is null for a whole message. */
  take(number, total, offset, bytes) {
    const message = total === null ? bytes : this.gather(number, total, offset, bytes);
    if (message === null) return [];
    if (this.mode >= SEQUENCED) return this.takeUnreliable(number, message);
    this.waiting.set(number, message);
    const ready = [];
    // RELIABLE too in order: any order is right.
    for (; this.waiting.has(this.upTo + 1); this.upTo++) {
      ready.push(this.waiting.get(this.upTo + 1));
      this.waiting.delete(this.upTo + 1);
    }
    return ready;
  }

  takeUnreliable(number, message) {
    if (this.mode === SEQUENCED && number <= this.upTo) return [];
    this.upTo = Math.max(this.upTo, number);
    return [message];
  }

  gather(number, total, offset, bytes) {
    const parts = this.fragments.get(number) ?? [];
    this.fragments.set(number, parts);
    parts.push({ offset, bytes });
    if (parts.reduce((sum, part) => sum + part.bytes.length, 0) < total) return null;
    this.fragments.delete(number);
    return concat(...parts.sort((a, b) => a.offset - b.offset).map((part) => part.bytes));
  }
}

export function readPositions(reader) {
  reader.varint();
  for (let ranges = reader.varint(); ranges > 0; ranges--) {
    reader.varint();
    reader.varint();
  }
}

export function readAck(reader) {
  reader.varint();
  reader.varint();
  const ranges = reader.varint();
  for (let fields = 1 + 2 * ranges; fields > 0; fields--) reader.varint();
}

export function readAttach(reader) {
  reader.bytes(3);
  reader.varint();
  reader.varint();
  for (let channels = reader.varint(); channels > 0; channels--) {
    reader.bytes(2);
    reader.varint();
    reader.varint();
    readPositions(reader);
    readPositions(reader);
  }
}
