// Parts of captures, each by the leaf of its capture and its number.

export class PartSet {
  readonly #by_leaf = new Map<number, Set<number>>();
  add(leaf: number, part: number): void {
    let parts = this.#by_leaf.get(leaf);
    if (parts === undefined) this.#by_leaf.set(leaf, (parts = new Set()));
    parts.add(part);
  }
  has(leaf: number, part: number): boolean {
    return this.#by_leaf.get(leaf)?.has(part) ?? false;
  }
}
