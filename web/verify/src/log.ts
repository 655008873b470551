// The log of an edition: every bundle, leaf and tile, up to the head that was signed.
import { from_hex, hex_of, Malformed, refuse, same } from './bytes';
import type { Listed } from './files';
import { commitments_from, leaf_from, type Leaf } from './leaf';
import { leaf_hash, Tree } from './merkle';
import { check_later, later_from } from './cosigned';
import { head_from, kMaxNoteBytes, note_from, signers_of, type Head, type Note } from './note';
import type { Pin } from './pin';
import { read_whole, type ListedSource, type Source } from './source';
import type { Findings } from './verdict';
import { cosignatures_of } from './witness';

const kWidth = 256; // hashes of a tile, entries of a bundle
const kHeight = 8;
const kMaxBundleBytes = kWidth * (2 + 65_535);
const kCosigned = 'cosigned';
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

/** The head in a note that a key of the pin signed, within the sizes that the key may sign. */
export function open_head(note: Note, pin: Pin): Head {
  const keys = signers_of(note, pin.log.map((each) => each.key));
  const head = head_from(note.text);
  const may_sign = pin.log.some((each) => keys.some((key) => key.id === each.key.id && key.name === each.key.name)
    && each.key.name === head.origin && each.first <= head.size && head.size <= each.last);
  if (!may_sign) refuse(`no key that may sign size ${head.size} of ${head.origin} has signed it`);
  return head;
}

/** Adds the times at which witnesses saw a head. */
function add_times(note: Note, pin: Pin, times: Map<string, number[]>): void {
  for (const [key, seen] of cosignatures_of(note, pin.witnesses)) times.set(key, [...(times.get(key) ?? []), ...seen]);
}

/** A later head that holds this one, with what witnesses say of it; it may stand beside the lists. */
async function check_cosigned(given: Source, pin: Pin, listed: Listed, times: Map<string, number[]>, findings: Findings): Promise<void> {
  if (given.size(kCosigned) === null) return;
  const bytes = await read_whole(given, kCosigned, kMaxNoteBytes * 2);
  findings.attempt('checkpoint', kCosigned, null, () => {
    const later = later_from(bytes);
    const head = open_head(later.note, pin);
    if (head.origin !== pin.origin) refuse("it is of another log than the pin's");
    check_later(later, listed.manifest.size, from_hex(listed.manifest.root, 32), head.size, from_hex(head.root, 32));
    add_times(later.note, pin, times);
  });
}

async function check_head(source: Source, pin: Pin, listed: Listed, times: Map<string, number[]>, findings: Findings): Promise<void> {
  const bytes = await read_whole(source, 'checkpoint', kMaxNoteBytes * 2);
  const head = findings.attempt('checkpoint', 'checkpoint', null, () => {
    const note = note_from(bytes);
    const opened = open_head(note, pin);
    add_times(note, pin, times);
    return opened;
  });
  if (head === undefined) return;
  if (head.origin !== pin.origin) findings.add('checkpoint', 'checkpoint', null, "it is of another log than the pin's");
  if (head.size !== listed.manifest.size || head.root !== listed.manifest.root) {
    findings.add('checkpoint', 'checkpoint', null, 'its size or root is not that in the manifest');
  }
  const copy = await read_whole(source, 'log/checkpoint', kMaxNoteBytes * 2);
  if (!same(copy, bytes)) findings.add('checkpoint', 'log/checkpoint', null, "it is not the edition's checkpoint");
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

function check_remembered(pin: Pin, tree: Tree, findings: Findings): void {
  for (const head of pin.heads) {
    if (head.size > tree.size) {
      findings.add('head', 'checkpoint', null, `the reader remembers this log with ${head.size} leaves; the edition's has ${tree.size}`);
    } else if (hex_of(tree.root(head.size)) !== head.root) {
      findings.add('head', 'checkpoint', null, `the reader remembers another root at size ${head.size}: two histories were signed`);
    }
  }
  findings.count('heads', pin.heads.length);
}

/** Checks head, leaves, tiles and remembered heads; the tree when every leaf was there to be hashed. */
export async function check_log(source: ListedSource, pin: Pin, listed: Listed, times: Map<string, number[]>, take: (leaf: Leaf | null, index: number) => void, findings: Findings): Promise<Tree | undefined> {
  await check_head(source, pin, listed, times, findings);
  await check_cosigned(source.source, pin, listed, times, findings);
  const { size, root } = listed.manifest;
  if (size > listed.stamps.size * kWidth) {
    findings.add('log', 'log', null, `there are not enough bundles for ${size} leaves`);
    return undefined;
  }
  const log = await read_leaves(source, size, take, findings);
  if (!log.is_whole) return undefined;
  if (hex_of(log.tree.root()) !== root) findings.add('log', 'log', null, 'the leaves do not give the root that was signed');
  await check_tiles(source, listed, log.tree, findings);
  check_remembered(pin, log.tree, findings);
  findings.count('leaves', size);
  return log.tree;
}
