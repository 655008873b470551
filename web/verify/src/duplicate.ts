// The duplicate rule: nothing that is disclosed may be one act twice. spec/register.md.
import type { Opened } from './opened';
import { kRecords, type Records } from './records';
import type { Register } from './register';
import type { Findings } from './verdict';

const kLevels = [
  'act/family', 'act/name', 'time/year', 'time/month', 'time/day', 'place/country', 'place/province', 'place/county',
  'place/town', 'place/exact', 'extent',
];
const kCellSlots = ['act/name', 'time/year', 'time/month', 'place/country', 'place/province', 'place/county', 'place/town'];
const kMaxPairs = 20_000_000; // pairs of groups looked at; an honest edition of a million events has far fewer

const kClosed = -1; // a level that is not opened, or absent

/** Values of levels, as small numbers. */
class Codes {
  readonly #codes = new Map<string, number>();
  of(value: string | null): number {
    if (value === null) return kClosed;
    let code = this.#codes.get(value);
    if (code === undefined) this.#codes.set(value, (code = this.#codes.size));
    return code;
  }
}

/** Events that open the same levels with the same values. */
interface Group {
  levels: number[];
  events: number[]; // ascending
  /** Up to which index a reviewed cell explains its members, for each cell that holds them. */
  cells: Map<number, number>;
}

const kNoCells = new Map<number, number>(); // of every group that no cell holds

function levels_of(event: Opened, codes: Codes): number[] {
  return kLevels.map((path) => {
    const value = event.value(path);
    return codes.of(path === 'extent' && value !== null && value !== 'umbrella' ? 'act' : value);
  });
}

function groups_of(events: Opened[], codes: Codes): Group[] {
  const groups = new Map<string, Group>();
  for (const event of events) {
    const levels = levels_of(event, codes);
    const key = levels.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { levels, events: [event.entry], cells: kNoCells });
    else group.events.push(event.entry);
  }
  return [...groups.values()];
}

/** Who made a `distinct` leaf; one that does not open it explains nothing. */
function maker_of(leaf: number, records: Records): 'program' | 'person' | null {
  const opened = records.at.get(leaf);
  const by = opened?.type === 'distinct' ? opened.value('made-by') : null;
  return by === 'program' || by === 'person' ? by : null;
}

/** Reviewed cells whose seven slots are all opened. */
function mark_cells(groups: Group[], codes: Codes, register: Register, records: Records): void {
  for (const { leaf, through } of register.distincts) {
    const opened = through === null || maker_of(leaf, records) === null ? undefined : records.at.get(leaf);
    if (opened === undefined) continue;
    const wanted = kCellSlots.map((path) => opened.slot(path));
    if (wanted.includes(undefined)) continue;
    const needed = wanted.flatMap((value, i) => (value === null ? [] : [{ level: kLevels.indexOf(kCellSlots[i]!), code: codes.of(value!) }]));
    for (const group of groups) {
      if (!needed.every(({ level, code }) => group.levels[level] === code)) continue;
      if (group.cells === kNoCells) group.cells = new Map();
      group.cells.set(leaf, through!);
    }
  }
}

/** Sets of entries that were found distinct, by entry. */
function sets_by_entry(register: Register, records: Records): Map<number, Set<number>> {
  const out = new Map<number, Set<number>>();
  for (const { leaf, entries } of register.distincts) {
    if (maker_of(leaf, records) === null) continue;
    for (const entry of entries) out.set(entry, (out.get(entry) ?? new Set()).add(leaf));
  }
  return out;
}

function list_at<K>(lists: Map<K, Group[]>, key: K): Group[] {
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = []));
  return list;
}

/** Calls `look` for each two groups, or a group with itself, that no level opened in both tells apart. */
function for_each_meeting(groups: Group[], look: (a: Group, b: Group) => void): boolean {
  const by_mask = new Map<number, Group[]>();
  for (const group of groups) {
    const mask = group.levels.reduce((bits, level, i) => (level === kClosed ? bits : bits | (1 << i)), 0);
    list_at(by_mask, mask).push(group);
  }
  const masks = [...by_mask.entries()];
  let pairs = 0;
  for (let i = 0; i < masks.length; i += 1) {
    for (let j = i; j < masks.length; j += 1) {
      const common = masks[i]![0] & masks[j]![0];
      const key = (group: Group): string => group.levels.filter((_, bit) => (common >> bit) & 1).join();
      const met = new Map<string, Group[]>();
      for (const group of masks[j]![1]) list_at(met, key(group)).push(group);
      for (const left of masks[i]![1]) {
        for (const right of met.get(key(left)) ?? []) {
          pairs += 1;
          if (pairs > kMaxPairs) return false;
          look(left, right);
        }
      }
    }
  }
  return true;
}

/** Up to which index one reviewed cell explains members of both; -1 when none does. */
function explained_through(a: Group, b: Group): number {
  let through = -1;
  for (const [cell, upto] of a.cells) if (b.cells.has(cell)) through = Math.max(through, upto);
  return through;
}

class Search {
  found = 0;
  readonly #sets: Map<number, Set<number>>;
  constructor(register: Register, records: Records, readonly findings: Findings) {
    this.#sets = sets_by_entry(register, records);
  }

  /** How many events a program, and how many a person, keeps apart from others like them. */
  tally(groups: Group[], records: Records): { program: number; person: number } {
    const out = { program: 0, person: 0 };
    for (const group of groups) {
      for (const event of group.events) {
        const acts = [...(this.#sets.get(event) ?? []), ...[...group.cells].filter(([, through]) => event <= through).map(([leaf]) => leaf)];
        const makers = new Set(acts.map((leaf) => maker_of(leaf, records)));
        if (makers.has('program')) out.program += 1;
        if (makers.has('person')) out.person += 1;
      }
    }
    return out;
  }

  #share_a_set(a: number, b: number): boolean {
    const sets = this.#sets.get(b);
    if (sets === undefined) return false;
    for (const leaf of this.#sets.get(a) ?? []) if (sets.has(leaf)) return true;
    return false;
  }

  look(a: Group, b: Group): void {
    const through = explained_through(a, b);
    for (const x of a.events) {
      // Of two that a cell explains neither is newer than it; pairs are looked at once, the older first in one group.
      for (let i = b.events.length - 1; i >= 0; i -= 1) {
        const y = b.events[i]!;
        if (a === b && y <= x) break;
        if (x <= through && y <= through) break;
        if (!this.#share_a_set(x, y)) return this.#name(x, y);
      }
    }
  }

  /** One pair of two groups is named; the others would be as many as their product. */
  #name(x: number, y: number): void {
    this.found += 1;
    const [first, second] = x < y ? [x, y] : [y, x];
    this.findings.add('duplicate', kRecords, first, `entries ${first} and ${second} may be one act twice: nothing opened tells them apart and no distinct leaf cites them together`);
  }
}

export function check_duplicates(records: Records, register: Register, findings: Findings): void {
  const codes = new Codes();
  const groups = groups_of(records.events, codes);
  mark_cells(groups, codes, register, records);
  const search = new Search(register, records, findings);
  if (!for_each_meeting(groups, (a, b) => search.look(a, b))) {
    findings.add('duplicate', kRecords, null, 'too many entries overlap to look at each pair');
  }
  const { program, person } = search.tally(groups, records);
  findings.count('distinct by machine', program);
  findings.count('distinct by person', person);
}
