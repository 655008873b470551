// Passages that must stand in files, from claims that were opened: some eighty bytes each, however long they are.

const kHash = 32; // bytes
const kNone = -1;

export class Passages {
  #count = 0;
  #hashes = new Uint8Array(kHash * 64);
  readonly #begins: number[] = [];
  readonly #ends: number[] = [];
  readonly #leaves: number[] = [];
  readonly #next: number[] = [];
  readonly #first = new Map<string, number>();
  readonly #last = new Map<string, number>();

  add(path: string, begin: number, end: number, leaf: number, sha256: Uint8Array): void {
    const at = this.#count;
    if ((at + 1) * kHash > this.#hashes.length) {
      const larger = new Uint8Array(this.#hashes.length * 2);
      larger.set(this.#hashes);
      this.#hashes = larger;
    }
    this.#hashes.set(sha256, at * kHash);
    this.#begins.push(begin);
    this.#ends.push(end);
    this.#leaves.push(leaf);
    this.#next.push(kNone);
    const last = this.#last.get(path);
    if (last === undefined) this.#first.set(path, at);
    else this.#next[last] = at;
    this.#last.set(path, at);
    this.#count += 1;
  }

  /** The passages of a file, in the order in which they were added. */
  *of(path: string): Iterable<{ begin: number; end: number; leaf: number; sha256: Uint8Array }> {
    for (let at = this.#first.get(path) ?? kNone; at !== kNone; at = this.#next[at]!) {
      yield { begin: this.#begins[at]!, end: this.#ends[at]!, leaf: this.#leaves[at]!, sha256: this.#hashes.subarray(at * kHash, (at + 1) * kHash) };
    }
  }
}
