// How a slot is committed to: spec/commitments.md.
import { bytes_of } from './bytes';
import { hmac_sha256, scratch } from './digest';
import type { HmacFours } from './hmac_fours';
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

  constructor(origin: string) {
    this.#fixed = new Uint8Array([...bytes_of(kLabel), ...prefixed(bytes_of(origin), new Uint8Array(16))]);
  }

  /** The leaf whose slots come next. */
  of_leaf(id: Uint8Array): void {
    this.#fixed.set(id, this.#fixed.length - id.length);
  }

  #length(slot: Slot, value: Uint8Array | null, begin: number, end: number): number {
    const { used, absent } = words_of(slot);
    return this.#fixed.length + (value === null ? absent.length : used.length + kPrefix + end - begin);
  }

  #lay_out(slot: Slot, value: Uint8Array | null, begin: number, end: number, message: Uint8Array, at: number): void {
    const { used, absent } = words_of(slot);
    message.set(this.#fixed, at);
    let to = at + this.#fixed.length;
    message.set(value === null ? absent : used, to);
    if (value === null) return;
    to += used.length;
    put_length(end - begin, message, to);
    to += kPrefix;
    for (let i = begin; i < end; i += 1, to += 1) message[to] = value[i]!;
  }

  /** The commitment by the key, a buffer of its own, to the bytes of `value` from `begin` to `end`, or to none; told to `fours` under that name. */
  commit_into(fours: HmacFours, key: Int32Array, slot: Slot, value: Uint8Array | null, begin: number, end: number, name: number): void {
    const length = this.#length(slot, value, begin, end);
    const at = fours.place(length);
    if (at >= 0) {
      this.#lay_out(slot, value, begin, end, scratch, at);
      fours.add(key, length, name);
    } else {
      const message = new Uint8Array(length);
      this.#lay_out(slot, value, begin, end, message, 0);
      fours.take(name, hmac_sha256(new Uint8Array(key.buffer), message));
    }
  }

  /** The commitment to a value of a slot; an absent one has kind "absent" and no bytes. */
  commit(key: Uint8Array, id: Uint8Array, path: string, kind: string, value: string | null): Uint8Array {
    const bytes = value === null ? null : bytes_of(value);
    const slot = { path, kind };
    this.of_leaf(id);
    const message = new Uint8Array(this.#length(slot, bytes, 0, bytes?.length ?? 0));
    this.#lay_out(slot, bytes, 0, bytes?.length ?? 0, message, 0);
    return hmac_sha256(key, message);
  }
}
