// The leaves of a log whose bundles were all found whole, read again as they are asked for.
import { Malformed } from './bytes';
import { kWidth, read_entries } from './bundle';
import { leaf_form, type LeafForm } from './leaf';
import type { Source } from './source';

const kCachedBundles = 16; // of half a megabyte: records ascend, and amended entries jump

export interface ReadLeaf {
  bytes: Uint8Array;
  form: LeafForm;
}

export class Leaves {
  readonly #cache = new Map<number, Uint8Array[]>();
  constructor(readonly source: Source) {}

  /** The bundle that holds the leaf, when it lies here already. */
  #kept(index: number): Uint8Array[] | undefined {
    return this.#cache.get(Math.floor(index / kWidth));
  }

  /** Reads the bundle that holds the leaf, unless it lies here. */
  async fetch(index: number, size: number): Promise<void> {
    if (this.#kept(index) !== undefined) return;
    const number = Math.floor(index / kWidth);
    const entries = await read_entries(this.source, number, size);
    if (this.#cache.size >= kCachedBundles) this.#cache.delete(this.#cache.keys().next().value!);
    this.#cache.set(number, entries);
  }

  has(index: number): boolean {
    return this.#kept(index) !== undefined;
  }

  /** A leaf of a bundle that was fetched; null when its form is wrong. */
  leaf(index: number): ReadLeaf | null {
    const bytes = this.#kept(index)![index % kWidth]!;
    try {
      return { bytes, form: leaf_form(bytes) };
    } catch (error) {
      if (error instanceof Malformed) return null;
      throw error;
    }
  }
}
