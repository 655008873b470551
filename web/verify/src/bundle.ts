// Bundles of entries, as C2SP tlog-tiles has them: 256 leaves each, the last perhaps fewer.
import { hex_of, Malformed, refuse } from './bytes';
import { sha256 } from './digest';
import { leaf_form, type LeafForm } from './leaf';
import { leaf_hash_into } from './merkle';
import { read_whole, type Source } from './source';

/** Hashes of a tile, entries of a bundle. */
export const kWidth = 256;
const kMaxBundleBytes = kWidth * (2 + 65_535);
const kHash = 32; // bytes
const kNothing = new Uint8Array();

/** C2SP tlog-tiles: x001/x234/067, and .p/W behind a partial one. */
export function place(number: number, width: number): string {
  const groups: string[] = [];
  let rest = number;
  do {
    groups.unshift(String(rest % 1000).padStart(3, '0'));
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  const path = groups.map((group, i) => (i + 1 < groups.length ? `x${group}` : group)).join('/');
  return width === kWidth ? path : `${path}.p/${width}`;
}

/** The path of the bundle with that number in a log of `size` leaves. */
export function bundle_path(number: number, size: number): string {
  return `log/tile/entries/${place(number, Math.min(kWidth, size - number * kWidth))}`;
}

export function entries_of(bundle: Uint8Array, count: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    if (at + 2 > bundle.length) refuse(`a bundle ends before entry ${i}`);
    const end = at + 2 + bundle[at]! * 256 + bundle[at + 1]!;
    if (end > bundle.length) refuse(`a bundle ends inside entry ${i}`);
    out.push(bundle.subarray(at + 2, end));
    at = end;
  }
  if (at !== bundle.length) refuse(`a bundle has ${bundle.length - at} bytes too many`);
  return out;
}

export async function read_entries(source: Source, number: number, size: number): Promise<Uint8Array[]> {
  const bytes = await read_whole(source, bundle_path(number, size), kMaxBundleBytes);
  return entries_of(bytes, Math.min(kWidth, size - number * kWidth));
}

export interface BundleTask {
  kind: 'bundle';
  number: number;
  /** Leaves of the log. */
  size: number;
}

/** A bundle's leaves; the form of one that is wrong is said in words. */
export interface BundleRead {
  sha256: string;
  /** Why nothing can be said of its leaves. */
  broken: string | null;
  /** Of the leaves, side by side. */
  hashes: Uint8Array;
  leaves: (LeafForm | string)[];
}

function form_of(entry: Uint8Array): LeafForm | string {
  try {
    return leaf_form(entry);
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
}

export async function read_bundle({ number, size }: BundleTask, source: Source): Promise<BundleRead> {
  const out: BundleRead = { sha256: '', broken: null, hashes: kNothing, leaves: [] };
  const count = Math.min(kWidth, size - number * kWidth);
  try {
    const bytes = await read_whole(source, bundle_path(number, size), kMaxBundleBytes);
    out.sha256 = hex_of(sha256(bytes));
    const entries = entries_of(bytes, count);
    out.hashes = new Uint8Array(count * kHash);
    entries.forEach((entry, i) => leaf_hash_into(entry, kNothing, out.hashes, i * kHash));
    out.leaves = entries.map(form_of);
    source.forget?.(bytes);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    out.broken = error.message;
  }
  return out;
}
