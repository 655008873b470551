// Passages that parts must hold, from claims that were opened: some eighty bytes each, however long they are.
import { Hashes } from './hashes';

const kNone = -1;

export class Passages {
  readonly begins: number[] = [];
  readonly ends: number[] = [];
  /** Of the claims. */
  readonly leaves: number[] = [];
  readonly digests = new Hashes();
  readonly #next: number[] = [];
  readonly #first = new Map<number, number>();
  readonly #last = new Map<number, number>();

  add(part: number, begin: number, end: number, leaf: number, sha256: Uint8Array): void {
    const at = this.begins.length;
    this.begins.push(begin);
    this.ends.push(end);
    this.leaves.push(leaf);
    this.digests.push(sha256);
    this.#next.push(kNone);
    const last = this.#last.get(part);
    if (last === undefined) this.#first.set(part, at);
    else this.#next[last] = at;
    this.#last.set(part, at);
  }

  /** The passages of a part, in the order in which they were added. */
  *of(part: number): Iterable<number> {
    for (let at = this.#first.get(part) ?? kNone; at !== kNone; at = this.#next[at]!) yield at;
  }
}
