// Notation of docs/wire-protocol.md: integers, varints, and a reader of fields.

export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** An unsigned big-endian integer; values up to 2^53. */
export function uint(size, value) {
  const bytes = new Uint8Array(size);
  for (let at = size - 1, rest = value; at >= 0; at--, rest = Math.floor(rest / 256)) {
    bytes[at] = rest % 256;
  }
  return bytes;
}

export function varint(value) {
  if (value < 2 ** 6) return uint(1, value);
  if (value < 2 ** 14) return uint(2, value + 2 ** 14);
  if (value < 2 ** 30) return uint(4, value + 2 ** 31);
  const bytes = uint(8, value);
  bytes[0] |= 0xc0;
  return bytes;
}

export function sized(bytes) {
  return concat(varint(bytes.length), bytes);
}

export class Reader {
  constructor(bytes) {
    this.rest = bytes;
  }

  bytes(size) {
    if (size > this.rest.length) throw new Error('fields end behind the bytes');
    const taken = this.rest.slice(0, size);
    this.rest = this.rest.subarray(size);
    return taken;
  }

  uint(size) {
    return this.bytes(size).reduce((value, byte) => value * 256 + byte, 0);
  }

  varint() {
    const first = this.uint(1);
    const more = this.bytes((1 << (first >> 6)) - 1);
    return more.reduce((value, byte) => value * 256 + byte, first & 0x3f);
  }

  sized() {
    return this.bytes(this.varint());
  }
}
