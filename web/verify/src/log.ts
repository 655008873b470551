// The log of an edition: every bundle, leaf and tile, up to the head that was signed.
import { hex_of, Malformed, refuse, same } from './bytes';
import type { Listed } from './files';
import { commitments_from, leaf_from, type Leaf } from './leaf';
import { leaf_hash, Tree } from './merkle';
import { read_whole, type Source } from './source';
import type { Findings } from './verdict';

const kWidth = 256; // hashes of a tile, entries of a bundle
const kHeight = 8;
const kMaxBundleBytes = kWidth * (2 + 65_535);
const kCachedBundles = 8;

/** C2SP tlog-tiles: x001/x234/067, and .p/W behind a partial one. */
function place(number: number, width: number): string {
  const groups: string[] = [];
  let rest = number;
  do {
    groups.unshift(String(rest % 1000).padStart(3, '0'));
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  const path = groups.map((group, i) => (i + 1 < groups.length ? `x${group}` : group)).join('/');
  return width === kWidth ? path : `${path}.p/${width}`;
}

export interface Run {
  path: string;
  begin: number;
  end: number;
}

/** The runs of 256 that `count` items fill, the last perhaps partial. */
function runs_of(prefix: string, count: number): Run[] {
  const out: Run[] = [];
  for (let begin = 0; begin < count; begin += kWidth) {
    const end = Math.min(count, begin + kWidth);
    out.push({ path: `${prefix}${place(begin / kWidth, end - begin)}`, begin, end });
  }
  return out;
}

export function bundles_of(size: number): Run[] {
  return runs_of('log/tile/entries/', size);
}

/** Tiles of hashes of a tree of so many leaves; their hashes are subtrees of 2^height leaves. */
export function tiles_of(size: number): { run: Run; height: number }[] {
  const out: { run: Run; height: number }[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / kWidth)) {
    for (const run of runs_of(`log/tile/${level}/`, count)) out.push({ run, height: level * kHeight });
  }
  return out;
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

/** The leaves of a log, read from its bundles as they are asked for. */
export class Leaves {
  #cache = new Map<number, Uint8Array[]>();
  readonly #runs: Run[];
  constructor(readonly source: Source, readonly size: number) {
    this.#runs = bundles_of(size);
  }

  async commitments(index: number): Promise<string[]> {
    return commitments_from((await this.bundle(Math.floor(index / kWidth)))[index % kWidth]!);
  }

  /** The entries of a bundle that was found whole before. */
  async bundle(number: number): Promise<Uint8Array[]> {
    const kept = this.#cache.get(number);
    if (kept !== undefined) return kept;
    const run = this.#runs[number]!;
    const entries = entries_of(await read_whole(this.source, run.path, kMaxBundleBytes), run.end - run.begin);
    if (this.#cache.size >= kCachedBundles) this.#cache.delete(this.#cache.keys().next().value!);
    this.#cache.set(number, entries);
    return entries;
  }
}

export interface ReadLog {
  tree: Tree;
  /** Where each check of a leaf stands: false where a bundle is missing or cut, so that nothing deeper can be said. */
  is_whole: boolean;
}

/** Reads every leaf in order and hands it on; null stands for a leaf whose form is wrong. */
async function read_leaves(source: Source, size: number, take: (leaf: Leaf | null, index: number) => void, findings: Findings): Promise<ReadLog> {
  const log: ReadLog = { tree: new Tree(), is_whole: true };
  for (const run of bundles_of(size)) {
    if (source.size(run.path) === null) {
      findings.add('log', run.path, null, 'the bundle is missing');
      log.is_whole = false;
      continue;
    }
    const bytes = await read_whole(source, run.path, kMaxBundleBytes).catch((error: unknown) => {
      if (error instanceof Malformed) return new Uint8Array();
      throw error;
    });
    const entries = findings.attempt('log', run.path, null, () => entries_of(bytes, run.end - run.begin));
    if (entries === undefined) {
      log.is_whole = false;
      continue;
    }
    entries.forEach((entry, i) => {
      log.tree.append(leaf_hash(entry));
      if (!log.is_whole) return; // indices would be wrong from here on
      take(findings.attempt('log', run.path, run.begin + i, () => leaf_from(entry)) ?? null, run.begin + i);
    });
  }
  return log;
}

/** Every tile of a tree of this size holds what the leaves give, and there are no others. */
async function check_tiles(source: Source, listed: Listed, tree: Tree, findings: Findings): Promise<void> {
  const known = new Set(bundles_of(tree.size).map((run) => run.path));
  for (const { run, height } of tiles_of(tree.size)) {
    known.add(run.path);
    if (source.size(run.path) === null) {
      findings.add('log', run.path, null, 'the tile is missing');
      continue;
    }
    const bytes = await source.read(run.path, 0, kWidth * 32 + 1);
    if (!same(bytes, tree.run(height, run.begin, run.end))) {
      findings.add('log', run.path, null, 'the leaves do not give this tile');
    }
  }
  for (const path of listed.stamps.keys()) {
    if (path.startsWith('log/tile/') && !known.has(path)) {
      findings.add('log', path, null, 'is no tile or bundle of a tree of this size');
    }
  }
}

/** Checks leaves and tiles; the tree when every leaf was there to be hashed. */
export async function check_log(source: Source, listed: Listed, take: (leaf: Leaf | null, index: number) => void, findings: Findings): Promise<Tree | undefined> {
  const { size, root } = listed.manifest;
  if (size > listed.stamps.size * kWidth) {
    findings.add('log', 'log', null, `there are not enough bundles for ${size} leaves`);
    return undefined;
  }
  const log = await read_leaves(source, size, take, findings);
  if (!log.is_whole) return undefined;
  if (hex_of(log.tree.root()) !== root) findings.add('log', 'log', null, 'the leaves do not give the root that was signed');
  await check_tiles(source, listed, log.tree, findings);
  findings.count('leaves', size);
  return log.tree;
}
