// Spoils an edition in one of many ways, all of it decided by a seed.
import { bytes_of, Malformed, text_of } from '../src/bytes';
import { edits_between, type Files } from './edits';
import { leaves_of, note_text, sign_edition, sign_manifest, write_log, type SigningKey } from './sign';

/** mulberry32: small, seeded, the same everywhere. */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = (seed * 2654435761) >>> 0;
    this.below(2);
  }
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }
  below(limit: number): number {
    return limit <= 1 ? 0 : this.#next() % limit;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

type Change = (bytes: Uint8Array, dice: Dice) => Uint8Array;

function spliced(bytes: Uint8Array, at: number, cut: number, put: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length - cut + put.length);
  out.set(bytes.subarray(0, at));
  out.set(put, at);
  out.set(bytes.subarray(at + cut), at + put.length);
  return out;
}

export const kBytes: Record<string, Change> = {
  flip: (bytes, dice) => {
    const out = bytes.slice();
    const at = dice.below(out.length);
    if (out.length > 0) out[at]! ^= 1 << dice.below(8);
    return out;
  },
  put_byte: (bytes, dice) => spliced(bytes, dice.below(bytes.length + 1), 0, Uint8Array.of(dice.below(256))),
  cut_bytes: (bytes, dice) => {
    const at = dice.below(bytes.length);
    return spliced(bytes, at, Math.min(bytes.length - at, 1 + dice.below(40)), new Uint8Array());
  },
  repeat_bytes: (bytes, dice) => {
    const at = dice.below(bytes.length);
    return spliced(bytes, at, 0, bytes.slice(at, at + 1 + dice.below(40)));
  },
  truncate: (bytes, dice) => bytes.slice(0, dice.below(bytes.length)),
  empty: () => new Uint8Array(),
};

type TextChange = (text: string, dice: Dice) => string;

function with_lines(change: (lines: string[], dice: Dice) => void): TextChange {
  return (text, dice) => {
    const lines = text.split('\n');
    const last = lines.pop()!;
    if (lines.length > 0) change(lines, dice);
    return [...lines, last].join('\n');
  };
}

/** Replaces one match of `pattern` by what `make` gives. */
function replace_one(pattern: RegExp, make: (found: string, dice: Dice, all: string[]) => string): TextChange {
  return (text, dice) => {
    const found = [...text.matchAll(pattern)];
    if (found.length === 0) return text;
    const one = dice.pick(found);
    const put = make(one[0], dice, found.map((each) => each[0]));
    return text.slice(0, one.index) + put + text.slice(one.index + one[0].length);
  };
}

const kNumbers = ['0', '1', '2', '3', '7', '14', '15', '20', '23', '24', '99', '256', '-1', '4294967296', '9007199254740993', '18446744073709551616', '01', '1.0', '1e1', 'null'];

export const kTexts: Record<string, TextChange> = {
  drop_line: with_lines((lines, dice) => lines.splice(dice.below(lines.length), 1)),
  repeat_line: with_lines((lines, dice) => lines.splice(dice.below(lines.length), 0, dice.pick(lines))),
  swap_lines: with_lines((lines, dice) => {
    const [i, j] = [dice.below(lines.length), dice.below(lines.length)];
    [lines[i], lines[j]] = [lines[j]!, lines[i]!];
  }),
  drop_last_newline: (text) => text.replace(/\n$/, ''),
  add_space: (text, dice) => {
    const at = dice.below(text.length);
    return `${text.slice(0, at)} ${text.slice(at)}`;
  },
  number: replace_one(/(?<=[:,[ ])-?[0-9]+(?=[,\]}\n ])/g, (found, dice) => (dice.below(3) > 0 ? dice.pick(kNumbers) : String(Number(found) + dice.below(5) - 2))),
  another_string: replace_one(/"[^"\n]*"/g, (_, dice, all) => dice.pick(all)),
  another_hex: replace_one(/[0-9a-f]{32,64}/g, (_, dice, all) => dice.pick(all)),
  hex_digit: replace_one(/[0-9a-f]{32,64}/g, (found, dice) => {
    const at = dice.below(found.length);
    return found.slice(0, at) + dice.pick([...'0123456789abcdefA']) + found.slice(at + 1);
  }),
  null_for_string: replace_one(/"[^"\n]*"/g, () => 'null'),
  string_for_null: replace_one(/null/g, (_, dice) => dice.pick(['""', '"0"', '0', '"a"', '{}'])),
  drop_element: replace_one(/\[[^[\]]*\],?/g, () => ''),
  swap_elements: replace_one(/\[[^[\]]*\],\[[^[\]]*\]/g, (found) => {
    const middle = found.indexOf('],[') + 1;
    return `${found.slice(middle + 1)},${found.slice(0, middle)}`;
  }),
  escape: replace_one(/[a-z]/g, (found, dice) => dice.pick([`\\u00${found.charCodeAt(0).toString(16)}`, '\\n', '\\/', '\\ud800', '\u0007', 'é', '\u2028'])),
  word: replace_one(/"(?:event|victim|capture|dispose|distinct|decision|source|in|out|leaf|rule|policy|linked|hollow|backlog|verified|single|umbrella|moment|killing|protest|asserted|denied|program|person|amend)"/g,
    (_, dice, all) => dice.pick([...all, '"amend"', '"victim"', '"umbrella"', '"verified"', '"person"'])),
};

const kLeaves: Record<string, TextChange> = {
  leaf_number: replace_one(/(?<=[ ,])[0-9]+(?=[,\n ])/g, (_, dice) => String(dice.below(40))),
  leaf_type: replace_one(/^gavah\/0 [a-z]+/g, (_, dice) => `gavah/0 ${dice.pick(['event', 'victim', 'amend', 'merge', 'split', 'distinct', 'withhold', 'withdraw', 'redact', 'rule', 'heartbeat', 'capture', 'source'])}`),
  leaf_role: replace_one(/(?<=refs |[0-9] )[a-z]+/g, (_, dice) => dice.pick(['entry', 'from', 'into', 'lift', 'target', 'parent', 'through', 'capture', 'replaces', 'previous'])),
  leaf_line: with_lines((lines, dice) => lines.splice(dice.below(lines.length), 1)),
  leaf_refs: (text, dice) => text.replace('\nc ', `\nrefs ${dice.pick(['entry', 'target', 'parent', 'through', 'replaces', 'lift'])} ${dice.below(30)}\nc `),
};

function change_bytes(files: Files, path: string, dice: Dice): void {
  files.set(path, kBytes[dice.pick(Object.keys(kBytes))]!(files.get(path)!, dice));
}

function change_text(files: Files, path: string, dice: Dice, changes: Record<string, TextChange>): void {
  try {
    files.set(path, bytes_of(changes[dice.pick(Object.keys(changes))]!(text_of(files.get(path)!), dice)));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    change_bytes(files, path, dice);
  }
}

function change_tree(files: Files, dice: Dice): void {
  const paths = [...files.keys()].sort();
  const [one, other] = [dice.pick(paths), dice.pick(paths)];
  const bytes = files.get(one)!;
  const put = dice.below(5);
  if (put === 0) files.delete(one);
  else if (put === 1) files.set(`${one}x`, bytes);
  else if (put === 2) files.set(other, bytes);
  else if (put === 3) {
    files.delete(one);
    files.set(dice.pick(['x', 'evidence/x', 'evidence/pack/1', 'rules/x.json', 'log/tile/0/001', 'site/x', 'bound/x']), bytes);
  } else {
    files.set(one, files.get(other)!);
    files.set(other, bytes);
  }
}

/** Drops, repeats, swaps or alters leaves; what the log says then, its key signs. */
function change_log(files: Files, size: number, dice: Dice, log: SigningKey): void {
  const leaves = leaves_of(files, size);
  const at = dice.below(leaves.length);
  const what = dice.below(8);
  if (what === 0) leaves.splice(at, 1);
  else if (what === 1) leaves.push(leaves[at]!);
  else if (what === 2) {
    const other = dice.below(leaves.length);
    [leaves[at], leaves[other]] = [leaves[other]!, leaves[at]!];
  } else if (what === 3) leaves.length = at + 1;
  else {
    const table = dice.below(4) === 0 ? kTexts : kLeaves;
    leaves[at] = bytes_of(table[dice.pick(Object.keys(table))]!(text_of(leaves[at]!), dice));
  }
  write_log(files, leaves, log);
}

export interface Base {
  files: Files;
  size: number;
  release: SigningKey;
  log: SigningKey;
}

// The files that carry meaning are spoiled more often than bytes of evidence.
const kTelling = ['records.jsonl', 'records.jsonl', 'claims.jsonl', 'parts.jsonl', 'dispositions.jsonl', 'totals.json', 'changes.jsonl', 'edition.json', 'files.jsonl', 'policy.json', 'checkpoint'];

/** The edition, spoiled as the seed says; now and then the result is still a good one. */
export function mutated(base: Base, seed: number): Files {
  const dice = new Dice(seed);
  let files = spoiled(base, dice);
  // A change that found nothing to change is made anew: most editions that are looked at should differ.
  for (let again = 0; again < 4 && edits_between(base.files, files).length === 0; again += 1) files = spoiled(base, dice);
  return files;
}

function spoiled(base: Base, dice: Dice): Files {
  const files = new Map(base.files);
  const paths = [...files.keys()].sort();
  const rounds = dice.below(8) === 0 ? 2 : 1;
  let has_list = false;
  for (let round = 0; round < rounds; round += 1) {
    const what = dice.below(12);
    const path = dice.below(4) === 0 ? dice.pick(paths) : dice.pick(kTelling);
    has_list ||= path === 'files.jsonl';
    if (!files.has(path)) continue;
    if (what === 0) change_bytes(files, path, dice);
    else if (what === 1) change_tree(files, dice);
    else if (what < 5 && round === 0) change_log(files, base.size, dice, base.log);
    else change_text(files, path, dice, kTexts);
  }
  const resign = dice.below(5);
  if (resign === 0 || !files.has('edition.json') || !note_of(files)) return files;
  if (has_list) sign_manifest(files, base.release);
  else sign_edition(files, base.release);
  return files;
}

function note_of(files: Files): boolean {
  try {
    return note_text(files.get('edition.json')!).includes(',"files":[');
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}
