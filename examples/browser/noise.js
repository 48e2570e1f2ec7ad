// Noise_NK_25519_AESGCM_SHA256 (Noise specification, revision 34) by WebCrypto.

import { concat, uint } from './wire.js';

export const KEY_BYTES = 32, TAG_BYTES = 16;

const EMPTY = new Uint8Array(0);
const { subtle } = globalThis.crypto;

export const sha256 = async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes));

/** Noise's HKDF with two outputs. */
async function hkdf2(chainingKey, material) {
  const key = await subtle.importKey('raw', material, 'HKDF', false, ['deriveBits']);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: chainingKey, info: EMPTY };
  const bits = new Uint8Array(await subtle.deriveBits(algorithm, key, 512));
  return [bits.slice(0, KEY_BYTES), bits.slice(KEY_BYTES)];
}

/** AES-256-GCM under one key; the nonce is four zero bytes and the number. */
class Cipher {
  static async of(key) {
    return new Cipher(await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']));
  }

  constructor(key) {
    this.key = key;
  }

  algorithm(number, associated) {
    return { name: 'AES-GCM', iv: uint(12, number), additionalData: associated };
  }

  async seal(number, associated, plain) {
    const sealed = await subtle.encrypt(this.algorithm(number, associated), this.key, plain);
    return new Uint8Array(sealed);
  }

  async open(number, associated, sealed) {
    const plain = await subtle.decrypt(this.algorithm(number, associated), this.key, sealed);
    return new Uint8Array(plain);
  }
}

/** Noise_NK_25519_AESGCM_SHA256, the client's side. */
export class Handshake {
  static async begin(gatewayPublic, prologue) {
    const handshake = new Handshake();
    const name = new TextEncoder().encode('Noise_NK_25519_AESGCM_SHA256');
    handshake.hash = handshake.chainingKey = concat(name, new Uint8Array(KEY_BYTES - name.length));
    handshake.gatewayPublic = gatewayPublic;
    handshake.ephemeral = await subtle.generateKey({ name: 'X25519' }, false, ['deriveBits']);
    await handshake.mixHash(prologue);
    await handshake.mixHash(gatewayPublic);
    return handshake;
  }

  async mixHash(bytes) {
    this.hash = await sha256(concat(this.hash, bytes));
  }

  async mixAgreement(publicKey) {
    const key = await subtle.importKey('raw', publicKey, { name: 'X25519' }, false, []);
    const algorithm = { name: 'X25519', public: key };
    // Fails by itself when the result is all zeros.
    const shared = new Uint8Array(await subtle.deriveBits(algorithm, this.ephemeral.privateKey, 256));
    const [chainingKey, cipherKey] = await hkdf2(this.chainingKey, shared);
    this.chainingKey = chainingKey;
    this.cipher = await Cipher.of(cipherKey);
  }

  async writeMessage1(payload) {
    const e = new Uint8Array(await subtle.exportKey('raw', this.ephemeral.publicKey));
    await this.mixHash(e);
    await this.mixAgreement(this.gatewayPublic);
    const sealed = await this.cipher.seal(0, this.hash, payload);
    await this.mixHash(sealed);
    return concat(e, sealed);
  }

  async readMessage2(message) {
    const e = message.slice(0, KEY_BYTES);
    await this.mixHash(e);
    await this.mixAgreement(e);
    return this.cipher.open(0, this.hash, message.slice(KEY_BYTES));
  }

  /** The ciphers from client to gateway and from gateway to client. */
  async split() {
    return Promise.all((await hkdf2(this.chainingKey, EMPTY)).map((key) => Cipher.of(key)));
  }
}
