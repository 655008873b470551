// SHA-256 and HMAC, synchronous, the same in page, worker and Node. Most messages here are a hundred bytes long, and there
// are tens of millions of them: an asynchronous call for each would take longer than all the hashing.
import { js_compression } from './sha256_js';
import { kMemoryBytes, kStart, wasm_compression } from './sha256_wasm';

const { memory, compress, compress_four } = wasm_compression() ?? js_compression();
/** The memory as words of this machine. */
export const words = new Int32Array(memory.buffer);
export { compress_four };

// Where things lie in `memory`: the state, two blocks that an HMAC ends with, one that it begins with, and the message.
const kState = 0;
const kOuter = 64;
const kInner = 192;
export const kBlock = 64;
const kHash = 32;
/** Where a message is laid out that `finish_digest` takes. */
export const kMessage = 256;
/** Where what is hashed four at a time begins. */
export const kFours = kMemoryBytes - (70 << 10);
/** How long a message may be. */
export const kMessageBytes = kFours - kMessage - 2 * kBlock;
export const scratch = memory;

words.fill(0x36363636, kInner >>> 2, (kInner + kBlock) >>> 2);
words.fill(0x5c5c5c5c, kOuter >>> 2, (kOuter + kBlock) >>> 2);
pad(kOuter + kBlock, kHash, kBlock + kHash); // what an HMAC's second hash is over has one length

function start(): void {
  for (let i = 0; i < 8; i += 1) words[i] = kStart[i]!;
}

/** Ends the `length` bytes at `at`, the last of `total`, as FIPS 180-4 section 5.1.1 says; gives how many blocks they are. */
export function pad(at: number, length: number, total: number): number {
  const blocks = (length + 8 + kBlock) >>> 6;
  const end = at + blocks * kBlock;
  memory[at + length] = 0x80;
  memory.fill(0, at + length + 1, end - 8);
  const high = Math.floor(total / 0x20000000);
  for (let i = 0; i < 4; i += 1) {
    memory[end - 8 + i] = high >>> (24 - 8 * i);
    memory[end - 4 + i] = (total << 3) >>> (24 - 8 * i);
  }
  return blocks;
}

function put_word(word: number, out: Uint8Array, at: number): void {
  out[at] = word >>> 24;
  out[at + 1] = word >>> 16;
  out[at + 2] = word >>> 8;
  out[at + 3] = word;
}

function put_state(out: Uint8Array, at: number): void {
  for (let i = 0; i < 8; i += 1) put_word(words[i]!, out, at + 4 * i);
}

const four_starts = Int32Array.from({ length: 32 }, (_, i) => kStart[i >>> 2]!);

/** Four states at `state` of the memory, side by side word by word. */
export function start_four(state: number): void {
  words.set(four_starts, state >>> 2);
}

/** One of them. */
export function put_lane(state: number, lane: number, out: Uint8Array, at: number): void {
  for (let i = 0; i < 8; i += 1) put_word(words[(state >>> 2) + 4 * i + lane]!, out, at + 4 * i);
}

/** The SHA-256 of the `length` bytes that were laid out at kMessage, put into `out` at `at`. */
export function finish_digest(length: number, out: Uint8Array, at: number): void {
  start();
  compress(kState, kMessage, pad(kMessage, length, length));
  put_state(out, at);
}

/** HMAC-SHA-256 (RFC 2104) over the bytes that were laid out at kMessage, by a key of 32 bytes. */
function finish_hmac(key: Uint8Array, length: number, out: Uint8Array): void {
  for (let i = 0; i < kHash; i += 1) {
    const byte = key[i]!;
    memory[kInner + i] = byte ^ 0x36;
    memory[kOuter + i] = byte ^ 0x5c;
  }
  start();
  compress(kState, kInner, 1 + pad(kMessage, length, kBlock + length));
  put_state(memory, kOuter + kBlock);
  start();
  compress(kState, kOuter, 2);
  put_state(out, 0);
}

/** SHA-256 of a message that comes in pieces. */
export class Hasher {
  readonly #state = kStart.slice();
  readonly #rest = new Uint8Array(kBlock);
  #held = 0;
  #total = 0;

  update(bytes: Uint8Array): this {
    this.#total += bytes.length;
    let at = 0;
    while (at < bytes.length) {
      const room = kMessageBytes - kBlock - this.#held;
      const taken = Math.min(room, bytes.length - at);
      memory.set(this.#rest.subarray(0, this.#held), kMessage);
      memory.set(at === 0 && taken === bytes.length ? bytes : bytes.subarray(at, at + taken), kMessage + this.#held);
      this.#take(this.#held + taken);
      at += taken;
    }
    return this;
  }

  /** Hashes the whole blocks among the bytes that lie at kMessage and keeps the rest. */
  #take(length: number): void {
    const blocks = length >>> 6;
    if (blocks > 0) {
      words.set(this.#state);
      compress(kState, kMessage, blocks);
      this.#state.set(words.subarray(0, 8));
    }
    this.#held = length - blocks * kBlock;
    this.#rest.set(memory.subarray(kMessage + blocks * kBlock, kMessage + length));
  }

  digest(): Uint8Array {
    const out = new Uint8Array(kHash);
    memory.set(this.#rest.subarray(0, this.#held), kMessage);
    words.set(this.#state);
    compress(kState, kMessage, pad(kMessage, this.#held, this.#total));
    put_state(out, 0);
    return out;
  }
}

export function hasher(): Hasher {
  return new Hasher();
}

/** Puts the digest of `bytes` into `out` at `at`. */
export function sha256_into(bytes: Uint8Array, out: Uint8Array, at: number): void {
  if (bytes.length > kMessageBytes) return out.set(new Hasher().update(bytes).digest(), at);
  memory.set(bytes, kMessage);
  finish_digest(bytes.length, out, at);
}

export function sha256(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(kHash);
  sha256_into(bytes, out, 0);
  return out;
}

/** HMAC-SHA-256 of a message of any length, by a key of 32 bytes. */
export function hmac_sha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const out = new Uint8Array(kHash);
  if (message.length <= kMessageBytes) {
    memory.set(message, kMessage);
    finish_hmac(key, message.length, out);
    return out;
  }
  const block = (by: number): Uint8Array => Uint8Array.from({ length: kBlock }, (_, i) => (key[i] ?? 0) ^ by);
  const inner = new Hasher().update(block(0x36)).update(message).digest();
  return new Hasher().update(block(0x5c)).update(inner).digest();
}
