// records.jsonl: each disclosed entry once, by its current leaf.
import { from_hex, refuse } from './bytes';
import { kHash } from './hashes';
import { is_kept, ListHeads, Opened } from './opened';
import { in_order, type Pool } from './pool';
import { kFirstList, type RecordBatch } from './record_batch';
import type { RecordLine } from './record_line';
import type { Register } from './register';
import { interval_from, kCounts, list_from, slots_of, type LeafType } from './slots';
import { kLastCut, line_chunks, type LineChunk, type Source } from './source';
import type { Findings } from './verdict';

export const kRecords = 'records.jsonl';

/** Values as the checks that follow read them; the slots' numbers must be those of the leaf's table. */
export function opened_from(line: RecordLine, table: LeafType): Opened {
  const out = new Opened(line.type, line.entry, line.leaf, table);
  const slots = slots_of(table);
  for (const { slot, value } of line.openings) {
    const { path, kind } = slots[slot] ?? refuse(`a ${table} leaf has no slot ${slot}`); // not the line's, which may be wrong
    const list = kind === 'list' && value !== null ? list_from(value) : null;
    if (list !== null) out.open_list(slot, list.count, from_hex(list.root, kHash));
    else out.open(slot, value === null || is_kept(path) || line.type === 'victim' ? value : '');
  }
  return out;
}

const kTimeLevels = ['time/year', 'time/month', 'time/day'];

function times_agree(opened: Opened): boolean {
  const known = kTimeLevels.map((path) => opened.value(path)).filter((value) => value !== null);
  return known.every((value, i) => i === 0 || value.startsWith(known[i - 1]!));
}

const kCountSlots = kCounts.map((name) => ({ name, low: `count/${name}/low`, high: `count/${name}/high`, interval: `count/${name}/interval` }));

/** The three slots of a count say one thing. */
function count_agrees(opened: Opened, paths: (typeof kCountSlots)[number]): boolean {
  const low = opened.slot(paths.low);
  const high = opened.slot(paths.high);
  const interval = opened.slot(paths.interval);
  if (typeof low === 'string' && typeof high === 'string' && BigInt(low) > BigInt(high)) return false;
  if (interval === undefined) return true;
  const [from, to] = interval === null ? ['', ''] : interval_from(interval)!;
  return (low === undefined || (low ?? '') === from) && (high === undefined || (high ?? '') === to);
}

function check_levels(opened: Opened, findings: Findings): void {
  if (!times_agree(opened)) findings.add('record', kRecords, opened.leaf, 'its year, month and day contradict each other');
  if (opened.type === 'victim') return;
  for (const paths of kCountSlots) {
    if (!count_agrees(opened, paths)) findings.add('record', kRecords, opened.leaf, `its bounds of ${paths.name} contradict each other`);
  }
}

/** Everything that is opened, by leaf, and the events in ascending order. */
export interface Records {
  events: Opened[];
  victims: Opened[];
  at: Map<number, Opened>;
}

/** What a line says it is of must be what the register says. */
function check_place(opened: Opened, register: Register): void {
  if (register.types[opened.entry] !== opened.type) refuse(`entry ${opened.entry} is not of type ${opened.type}`);
  const entry = register.entries.get(opened.entry);
  if (entry === undefined) {
    if (opened.leaf !== opened.entry) refuse('a leaf that is no entry is restated by another');
    if (opened.type === 'amend') refuse('what an amendment says is opened as its entry, or not at all');
    if (register.redacted.has(opened.entry)) refuse('the leaf was redacted, yet something is opened of it');
  } else if (entry.state !== 'disclosed') {
    refuse(`entry ${opened.entry} is ${entry.state}, yet it is among the records`);
  } else if (entry.current !== opened.leaf) {
    refuse(`entry ${opened.entry} is restated by leaf ${entry.current} now`);
  }
}

const kInternedUnits = 40; // values up to this length are kept once, however many entries have them

class RecordReader {
  readonly records: Records = { events: [], victims: [], at: new Map() };
  slots = 0;
  #last = -1;
  readonly #texts = new Map<string, string>();
  readonly #heads = new ListHeads();
  constructor(readonly register: Register, readonly findings: Findings) {}

  take(batch: RecordBatch): void {
    const texts = batch.texts.map((text) => this.#shared(text));
    for (const line of batch.lines) {
      if ('message' in line) {
        this.#wrong(line.leaf, line.message);
        continue;
      }
      for (const message of line.wrong) this.findings.add('opening', kRecords, line.leaf, message);
      if (!line.is_spelled) continue;
      const opened = new Opened(line.type, line.entry, line.leaf, line.table, this.#heads);
      for (let i = line.first; i < line.first + line.count; i += 1) {
        const value = batch.values[i]!;
        if (value <= kFirstList) opened.open_list(batch.slots[i]!, batch.counts[kFirstList - value]!, batch.roots.subarray((kFirstList - value) * kHash, (kFirstList - value + 1) * kHash));
        else opened.open(batch.slots[i]!, value < 0 ? null : texts[value]!);
      }
      if (opened.type === 'event' || opened.type === 'victim') check_levels(opened, this.findings);
      this.#keep(opened);
    }
  }

  #shared(text: string): string {
    if (text.length > kInternedUnits) return text;
    const known = this.#texts.get(text);
    if (known === undefined) this.#texts.set(text, text);
    return known ?? text;
  }

  #keep(opened: Opened): void {
    const placed = this.findings.attempt('record', kRecords, opened.leaf, () => {
      check_place(opened, this.register);
      return true;
    });
    if (placed === undefined) return;
    if (opened.entry <= this.#last) return this.#wrong(opened.leaf, 'the records are not ascending, or state an entry twice');
    this.#last = opened.entry;
    this.slots += opened.count;
    this.records.at.set(opened.leaf, opened);
    if (opened.type === 'event') this.records.events.push(opened);
    if (opened.type === 'victim') this.records.victims.push(opened);
  }

  #wrong(leaf: number | null, message: string): void {
    this.findings.add('record', kRecords, leaf, message);
  }
}

function check_all_present(records: Records, register: Register, findings: Findings): void {
  for (const entry of register.entries.values()) {
    if (entry.state === 'disclosed' && !records.at.has(entry.current)) {
      findings.add('record', kRecords, entry.index, 'the entry is live and not withheld, yet it has no record');
    }
  }
}

/** "verified" comes only from a decision of verb verify, opened, and names its method. */
function check_verified(records: Records, findings: Findings): void {
  let verified = 0;
  for (const event of records.events) {
    const lineages = event.value('lineages');
    if (event.value('status') === 'corroborated' && lineages !== null && BigInt(lineages) < 2n) {
      findings.add('status', kRecords, event.leaf, `is called corroborated by ${lineages} lineages`);
    }
    if (event.value('status') !== 'verified') continue;
    verified += 1;
    const decision = event.value('status/decision');
    if ((event.value('status/method') ?? '') === '' || decision === null) {
      findings.add('status', kRecords, event.leaf, 'is called verified without a method and a decision');
      continue;
    }
    const opened = records.at.get(Number(decision));
    if (opened?.type !== 'decision' || opened.value('verb') !== 'verify') {
      findings.add('status', kRecords, event.leaf, `leaf ${decision} is no opened decision that verifies`);
    }
  }
  findings.count('verified', verified);
}

function check_umbrellas(records: Records, register: Register, findings: Findings): void {
  for (const event of records.events) {
    const named = event.value('umbrella');
    if (named === null) continue;
    const entry = register.entries.get(Number(named));
    const extent = entry === undefined ? null : records.at.get(entry.current)?.value('extent') ?? null;
    if (entry?.type !== 'event' || (extent !== null && extent !== 'umbrella')) {
      findings.add('record', kRecords, event.leaf, `entry ${named} is no umbrella`);
    }
  }
}

const kShared = [
  'act/family', 'act/name', ...kTimeLevels, 'place/country', 'place/province', 'place/county', 'place/town', 'place/exact',
];

/** The events that a victim names, where that is opened. */
function events_of(victim: Opened): unknown[] {
  const named = victim.value('victim/events');
  const list: unknown = named === null ? [] : JSON.parse(named);
  return Array.isArray(list) ? list : [];
}

/** What is opened of a victim's act, time and place is what its events say. */
function check_victims(records: Records, register: Register, findings: Findings): void {
  for (const victim of records.victims) {
    for (const named of events_of(victim)) {
      const entry = typeof named === 'number' ? register.entries.get(named) : undefined;
      if (entry?.type !== 'event') {
        findings.add('record', kRecords, victim.leaf, `entry ${String(named)} is no event`);
        continue;
      }
      // An event that was restated since then may say something else; its victims follow a batch at a time.
      const event = records.at.get(entry.current);
      if (event === undefined || event.leaf > victim.leaf) continue;
      for (const level of kShared) {
        const [here, there] = [victim.value(level), event.value(level)];
        if (here === null || there === null || here === there) continue;
        findings.add('record', kRecords, victim.leaf, `its ${level} is '${here}', that of its event ${entry.index} is '${there}'`);
      }
    }
  }
}

const kWithin: [string, string][] = [
  ['act/name', 'act/family'], ['place/province', 'place/country'], ['place/county', 'place/country'], ['place/county', 'place/province'],
  ['place/town', 'place/country'], ['place/town', 'place/province'], ['place/town', 'place/county'], ['place/exact', 'place/country'],
  ['place/exact', 'place/province'], ['place/exact', 'place/county'], ['place/exact', 'place/town'],
];

/** One value of a finer level has one value of the coarser, over all events that open both. */
function check_within(records: Records, findings: Findings): void {
  for (const [finer, coarser] of kWithin) {
    const seen = new Map<string, string>();
    for (const event of records.events) {
      const [inner, outer] = [event.value(finer), event.value(coarser)];
      if (inner === null || outer === null) continue;
      const first = seen.get(inner);
      if (first === undefined) seen.set(inner, outer);
      else if (first !== outer) {
        findings.add('record', kRecords, event.leaf, `${finer} '${inner}' lies in ${coarser} '${first}' and in '${outer}'`);
        break;
      }
    }
  }
}

export async function check_records(source: Source, log: { origin: string; size: number }, register: Register, pool: Pool, progress: (end: number) => void, findings: Findings): Promise<Records> {
  const reader = new RecordReader(register, findings);
  const work = ({ bytes }: LineChunk): Promise<RecordBatch> => pool.run({ kind: 'records', bytes, ...log });
  await in_order(line_chunks(source, kRecords), pool.width, work, (batch, { end, is_cut }) => {
    reader.take(batch);
    pool.forget(batch);
    if (is_cut) findings.add('record', kRecords, null, kLastCut);
    progress(end);
  });
  const { records } = reader;
  check_all_present(records, register, findings);
  check_verified(records, findings);
  check_umbrellas(records, register, findings);
  check_within(records, findings);
  check_victims(records, register, findings);
  findings.count('records', records.at.size);
  findings.count('slots', reader.slots);
  return records;
}
