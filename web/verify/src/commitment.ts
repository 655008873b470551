// How a slot is committed to: spec/commitments.md.
import { bytes_of } from './bytes';
import { hmac_sha256 } from './digest';

const kLabel = bytes_of('gavah/commit/0');
const kMaxValueBytes = 16 << 20; // the buffer starts small and never grows beyond a value of a line

function prefixed_size(...pieces: Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + 4 + piece.length, 0);
}

/** Computes commitments of one leaf: what is the same for all its slots is laid out once. */
export class Committer {
  #buffer = new Uint8Array(4096);
  #fixed = 0;
  readonly #origin: Uint8Array;

  constructor(origin: string) {
    this.#origin = bytes_of(origin);
    this.#buffer.set(kLabel);
    this.#fixed = this.#put(this.#origin, kLabel.length + 1); // one zero byte stands between
  }

  #put(piece: Uint8Array, at: number): number {
    new DataView(this.#buffer.buffer).setUint32(at, piece.length);
    this.#buffer.set(piece, at + 4);
    return at + 4 + piece.length;
  }

  /** The commitment to a value of a slot; an absent one has kind "absent" and no bytes. */
  commit(key: Uint8Array, id: Uint8Array, path: string, kind: string, value: string | null): Uint8Array {
    const path_bytes = bytes_of(path);
    const kind_bytes = bytes_of(value === null ? 'absent' : kind);
    const value_bytes = bytes_of(value ?? '');
    const size = this.#fixed + prefixed_size(id, path_bytes, kind_bytes, value_bytes);
    if (size > this.#buffer.length) this.#grow(size);
    let at = this.#put(id, this.#fixed);
    for (const piece of [path_bytes, kind_bytes, value_bytes]) at = this.#put(piece, at);
    return hmac_sha256(key, this.#buffer.subarray(0, at));
  }

  #grow(size: number): void {
    const larger = new Uint8Array(Math.min(size * 2, size + kMaxValueBytes));
    larger.set(this.#buffer.subarray(0, this.#fixed));
    this.#buffer = larger;
  }
}
