// records.jsonl: each disclosed entry once, by its current leaf, each opened slot against its commitment.
import { from_hex, refuse, to_base64 } from './bytes';
import { Committer } from './commitment';
import type { Leaves } from './log';
import { is_kept, Opened } from './opened';
import type { Register } from './register';
import { Scanner } from './scanner';
import { interval_from, is_spelled, is_type, kCounts, slots_of, type LeafType } from './slots';
import { for_each_line, type Source } from './source';
import type { Findings } from './verdict';

export const kRecords = 'records.jsonl';

interface Opening {
  slot: number;
  path: string;
  value: string | null;
  key: string;
}

export interface RecordLine {
  type: LeafType;
  entry: number;
  leaf: number;
  openings: Opening[];
}

function opening_from(scan: Scanner): Opening {
  scan.expect('[');
  const slot = scan.count();
  scan.expect(',');
  const path = scan.text();
  scan.expect(',');
  const value = scan.nullable_text();
  scan.expect(',');
  const key = scan.hex(64);
  scan.expect(']');
  return { slot, path, value, key };
}

export function record_from(line: string): RecordLine {
  const scan = new Scanner(line);
  scan.expect('{"type":');
  const type = scan.text();
  scan.expect(',"entry":');
  const entry = scan.count();
  scan.expect(',"leaf":');
  const leaf = scan.count();
  scan.expect(',"slots":');
  const openings = scan.list(() => opening_from(scan));
  scan.expect('}');
  scan.end();
  if (!is_type(type)) return refuse(`'${type.slice(0, 40)}' is no type of a leaf`);
  openings.forEach((opening, i) => {
    if (i > 0 && openings[i - 1]!.slot >= opening.slot) refuse(`slot ${opening.slot} is opened twice or out of order`);
  });
  return { type, entry, leaf, openings };
}

/** Values as the checks that follow read them; the slots' numbers must be those of the leaf's table. */
export function opened_from(line: RecordLine, table: LeafType): Opened {
  const out = new Opened(line.type, line.entry, line.leaf, table);
  const slots = slots_of(table);
  for (const { slot, path, value } of line.openings) {
    if (slots[slot] === undefined) refuse(`a ${table} leaf has no slot ${slot}`);
    out.open(slot, value === null || is_kept(path) || line.type === 'victim' ? value : '');
  }
  return out;
}

/** Checks the openings of one line. False when a value is not even spelled right, so that nothing is counted with it. */
function check_openings(line: RecordLine, leaf: { type: LeafType; id: string; commitments: string[] }, committer: Committer, findings: Findings): boolean {
  const slots = slots_of(leaf.type);
  const id = from_hex(leaf.id, 16);
  let spelled = true;
  for (const { slot, path, value, key } of line.openings) {
    const { path: wanted, kind } = slots[slot]!;
    const wrong = (message: string): void => findings.add('opening', kRecords, line.leaf, `slot ${slot}: ${message}`);
    if (value !== null && !is_spelled(kind, value)) {
      spelled = false;
      wrong(`the value is not spelled as kind ${kind} is`);
    }
    if (path !== wanted) wrong(`its path is '${wanted}', not '${path.slice(0, 60)}'`);
    else if (to_base64(committer.commit(from_hex(key, 32), id, path, kind, value)) !== leaf.commitments[slot]) {
      wrong('the opening does not give the commitment in the leaf');
    }
  }
  return spelled;
}

const kTimeLevels = ['time/year', 'time/month', 'time/day'];

function times_agree(opened: Opened): boolean {
  const known = kTimeLevels.map((path) => opened.value(path)).filter((value) => value !== null);
  return known.every((value, i) => i === 0 || value.startsWith(known[i - 1]!));
}

/** The three slots of a count say one thing. */
function count_agrees(opened: Opened, name: string): boolean {
  const low = opened.slot(`count/${name}/low`);
  const high = opened.slot(`count/${name}/high`);
  const interval = opened.slot(`count/${name}/interval`);
  if (typeof low === 'string' && typeof high === 'string' && BigInt(low) > BigInt(high)) return false;
  if (interval === undefined) return true;
  const [from, to] = interval === null ? ['', ''] : interval_from(interval)!;
  return (low === undefined || (low ?? '') === from) && (high === undefined || (high ?? '') === to);
}

function check_levels(opened: Opened, findings: Findings): void {
  if (!times_agree(opened)) findings.add('record', kRecords, opened.leaf, 'its year, month and day contradict each other');
  for (const name of kCounts) {
    if (!count_agrees(opened, name)) findings.add('record', kRecords, opened.leaf, `its bounds of ${name} contradict each other`);
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
  } else if (entry.state !== 'disclosed') {
    refuse(`entry ${opened.entry} is ${entry.state}, yet it is among the records`);
  } else if (entry.current !== opened.leaf) {
    refuse(`entry ${opened.entry} is restated by leaf ${entry.current} now`);
  }
}

class RecordReader {
  readonly records: Records = { events: [], victims: [], at: new Map() };
  slots = 0;
  #last = -1;
  readonly #committer: Committer;
  constructor(origin: string, readonly register: Register, readonly leaves: Leaves, readonly findings: Findings) {
    this.#committer = new Committer(origin);
  }

  async take(line: string): Promise<void> {
    const record = this.findings.attempt('record', kRecords, null, () => record_from(line));
    if (record === undefined) return;
    const table = this.register.types[record.leaf];
    if (table === undefined || table === null) return this.#wrong(record.leaf, 'the log has no such leaf');
    const opened = this.findings.attempt('record', kRecords, record.leaf, () => opened_from(record, table));
    if (opened === undefined) return;
    const leaf = { type: table, id: this.register.ids[record.leaf]!, commitments: await this.leaves.commitments(record.leaf) };
    if (!check_openings(record, leaf, this.#committer, this.findings)) return;
    if (opened.type === 'event') check_levels(opened, this.findings);
    this.#keep(opened);
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

  #wrong(leaf: number, message: string): void {
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

const kWithin: [string, string][] = [
  ['act/name', 'act/family'], ['place/province', 'place/country'], ['place/county', 'place/province'], ['place/town', 'place/province'],
  ['place/town', 'place/county'], ['place/exact', 'place/province'], ['place/exact', 'place/county'], ['place/exact', 'place/town'],
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

export async function check_records(source: Source, origin: string, register: Register, leaves: Leaves, progress: (end: number) => void, findings: Findings): Promise<Records> {
  const reader = new RecordReader(origin, register, leaves, findings);
  await for_each_line(source, kRecords, {
    wrong: (message) => findings.add('record', kRecords, null, message),
    line: async (line, end) => {
      await reader.take(line);
      progress(end);
    },
  });
  const { records } = reader;
  check_all_present(records, register, findings);
  check_verified(records, findings);
  check_umbrellas(records, register, findings);
  check_within(records, findings);
  findings.count('records', records.at.size);
  findings.count('slots', reader.slots);
  return records;
}
