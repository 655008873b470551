// The log of an edition: every bundle, leaf and tile, up to the head that was signed.
import { kWidth, place, type BundleRead } from './bundle';
import { hex_of, same } from './bytes';
import type { Listed } from './files';
import type { LeafForm } from './leaf';
import { Tree } from './merkle';
import { in_order, type Pool } from './pool';
import type { Source } from './source';
import type { Findings } from './verdict';

const kHeight = 8; // of the subtrees that a tile's hashes are
const kHash = 32; // bytes

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

export interface ReadLog {
  tree: Tree;
  /** Where each check of a leaf stands: false where a bundle is missing or cut, so that nothing deeper can be said. */
  is_whole: boolean;
}

/** Takes the leaves of bundles in order and hands them on; null stands for a leaf whose form is wrong. */
class LogReader {
  readonly log: ReadLog = { tree: new Tree(), is_whole: true };
  constructor(readonly take: (leaf: LeafForm | null, index: number) => void, readonly findings: Findings) {}

  bundle(read: BundleRead | null, { path, begin }: Run): void {
    const broken = read === null ? 'the bundle is missing' : read.broken;
    if (read === null || broken !== null) {
      this.findings.add('log', path, null, broken!);
      this.log.is_whole = false;
      return;
    }
    read.leaves.forEach((leaf, i) => {
      this.log.tree.append(read.hashes.subarray(i * kHash, (i + 1) * kHash));
      if (!this.log.is_whole) return; // indices would be wrong from here on
      if (typeof leaf === 'string') this.findings.add('log', path, begin + i, leaf);
      this.take(typeof leaf === 'string' ? null : leaf, begin + i);
    });
  }
}

/** Reads every leaf in order. */
async function read_leaves(source: Source, size: number, pool: Pool, take: (leaf: LeafForm | null, index: number) => void, findings: Findings): Promise<ReadLog> {
  const reader = new LogReader(take, findings);
  const work = async ({ path, begin }: Run): Promise<BundleRead | null> =>
    source.size(path) === null ? null : pool.run({ kind: 'bundle', number: begin / kWidth, size });
  await in_order(bundles_of(size), pool.width, work, (read, run) => {
    if (read !== null && read.sha256 !== '') source.digested?.set(run.path, read.sha256);
    reader.bundle(read, run);
    if (read !== null) pool.forget(read);
  });
  return reader.log;
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
export async function check_log(source: Source, listed: Listed, pool: Pool, take: (leaf: LeafForm | null, index: number) => void, findings: Findings): Promise<Tree | undefined> {
  const { size, root } = listed.manifest;
  if (size > listed.stamps.size * kWidth) {
    findings.add('log', 'log', null, `there are not enough bundles for ${size} leaves`);
    return undefined;
  }
  const log = await read_leaves(source, size, pool, take, findings);
  if (!log.is_whole) return undefined;
  if (hex_of(log.tree.root()) !== root) findings.add('log', 'log', null, 'the leaves do not give the root that was signed');
  await check_tiles(source, listed, log.tree, findings);
  findings.count('leaves', size);
  return log.tree;
}
