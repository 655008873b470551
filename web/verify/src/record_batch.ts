// Lines of records.jsonl, many at once: each opened slot against its commitment. What a line says of the register, and of
// other lines, is left to the caller.
import { from_hex, Malformed, refuse, text_of } from './bytes';
import { Committer } from './commitment';
import { Hashes, kHash } from './hashes';
import { HmacFours } from './hmac_fours';
import { is_committed } from './leaf';
import type { Leaves, ReadLeaf } from './leaves';
import { is_kept } from './opened';
import { Openings, read_record_line, type RecordHead } from './record_line';
import { bytes_at, is_canonical, kNibbleOf, put_hex, Scanner, type Span } from './scanner';
import { is_spelled, slots_of, type LeafType, type Slot } from './slots';
import { each_line } from './source';

export interface RecordTask {
  kind: 'records';
  /** Whole lines. */
  bytes: Uint8Array;
  origin: string;
  /** Leaves of the log. */
  size: number;
}

/** What comes of a line. */
export interface RecordRead {
  type: LeafType;
  entry: number;
  leaf: number;
  table: LeafType;
  /** Its openings in the batch's columns. */
  first: number;
  count: number;
  /** Openings that do not hold. */
  wrong: string[];
  /** False when a value is not even spelled right, so that nothing is counted with it. */
  is_spelled: boolean;
}

/** A line that is no record. */
export interface NoRecord {
  leaf: number | null;
  message: string;
}

export interface RecordBatch {
  lines: (RecordRead | NoRecord)[];
  /** Of every opening of the lines, one after the other: its slot, and its value as a place in `texts`; -1 when absent. */
  slots: Uint8Array;
  values: Int32Array;
  texts: string[];
  /** Heads of lists: kFirstList stands for the first, one less for each that follows. */
  counts: Float64Array;
  roots: Uint8Array;
}

const kAbsent = -1;
export const kFirstList = -2;
const kForgotten = 0; // the empty text, for a value that no later check reads
const kMaxCountDigits = 16;
const kSharedBytes = 48; // values up to this length are looked for among those seen before
const kBuckets = 1 << 13;

/** Values of a batch; the same short one is made a text, and looked at, once. */
class Texts {
  readonly texts = [''];
  readonly #heads = new Int32Array(kBuckets).fill(-1);
  readonly #next: number[] = [-1];
  readonly #begins = [0];
  readonly #spelled = new Map<string, (boolean | undefined)[]>();
  constructor(readonly bytes: Uint8Array) {}

  add(text: string): number {
    this.#next.push(-1);
    this.#begins.push(0);
    return this.texts.push(text) - 1;
  }

  #is_at(text: number, begin: number, end: number): boolean {
    const { bytes } = this;
    const from = this.#begins[text]!;
    if (bytes[from + end - begin] !== 0x22) return false; // both end at a quote
    for (let i = begin, k = from; i < end; i += 1, k += 1) if (bytes[i] !== bytes[k]) return false;
    return true;
  }

  /** The text of these bytes, which are followed by a quote. */
  of(begin: number, end: number): number {
    const { bytes } = this;
    if (end - begin > kSharedBytes) return this.add(text_of(bytes.subarray(begin, end)));
    let hash = 0;
    for (let i = begin; i < end; i += 1) hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
    const bucket = (hash ^ (hash >>> 13)) & (kBuckets - 1);
    for (let text = this.#heads[bucket]!; text >= 0; text = this.#next[text]!) if (this.#is_at(text, begin, end)) return text;
    const made = this.add(text_of(bytes.subarray(begin, end)));
    this.#begins[made] = begin;
    this.#next[made] = this.#heads[bucket]!;
    this.#heads[bucket] = made;
    return made;
  }

  is_spelled(kind: string, text: number): boolean {
    let known = this.#spelled.get(kind);
    if (known === undefined) this.#spelled.set(kind, (known = []));
    return (known[text] ??= is_spelled(kind, this.texts[text]!));
  }
}

/** Where the bytes of a value lie: among the batch's, or where it has escapes in a buffer of their own. */
interface Value {
  bytes: Uint8Array;
  begin: number;
  end: number;
}

function value_at(bytes: Uint8Array, span: Span | null): Value | null {
  if (span === null) return null;
  if (span.is_plain) return { bytes, begin: span.begin, end: span.end };
  const own = bytes_at(bytes, span);
  return { bytes: own, begin: 0, end: own.length };
}

/** The count of "COUNT HEX64"; null when it is no head of a list. */
function count_of_list(bytes: Uint8Array, begin: number, end: number): number | null {
  const hex = end - 2 * kHash;
  if (hex - begin < 2 || hex - begin > kMaxCountDigits + 1 || bytes[hex - 1] !== 0x20) return null;
  for (let i = hex; i < end; i += 1) if (kNibbleOf[bytes[i]!]! > 15) return null;
  let count = 0;
  for (let i = begin; i < hex - 1; i += 1) {
    const digit = bytes[i]! - 0x30;
    if (digit < 0 || digit > 9 || (i > begin && count === 0)) return null;
    count = count * 10 + digit;
  }
  return Number.isSafeInteger(count) ? count : null;
}

/** The slots of a table, and which of them later checks read. */
const kept_of = new Map<LeafType, boolean[]>();

function kept_slots(table: LeafType): boolean[] {
  let kept = kept_of.get(table);
  if (kept === undefined) kept_of.set(table, (kept = slots_of(table).map((slot) => is_kept(slot.path))));
  return kept;
}

class Batch {
  readonly out = { lines: [] as RecordBatch['lines'], slots: new Uint8Array(1024), values: new Int32Array(1024) };
  readonly #counts: number[] = [];
  readonly #roots = new Hashes();
  readonly #committer: Committer;
  readonly #texts: Texts;
  readonly #openings = new Openings();
  readonly #key = new Uint8Array(32);
  readonly #key_words = new Int32Array(this.#key.buffer);
  #filled = 0;
  #read: ReadLeaf | null = null; // the leaf of the line that is being looked at
  readonly #broken: number[] = []; // its openings that do not give the commitment
  readonly #fours = new HmacFours((i, made) => {
    const { bytes, form } = this.#read!;
    if (!is_committed(bytes, form, this.#openings.slots[i]!, made, 0)) this.#broken.push(i);
  });

  constructor(readonly task: RecordTask, readonly leaves: Leaves) {
    this.#committer = new Committer(task.origin);
    this.#texts = new Texts(task.bytes);
  }

  /** Null when the line was looked at; a promise when its leaf has to be read first. */
  line(begin: number, end: number): Promise<void> | null {
    const head = this.#attempt(null, () => this.#head(begin, end));
    if (head === undefined) return null;
    const { leaf } = head;
    const check = (): void => void this.#attempt(leaf, () => this.#check(head));
    if (leaf < this.task.size && !this.leaves.has(leaf)) return this.leaves.fetch(leaf, this.task.size).then(check);
    check();
    return null;
  }

  finish(): RecordBatch {
    const { out } = this;
    return {
      lines: out.lines, slots: out.slots.slice(0, this.#filled), values: out.values.slice(0, this.#filled), texts: this.#texts.texts,
      counts: Float64Array.from(this.#counts), roots: this.#roots.slice(0, this.#roots.count).slice(),
    };
  }

  #attempt<T>(leaf: number | null, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.out.lines.push({ leaf, message: error.message });
      return undefined;
    }
  }

  #head(begin: number, end: number): RecordHead & { scan: Scanner } {
    const scan = new Scanner(this.task.bytes, begin, end);
    return { ...read_record_line(scan, this.#openings), scan };
  }

  #check({ type, entry, leaf, scan }: RecordHead & { scan: Scanner }): void {
    const read = leaf < this.task.size ? this.leaves.leaf(leaf) : null;
    if (read === null) return refuse('the log has no such leaf');
    const { form } = read;
    const slots = slots_of(form.type);
    const kept = kept_slots(form.type);
    const { count, slots: numbers } = this.#openings;
    for (let i = 0; i < count; i += 1) if (slots[numbers[i]!] === undefined) refuse(`a ${form.type} leaf has no slot ${numbers[i]}`);
    const line: RecordRead = { type, entry, leaf, table: form.type, first: this.#filled, count, wrong: [], is_spelled: true };
    this.#grow(count);
    this.#read = read;
    this.#committer.of_leaf(from_hex(form.id, 16));
    for (let i = 0; i < count; i += 1) {
      const number = numbers[i]!;
      this.#check_opening(i, slots[number]!, kept[number]! || type === 'victim', line, scan);
    }
    this.#fours.flush();
    for (const i of this.#broken.sort((a, b) => a - b)) line.wrong.push(`slot ${numbers[i]}: the opening does not give the commitment in the leaf`);
    this.#broken.length = 0;
    this.out.lines.push(line);
  }

  #grow(more: number): void {
    const { out } = this;
    if (this.#filled + more <= out.slots.length) return;
    const size = 2 * (this.#filled + more);
    const slots = new Uint8Array(size);
    const values = new Int32Array(size);
    slots.set(out.slots);
    values.set(out.values);
    Object.assign(out, { slots, values });
  }

  /** The value as a text, or as nothing where nobody asks for it; says whether it is spelled right. */
  #value({ bytes, begin, end }: Value, kind: string, is_asked_for: boolean): { text: number; is_spelled: boolean } {
    const texts = this.#texts;
    const is_here = bytes === this.task.bytes;
    if (kind === 'list') return this.#list(bytes, begin, end);
    if (!is_asked_for && kind === 'text') return { text: kForgotten, is_spelled: true };
    if (!is_asked_for && kind === 'json' && (!is_here || end - begin > kSharedBytes)) {
      return { text: kForgotten, is_spelled: is_canonical(bytes.subarray(begin, end)) };
    }
    const text = is_here ? texts.of(begin, end) : texts.add(text_of(bytes.subarray(begin, end)));
    return { text: is_asked_for ? text : kForgotten, is_spelled: texts.is_spelled(kind, text) };
  }

  #list(bytes: Uint8Array, begin: number, end: number): { text: number; is_spelled: boolean } {
    const count = count_of_list(bytes, begin, end);
    if (count === null) return { text: kForgotten, is_spelled: false };
    const root = this.#roots.grow();
    put_hex(bytes, end - 2 * kHash, kHash, root.bytes, root.at);
    return { text: kFirstList + 1 - this.#counts.push(count), is_spelled: true };
  }

  #check_opening(i: number, slot: Slot, is_asked_for: boolean, line: RecordRead, scan: Scanner): void {
    const { slots, paths, values } = this.#openings;
    const number = slots[i]!;
    const value = value_at(this.task.bytes, values[i]!);
    this.out.slots[this.#filled] = number;
    this.out.values[this.#filled] = kAbsent;
    if (value !== null) {
      const found = this.#value(value, slot.kind, is_asked_for);
      this.out.values[this.#filled] = found.text;
      if (!found.is_spelled) {
        line.is_spelled = false;
        line.wrong.push(`slot ${number}: the value is not spelled as kind ${slot.kind} is`);
      }
    }
    this.#filled += 1;
    if (!this.#is_path(paths[i]!, slot.path)) line.wrong.push(`slot ${number}: its path is '${slot.path}', not '${scan.text_at(paths[i]!).slice(0, 60)}'`);
    else this.#commit(i, slot, value);
  }

  #is_path({ begin, end }: Span, path: string): boolean {
    if (end - begin !== path.length) return false;
    for (let i = 0; i < path.length; i += 1) if (this.task.bytes[begin + i] !== path.charCodeAt(i)) return false;
    return true;
  }

  #commit(i: number, slot: Slot, value: Value | null): void {
    put_hex(this.task.bytes, this.#openings.keys[i]!, 32, this.#key, 0);
    this.#committer.commit_into(this.#fours, this.#key_words, slot, value?.bytes ?? null, value?.begin ?? 0, value?.end ?? 0, i);
  }
}

export async function read_records(task: RecordTask, leaves: Leaves): Promise<RecordBatch> {
  const batch = new Batch(task, leaves);
  const lines: number[] = [];
  each_line(task.bytes, (begin, end) => lines.push(begin, end));
  for (let i = 0; i < lines.length; i += 2) {
    const waiting = batch.line(lines[i]!, lines[i + 1]!);
    if (waiting !== null) await waiting;
  }
  return batch.finish();
}
