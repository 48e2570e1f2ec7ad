// The native protocol over WebSocket, for browsers: what one session needs of docs/wire-protocol.md. An
// example: no reconnect, no resume, no token.

import { Handshake, KEY_BYTES, TAG_BYTES, sha256 } from './noise.js';
import { Reader, concat, sized, uint, varint } from './wire.js';
import { Incoming, messageFrames, readAck, readAttach, readPositions } from './messages.js';

const VERSION = 1;
const INIT = 1, RESPONSE = 2, REFUSE = 4;
const CLEAR_HEADER_BYTES = 12, COOKIE_BYTES = 32, INIT_PAYLOAD_BYTES = 1108, RESET_TOKEN_BYTES = 16;
const LARGEST_PACKET = 16384, SEALED_HEADER_BYTES = 13, MIN_PACKET_BYTES = 36;
const MAX_NUMBER = 2 ** 32 - 1;
const IDLE_TIMEOUT_MS = 30000, CREDIT = 1 << 20, LARGEST_MESSAGE = 256 << 10;
const COST_PER_MESSAGE = 64;

const PING = Uint8Array.of(0x01);
const NO_TOKEN = Uint8Array.of(0x09, 0, 0, 0, 0);
// Part 0 of 1, fresh, generation 1, epoch 0, no channels yet.
const ATTACH = Uint8Array.of(0x04, 0, 1, 1, 1, 0, 0);

export const ORDERED = 0, RELIABLE = 1, SEQUENCED = 2, UNRELIABLE = 3;
export const DONE = 1, BROKE_THE_PROTOCOL = 12;

async function clearHeader(gatewayPublic) {
  const keyId = (await sha256(gatewayPublic)).slice(0, 4);
  return concat(new TextEncoder().encode('SLGP'), uint(1, INIT), uint(1, VERSION), uint(2, 0), keyId);
}

function initPayload() {
  const fields = concat(uint(1, VERSION), uint(1, VERSION), uint(4, 0), uint(2, LARGEST_PACKET),
    uint(4, IDLE_TIMEOUT_MS), uint(4, CREDIT), uint(4, LARGEST_MESSAGE));
  return concat(fields, new Uint8Array(INIT_PAYLOAD_BYTES - fields.length));
}

/** One session; `closed` is settled, with a text that says why, when it ended. */
export class Session {
  /**
   * @param {string} url such as ws://127.0.0.1:7771/v1
   * @param {Uint8Array} gatewayPublic the gateway's public key, 32 bytes
   * @param onMessage called with channel and bytes of each message
   * @returns a promise of a session with a gateway that has proven to hold the key
   */
  static async connect(url, gatewayPublic, onMessage) {
    if (gatewayPublic.length !== KEY_BYTES) throw new RangeError(`a key has ${KEY_BYTES} bytes`);
    const session = new Session(onMessage);
    const header = await clearHeader(gatewayPublic);
    const handshake = await Handshake.begin(gatewayPublic, header);
    const message1 = await handshake.writeMessage1(initPayload());
    await session.open(url);
    session.socket.send(concat(header, new Uint8Array(COOKIE_BYTES), message1));
    try {
      await session.accept(handshake, await session.nextPacket());
    } catch (failure) {
      session.socket.close();
      throw failure;
    }
    session.sendFrames(NO_TOKEN, ATTACH);
    session.read().catch((broken) => session.close(BROKE_THE_PROTOCOL, broken.message));
    return session;
  }

  constructor(onMessage) {
    this.onMessage = onMessage;
    this.packets = [];
    this.sent = 0;
    this.received = 0;
    this.sending = Promise.resolve();
    this.unsent = [];
    this.used = 0;
    this.lastNumbers = new Map();
    this.incoming = new Map();
    this.toAcknowledge = new Set();
    this.counted = 0;
    this.granted = CREDIT;
    this.closed = new Promise((resolve) => { this.end = resolve; });
  }

  async open(url) {
    this.socket = new WebSocket(url);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onmessage = ({ data }) => {
      this.packets.push(new Uint8Array(data));
      this.wake?.();
    };
    this.socket.onclose = ({ code }) => {
      this.end(`the WebSocket closed with code ${code}`);
      this.wake?.();
    };
    await Promise.race([this.closed, new Promise((resolve) => { this.socket.onopen = resolve; })]);
    if (this.socket.readyState !== WebSocket.OPEN) throw new Error(await this.closed);
  }

  async nextPacket() {
    while (this.packets.length === 0) {
      if (this.socket.readyState !== WebSocket.OPEN) throw new Error(await this.closed);
      await new Promise((resolve) => { this.wake = resolve; });
    }
    return this.packets.shift();
  }

  async accept(handshake, packet) {
    const kind = packet[4];
    if (kind === REFUSE) throw new Error(`refused for reason ${packet[CLEAR_HEADER_BYTES]}`);
    if (kind !== RESPONSE) throw new Error(`clear packet ${kind} answers INIT`);
    const payload = new Reader(await handshake.readMessage2(packet.slice(CLEAR_HEADER_BYTES)));
    if (payload.uint(1) !== 0) throw new Error(`server full, retry after ${payload.uint(4)} ms`);
    this.id = payload.bytes(8);
    // No use for the token, since RESET is not believed on a stream, and for the features.
    payload.bytes(RESET_TOKEN_BYTES + 4);
    this.room = Math.min(payload.uint(2), LARGEST_PACKET) - SEALED_HEADER_BYTES - TAG_BYTES;
    const idleTimeoutMs = Math.min(payload.uint(4), IDLE_TIMEOUT_MS);
    this.limit = payload.uint(4);
    this.largestMessage = payload.uint(4);
    [this.sealer, this.opener] = await handshake.split();
    const pinging = setInterval(() => this.sendFrames(PING), idleTimeoutMs / 3);
    this.closed.then(() => clearInterval(pinging));
  }

  // On a stream four bytes of the number are sent.
  header(number) {
    return concat(Uint8Array.of(0x83), this.id, uint(4, number));
  }

  /** Seals frames into one packet; packets leave in the order of the calls, though WebCrypto is asynchronous. */
  sendFrames(...frames) {
    this.sending = this.sending.then(async () => {
      if (this.sent > MAX_NUMBER) throw new Error('the packet numbers are used up');
      const number = this.sent++;
      const header = this.header(number);
      const plain = concat(...frames);
      const padding = Math.max(0, MIN_PACKET_BYTES - header.length - TAG_BYTES - plain.length);
      const sealed = await this.sealer.seal(number, header, concat(plain, new Uint8Array(padding)));
      this.socket.send(concat(header, sealed));
    });
    return this.sending;
  }

  /** Queues a message; it leaves as soon as the gateway's credit allows. */
  send(channel, mode, bytes) {
    if (bytes.length > this.largestMessage) throw new RangeError(`above ${this.largestMessage} bytes`);
    const number = (this.lastNumbers.get(channel) ?? 0) + 1;
    this.lastNumbers.set(channel, number);
    this.unsent.push({ channel, mode, number, bytes });
    this.sendWhatMayGo();
  }

  sendWhatMayGo() {
    while (this.unsent.length > 0) {
      const { mode, bytes } = this.unsent[0];
      const cost = mode <= RELIABLE ? bytes.length + COST_PER_MESSAGE : 0;
      if (this.used + cost > this.limit) return;
      this.used += cost;
      messageFrames(this.unsent.shift(), this.room).forEach((frame) => this.sendFrames(frame));
    }
  }

  async close(code = DONE, reason = '') {
    await this.sendFrames(Uint8Array.of(0x08), varint(code), sized(new TextEncoder().encode(reason)));
    this.end(`closed with code ${code} ${reason}`);
    this.socket.close();
  }

  async read() {
    while (this.socket.readyState === WebSocket.OPEN) {
      const packet = await this.nextPacket();
      const number = this.received++;
      const header = packet.slice(0, SEALED_HEADER_BYTES);
      if (this.header(number).some((byte, at) => byte !== header[at])) {
        throw new Error('not the next packet of this session');
      }
      const plain = await this.opener.open(number, header, packet.slice(SEALED_HEADER_BYTES));
      for (const reader = new Reader(plain); reader.rest.length > 0;) {
        this.onFrame(reader.uint(1), reader, number);
      }
      this.acknowledge();
    }
  }

  onFrame(kind, reader, packetNumber) {
    if (kind >= 0x10 && kind <= 0x17) return this.onMessageFrame(kind, reader);
    if (kind >= 0x80 && kind <= 0xbf) return reader.sized();
    switch (kind) {
      case 0x00: return undefined;
      case 0x01: return this.sendFrames(Uint8Array.of(0x02), varint(packetNumber), Uint8Array.of(0, 0, 0));
      case 0x02: return readAck(reader);
      case 0x03: return [reader.uint(1), readPositions(reader)];
      case 0x04: return readAttach(reader);
      case 0x05: return this.onFlow(reader.varint());
      case 0x06: return this.sendFrames(Uint8Array.of(0x07), reader.bytes(8));
      case 0x08: return this.onClose(reader.varint(), new TextDecoder().decode(reader.sized()));
      case 0x0a: return this.skipTicket(reader);
      case 0x0b: return [reader.sized(), reader.sized()];
      default: throw new Error(`unknown frame ${kind}`);
    }
  }

  onMessageFrame(kind, reader) {
    const mode = kind & 3, channel = reader.uint(1), number = reader.varint();
    if (!this.incoming.has(channel)) this.incoming.set(channel, new Incoming(mode));
    const incoming = this.incoming.get(channel);
    const whole = kind < 0x14;
    const [total, offset] = whole ? [null, 0] : [reader.varint(), reader.varint()];
    for (const message of incoming.take(number, total, offset, reader.sized())) {
      this.onMessage(channel, message);
      if (mode <= RELIABLE) {
        this.counted += message.length + COST_PER_MESSAGE;
        this.toAcknowledge.add(channel);
      }
    }
  }

  /** Says what is handled, and grants credit anew when half of it is used. */
  acknowledge() {
    for (const channel of this.toAcknowledge) {
      this.sendFrames(Uint8Array.of(0x03, channel), varint(this.incoming.get(channel).upTo), uint(1, 0));
    }
    this.toAcknowledge.clear();
    if (this.counted + CREDIT - this.granted >= CREDIT / 2) {
      this.granted = this.counted + CREDIT;
      this.sendFrames(Uint8Array.of(0x05), varint(this.granted));
    }
  }

  onFlow(limit) {
    this.limit = Math.max(this.limit, limit);
    this.sendWhatMayGo();
  }

  onClose(code, reason) {
    this.end(`the gateway closed with code ${code} ${reason}`);
    this.socket.close();
  }

  skipTicket(reader) {
    reader.varint();
    reader.sized();
    for (let gateways = reader.varint(); gateways > 0; gateways--) reader.sized();
  }
}
