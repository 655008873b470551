// What an edition may open, and in what company: spec/policy.md.
import { refuse } from './bytes';
import type { LeafForm } from './leaf';
import type { Manifest } from './manifest';
import type { Opened } from './opened';
import { kRecords, type Records } from './records';
import type { Register } from './register';
import { Scanner } from './scanner';
import { slot_at, type LeafType } from './slots';
import type { Findings } from './verdict';

export interface Policy {
  slots: Record<string, string[]>;
  passages: 'none' | 'without persons' | 'all';
  victims: 'withheld' | 'opened';
  origins: 'withheld' | 'opened';
  evidence: 'none' | 'cited' | 'all';
  batch: number;
  min_cell: number;
}

const kLists: [string, LeafType][] = [
  ['event_slots', 'event'], ['victim_slots', 'victim'], ['capture_slots', 'capture'], ['source_slots', 'source'],
  ['decision_slots', 'decision'], ['act_slots', 'merge'],
];
const kMaxGroup = 1_000_000;
const kMaxPolicyBytes = 64 << 10;

function word<T extends string>(scan: Scanner, key: string, words: readonly T[]): T {
  scan.expect(`,"${key}":`);
  const found = scan.text();
  return words.find((each) => each === found) ?? refuse(`a policy knows no ${key} '${found.slice(0, 40)}'`);
}

function group(scan: Scanner, key: string): number {
  scan.expect(`,"${key}":`);
  const size = scan.count();
  return size >= 1 && size <= kMaxGroup ? size : refuse(`${key} is not from 1 to ${kMaxGroup}`);
}

/** policy.json: one line and a newline. */
export function policy_from(text: string): Policy {
  if (text.length > kMaxPolicyBytes) refuse('a policy is longer than 64 KiB');
  const scan = new Scanner(text);
  scan.expect('{"type":"policy","name":');
  scan.text();
  const slots: Policy['slots'] = {};
  for (const [key, type] of kLists) {
    scan.expect(`,"${key}":`);
    const paths = scan.list(() => scan.text());
    const numbers = paths.map((path) => slot_at(type, path));
    if (numbers.some((slot, i) => slot < 0 || (i > 0 && numbers[i - 1]! >= slot))) refuse(`${key} are no slots in their order`);
    slots[type] = paths;
  }
  const policy: Policy = {
    slots,
    passages: word(scan, 'passages', ['none', 'without persons', 'all']),
    victims: word(scan, 'victims', ['withheld', 'opened']),
    origins: word(scan, 'origins', ['withheld', 'opened']),
    evidence: word(scan, 'evidence', ['none', 'cited', 'all']),
    batch: group(scan, 'batch'),
    min_cell: group(scan, 'min_cell'),
  };
  scan.expect('}\n');
  scan.end();
  return policy;
}

const kActs = new Set<LeafType>(['merge', 'split', 'distinct', 'withhold', 'withdraw', 'redact']);
const kAlways: Partial<Record<LeafType, string[]>> = {
  capture: ['part-count'], dispose: ['statuses'], rule: ['name'], decision: ['verb'],
  distinct: ['made-by', 'act/name', 'time/year', 'time/month', 'place/country', 'place/province', 'place/county', 'place/town'],
};

/** Paths that may be opened of an entry or leaf of this type. */
export function openable(policy: Policy, type: LeafType): Set<string> {
  const named = policy.slots[kActs.has(type) ? 'merge' : type] ?? [];
  const parts = type === 'capture' && policy.evidence !== 'none' ? ['parts'] : [];
  return new Set([...named, ...(kAlways[type] ?? []), ...parts]);
}

function check_slots(policy: Policy, records: Records, findings: Findings): void {
  const allowed = new Map<LeafType, Set<string>>();
  let closed = 0;
  for (const opened of records.at.values()) {
    let may = allowed.get(opened.type);
    if (may === undefined) allowed.set(opened.type, (may = openable(policy, opened.type)));
    for (const path of opened.paths()) {
      if (!may.has(path)) findings.add('policy', kRecords, opened.leaf, `opens ${path}, which the policy withholds`);
    }
    if (opened.type === 'event') closed += Math.max(0, may.size - opened.count);
  }
  findings.keep_back('slots by decision', closed);
}

/** What an edition opens of a victim, as one key; empty when that is nothing. */
function attributes_of(victim: Opened): string {
  const out: string[] = [];
  for (const path of victim.paths()) {
    if (path === 'made-by') continue;
    const list = victim.list(path);
    out.push(JSON.stringify([path, list === null ? victim.value(path) : String(list.count)]));
  }
  return out.sort().join();
}

function check_cells(policy: Policy, manifest: Manifest, victims: Opened[], findings: Findings): void {
  const { previous } = manifest;
  const fresh_from = previous !== null && previous.policy === manifest.policy ? previous.size : 0;
  const cells = new Map<string, number>();
  const keys = victims.map(attributes_of);
  for (const key of keys) cells.set(key, (cells.get(key) ?? 0) + 1);
  victims.forEach((victim, i) => {
    const company = cells.get(keys[i]!)!;
    if (keys[i] === '' || victim.leaf < fresh_from || company >= policy.min_cell) return;
    findings.add('policy', kRecords, victim.leaf, `its attributes are those of ${company} victims, and the policy opens none of fewer than ${policy.min_cell}`);
  });
  const fresh = victims.map((victim, i) => ({ key: keys[i]!, leaf: victim.leaf })).filter(({ leaf }) => leaf >= fresh_from);
  const closed = fresh.filter(({ key }) => key === '').length;
  if (closed > 0 && closed < fresh.length && closed < policy.min_cell) {
    findings.add('policy', kRecords, null, `${closed} victims are closed beside others that are opened, and the policy closes none of fewer than ${policy.min_cell}`);
  }
  if (policy.slots['victim']!.length > 0) findings.keep_back('victims closed', cells.get('') ?? 0);
}

/** Victims that leaves since the edition before entered, restated, merged or disclosed again. */
export class VictimsActedOn {
  readonly #seen = new Set<number>();
  constructor(readonly from: number) {}
  note(leaf: LeafForm, index: number): void {
    if (index < this.from) return;
    if (leaf.type === 'victim') this.#seen.add(index);
    for (const [role, cited] of leaf.refs) {
      const acts = leaf.type === 'amend' || leaf.type === 'merge' || (leaf.type === 'withhold' && role === 'lift');
      if (acts) for (const entry of cited) this.#seen.add(entry);
    }
  }
  count(register: Register): number {
    return [...this.#seen].filter((entry) => register.entries.get(entry)?.type === 'victim').length;
  }
}

export function check_policy(policy: Policy, manifest: Manifest, records: Records, register: Register, acted: VictimsActedOn, findings: Findings): void {
  check_slots(policy, records, findings);
  check_cells(policy, manifest, records.victims, findings);
  const acts = acted.count(register);
  if (acts > 0 && acts < policy.batch && acted.from <= manifest.size) {
    findings.add('policy', '', null, `${acts} victims entered or changed since the edition before, and the policy's batch is ${policy.batch}`);
  }
  if (policy.batch > 1) findings.leave_open('victims wait', policy.batch - 1);
  if (policy.victims === 'withheld' && records.victims.length > 0) {
    findings.add('policy', kRecords, records.victims[0]!.entry, 'a victim is disclosed, and the policy withholds all');
  }
}

/** What an edition opens of sources: leaves of the registry, and records of `origins` as "LEAF/INDEX". */
export interface Released {
  sources: Set<number>;
  origins: Set<string>;
}

/** Sources and origins that the edition before did not open are opened enough at a time. */
export function check_release(policy: Policy, now: Released, before: Released, findings: Findings): void {
  for (const [what, here, there] of [['sources', now.sources, before.sources], ['origins of claims', now.origins, before.origins]] as const) {
    const fresh = [...here].filter((each) => !(there as Set<number | string>).has(each)).length;
    if (fresh === 0 || fresh >= policy.batch) continue;
    findings.add('policy', 'policy.json', null, `${fresh} ${what} are opened that the edition before did not open, and the policy's batch is ${policy.batch}`);
  }
}
