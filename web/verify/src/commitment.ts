// How a slot is committed to: spec/commitments.md.
import { bytes_of } from './bytes';
import { finish_hmac, hmac_sha256, kMessage, kMessageBytes, scratch } from './digest';
import type { Slot } from './slots';

const kLabel = 'gavah/commit/0\u0000';
const kNothing = new Uint8Array();
const kPrefix = 4; // bytes of a length

/** The pieces, each behind its length as 4 bytes. */
function prefixed(...pieces: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + kPrefix + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    put_length(piece.length, out, at);
    out.set(piece, at + kPrefix);
    at += kPrefix + piece.length;
  }
  return out;
}

function put_length(length: number, out: Uint8Array, at: number): void {
  for (let i = 0; i < kPrefix; i += 1) out[at + i] = length >>> (24 - 8 * i);
}

/** What stands in a slot's message before the value's bytes, its length left out; and all of it where the value is absent. */
interface SlotWords {
  used: Uint8Array;
  absent: Uint8Array;
}

const words_of_slot = new WeakMap<Slot, SlotWords>();

function words_of(slot: Slot): SlotWords {
  let words = words_of_slot.get(slot);
  if (words === undefined) {
    const path = bytes_of(slot.path);
    words = { used: prefixed(path, bytes_of(slot.kind)), absent: prefixed(path, bytes_of('absent'), kNothing) };
    words_of_slot.set(slot, words);
  }
  return words;
}

/** Computes commitments of leaves: what is the same for all slots of one is laid out once. */
export class Committer {
  readonly #fixed: Uint8Array; // label, origin, id
  readonly #key = new Uint8Array(32);

  constructor(origin: string) {
    this.#fixed = new Uint8Array([...bytes_of(kLabel), ...prefixed(bytes_of(origin), new Uint8Array(16))]);
  }

  /** The leaf whose slots come next. */
  of_leaf(id: Uint8Array): void {
    this.#fixed.set(id, this.#fixed.length - id.length);
  }

  /** The commitment to the value's bytes, or to none, by the key at `key_at` of its buffer; put into `out` at `at`. */
  commit_into(key: Uint8Array, key_at: number, slot: Slot, value: Uint8Array | null, begin: number, end: number, out: Uint8Array, at: number): void {
    const { used, absent } = words_of(slot);
    const words = value === null ? absent : used;
    const length = this.#fixed.length + words.length + (value === null ? 0 : kPrefix + end - begin);
    const is_long = length > kMessageBytes;
    const message = is_long ? new Uint8Array(length) : scratch;
    let to = is_long ? 0 : kMessage;
    message.set(this.#fixed, to);
    message.set(words, (to += this.#fixed.length));
    to += words.length;
    if (value !== null) {
      put_length(end - begin, message, to);
      to += kPrefix;
      for (let i = begin; i < end; i += 1, to += 1) message[to] = value[i]!;
    }
    if (!is_long) return finish_hmac(key, key_at, length, out, at);
    this.#key.set(key.subarray(key_at, key_at + 32));
    out.set(hmac_sha256(this.#key, message), at);
  }

  /** The commitment to a value of a slot; an absent one has kind "absent" and no bytes. */
  commit(key: Uint8Array, id: Uint8Array, path: string, kind: string, value: string | null): Uint8Array {
    const out = new Uint8Array(32);
    const bytes = value === null ? null : bytes_of(value);
    this.of_leaf(id);
    this.commit_into(key, 0, { path, kind }, bytes, 0, bytes?.length ?? 0, out, 0);
    return out;
  }
}
