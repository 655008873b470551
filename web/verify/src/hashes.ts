// Hashes of 32 bytes side by side in one buffer that grows.

export const kHash = 32; // bytes

export class Hashes {
  count = 0;
  #bytes = new Uint8Array(kHash * 64);

  /** Room for one more; where its bytes begin. */
  grow(): { bytes: Uint8Array; at: number } {
    if ((this.count + 1) * kHash > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return { bytes: this.#bytes, at: this.count++ * kHash };
  }
  push(hash: Uint8Array): void {
    const { bytes, at } = this.grow();
    bytes.set(hash, at);
  }
  *[Symbol.iterator](): Iterator<Uint8Array> {
    for (let i = 0; i < this.count; i += 1) yield this.at(i);
  }
  at(index: number): Uint8Array {
    return this.slice(index, index + 1);
  }
  slice(begin: number, end: number): Uint8Array {
    return this.#bytes.subarray(begin * kHash, end * kHash);
  }
}
