// What changed since the edition before, and why. spec/edition.md.
import { compare_texts, hex_of, Malformed, refuse, text_of } from './bytes';
import { check_files, read_manifest, type Listed } from './files';
import type { Tree } from './merkle';
import type { Pin } from './pin';
import { list_line_from } from './list_line';
import { check_release, type Policy, type Released } from './policy';
import { record_from } from './record_line';
import { opened_from, kRecords, type Records } from './records';
import type { Opened } from './opened';
import type { Register } from './register';
import { high_of, low_of, rule_from, share_of, share_text, type Rule } from './rule';
import { Scanner } from './scanner';
import { is_spelled, slots_of } from './slots';
import { for_each_line, ListedSource, read_whole, type Source } from './source';
import { recount, type Population } from './total';
import { kMaxTotalsBytes, stated_from, type RuleInForce } from './totals_check';
import { Findings } from './verdict';

const kChanges = 'changes.jsonl';
const kManifest = 'edition.json';
const kMaxRuleBytes = 1 << 20;

type Cause = 'leaf' | 'rule' | 'policy';

interface Change {
  rule: string;
  entry: number;
  from: string;
  to: string;
  cause: Cause;
  leaf: number | null;
}

/** "out", or "in|undecided CELL unstated|LOW..HIGH", where HIGH may be empty. */
function is_share(text: string): boolean {
  if (text === 'out') return true;
  const parts = /^(?:in|undecided) .*?(?<= )(?:unstated|([0-9]+)\.\.([0-9]*))$/s.exec(text);
  const fits = (digits: string | undefined): boolean => BigInt(digits ?? '0') < 2n ** 63n;
  return parts !== null && / .* /s.test(text) && fits(parts[1]) && fits(parts[2]);
}

function change_from(line: string): Change {
  const scan = new Scanner(line);
  scan.expect('{"type":"change","rule":');
  const rule = scan.text();
  scan.expect(',"entry":');
  const entry = scan.count();
  scan.expect(',"from":');
  const from = scan.text();
  scan.expect(',"to":');
  const to = scan.text();
  scan.expect(',"cause":');
  const cause = scan.text();
  scan.expect(',"leaf":');
  const leaf = scan.take('null') ? null : scan.count();
  scan.expect('}');
  scan.end();
  if (!is_share(from) || !is_share(to)) refuse('a change is between shares that are none');
  if (cause !== 'leaf' && cause !== 'rule' && cause !== 'policy') return refuse(`'${cause.slice(0, 40)}' is no cause`);
  return { rule, entry, from, to, cause, leaf };
}

/** What an edition is, as far as shares in totals depend on it. */
interface Side {
  entries: Map<number, Opened>;
  rules: RuleInForce[];
  size: number;
  policy: string;
  released: Released;
}

export interface Now {
  /** When it can be read. */
  disclosure: Policy | undefined;
  released: Released;
  source: Source;
  listed: Listed;
  tree: Tree;
  register: Register;
  records: Records;
  rules: RuleInForce[];
  population: Population;
  /** Entries withheld at the size of the edition before. */
  withheld_before: { events: number; victims: number };
}

/** The log holds an `edition` leaf for each edition before this one, and the last is the one that this names. */
function check_chain(now: Now, findings: Findings): void {
  const { manifest } = now.listed;
  const wrong = (message: string): void => findings.add('change', kManifest, null, message);
  const last = now.register.editions[now.register.editions.length - 1];
  const { previous } = manifest;
  if (last === undefined || previous === null) {
    if (previous !== null) return wrong('it names an edition before it that is not in the log');
    if (last !== undefined) return wrong('the log holds an edition before it that it does not name');
    if (manifest.number !== 1) wrong('the first edition has another number');
    return;
  }
  const { editions } = now.register;
  if (manifest.number !== editions.length + 1) wrong(`it is edition ${manifest.number} by its own word and ${editions.length + 1} by the log`);
  if (last.bind !== previous.manifest) wrong('the edition before it is not the one in the log');
  // An edition's leaf comes behind the leaves that it is about, and the next edition is about that leaf too.
  const earliest = (editions[editions.length - 2]?.leaf ?? -1) + 1;
  const is_in_place = earliest <= previous.size && previous.size <= last.leaf;
  if (manifest.number !== previous.number + 1 || !is_in_place) wrong('it does not follow the edition before it');
}

/** Each rule that was in force then has its total then: or a number could change without a word. */
function check_totals_before(now: Now, findings: Findings): void {
  const previous = now.listed.manifest.previous!;
  for (const { rule, leaf } of now.rules) {
    if (leaf >= previous.size || previous.totals.some((total) => total.rule === rule.name)) continue;
    findings.add('change', kManifest, leaf, `it leaves out what '${rule.name}' was in the edition before it`);
  }
}

/** What this edition says of the one before it is what the reader's copy says of itself. */
async function check_words_about(copy: Listed, source: Source, now: Now, findings: Findings): Promise<void> {
  const said = now.listed.manifest.previous!;
  const totals = stated_from(text_of(await read_whole(source, 'totals.json', kMaxTotalsBytes)));
  const of_copy = totals.map(({ rule, low, high }) => `${rule} ${low} ${high}`);
  const repeated = said.totals.map(({ rule, low, high }) => `${rule} ${low} ${high}`);
  const { number, size, policy } = copy.manifest;
  if (said.number !== number || said.size !== size || said.policy !== policy || of_copy.join('\n') !== repeated.join('\n')) {
    findings.add('change', kManifest, null, 'what it says of the edition before it is not what that edition says');
  }
}

/** Why an entry's share may differ; null when nothing gives a cause. */
function cause_of(entry: number, rule_leaf: number, before: { size: number; policy: string }, now: Now): { cause: Cause; leaf: number | null } | null {
  const last_act = now.register.entries.get(entry)?.last_act ?? -1;
  if (last_act >= before.size) return { cause: 'leaf', leaf: last_act };
  if (rule_leaf >= before.size) return { cause: 'rule', leaf: rule_leaf };
  return before.policy === now.listed.manifest.policy ? null : { cause: 'policy', leaf: null };
}

function share(rule: Rule, opened: Opened | undefined): string {
  const is_counted = opened !== undefined && opened.type === (rule.unit === 'victims' ? 'victim' : 'event');
  return is_counted ? share_text(share_of(rule, opened)) : 'out';
}

function check_causes(changes: Change[], now: Now, entries: Map<number, Opened>, findings: Findings): void {
  const before = now.listed.manifest.previous!;
  for (const change of changes) {
    const wrong = (message: string): void => findings.add('change', kChanges, change.entry, message);
    const rule = now.rules.find((each) => each.rule.name === change.rule);
    if (rule === undefined) {
      wrong(`'${change.rule.slice(0, 60)}' is no rule of this edition`);
      continue;
    }
    const cause = cause_of(change.entry, rule.leaf, before, now);
    if (cause?.cause !== change.cause || cause.leaf !== change.leaf) wrong('the cause that it cites did not change it');
    if (share(rule.rule, entries.get(change.entry)) !== change.to) wrong('it is not what the change says');
  }
}

const kInt64Low = -(2n ** 63n);
const kInt64High = 2n ** 63n - 1n;

function fits(value: bigint): boolean {
  return value >= kInt64Low && value <= kInt64High;
}

/** The upper end that the changes lead to, null for unbounded; undefined when it cannot be followed from totals alone. */
function followed_high(before: bigint | null, rule: RuleInForce, changes: Change[], now: Now): bigint | null | undefined {
  const previous = now.listed.manifest.previous!;
  const { unit, sum } = rule.rule;
  const other_batch = unit === 'victims' && previous.policy !== now.listed.manifest.policy;
  if (before === null || other_batch || rule.leaf >= previous.size) return undefined;
  if (sum !== null && now.population.withheld[unit] > 0) return null;
  let high = before;
  for (const { from } of changes) {
    const left = high_of(from);
    if (left === null) return undefined;
    high -= left;
  }
  if (!fits(high)) return null;
  if (sum === null) {
    const type = unit === 'victims' ? 'victim' : 'event';
    high += BigInt(now.register.accounting(type).withheld - now.withheld_before[unit]);
  }
  for (const { to } of changes) {
    const added = high_of(to);
    if (added === null) return null;
    high += added;
  }
  return fits(high) ? high : null;
}

function check_sum(before: { rule: string; low: bigint; high: bigint | null }, rule: RuleInForce, changes: Change[], now: Now, findings: Findings): void {
  const wrong = (message: string): void => findings.add('change', kChanges, null, `'${before.rule}' ${message}`);
  const { low, high } = recount(rule.rule, rule.leaf, now.population).all;
  const moved = changes.reduce((sum, { from, to }) => sum + low_of(to) - low_of(from), before.low);
  if (low !== moved) wrong(`was ${before.low} and the changes make it ${moved}, but it is ${low}`);
  const followed = followed_high(before.high, rule, changes, now);
  if (followed !== undefined && followed !== high) {
    wrong(`was at most ${before.high} and the changes make it ${followed ?? 'unbounded'}, but it is ${high ?? 'unbounded'}`);
  }
}

/** The previous number and the changes give the number now, at both ends. */
function check_sums(changes: Change[], now: Now, findings: Findings): void {
  const by_rule = new Map<string, Change[]>();
  for (const change of changes) (by_rule.get(change.rule) ?? by_rule.set(change.rule, []).get(change.rule)!).push(change);
  for (const before of now.listed.manifest.previous!.totals) {
    const rule = now.rules.find((each) => each.rule.name === before.rule);
    if (rule === undefined) {
      findings.add('change', kManifest, null, `the total '${before.rule.slice(0, 60)}' of the edition before it is gone`);
    } else {
      check_sum(before, rule, by_rule.get(before.rule) ?? [], now, findings);
    }
  }
}

async function read_entries(source: Source, register: Register): Promise<Map<number, Opened>> {
  const out = new Map<number, Opened>();
  await for_each_line(source, kRecords, {
    wrong: (message) => refuse(message),
    line: (text) => {
      if (!text.startsWith('{"type":"event",') && !text.startsWith('{"type":"victim",')) return;
      const line = record_from(text);
      const table = register.types[line.leaf] ?? refuse(`the log has no leaf ${line.leaf}`);
      for (const { slot, value } of line.openings) {
        const spec = slots_of(table)[slot] ?? refuse(`a ${table} leaf has no slot ${slot}`);
        if (value !== null && !is_spelled(spec.kind, value)) refuse(`slot ${slot} is not spelled as kind ${spec.kind} is`);
      }
      out.set(line.entry, opened_from(line, table));
    },
  });
  return out;
}

/** What an edition opened of sources, from its files. */
async function read_released(source: Source): Promise<Released> {
  const out: Released = { sources: new Set(), origins: new Set() };
  const each_line = (path: string, line: (text: string) => void): Promise<void> => for_each_line(source, path, { line, wrong: (message) => refuse(message) });
  await each_line(kRecords, (text) => {
    if (text.startsWith('{"type":"source",')) out.sources.add(record_from(text).leaf);
  });
  await each_line('claims.jsonl', (text) => {
    if (!text.includes(',"slot":"origins",')) return;
    const line = list_line_from(text);
    if (line.slot === 'origins') out.origins.add(`${line.leaf}/${line.index}`);
  });
  return out;
}

async function read_rules(source: Source, listed: Listed): Promise<RuleInForce[]> {
  const out: RuleInForce[] = [];
  for (const stamp of listed.manifest.rules) {
    const bytes = await read_whole(source, `rules/${stamp.name}.json`, kMaxRuleBytes);
    out.push({ rule: rule_from(text_of(bytes)), leaf: stamp.leaf });
  }
  return out;
}

/** The reader's copy of the edition before: its signature, its files, its head as a prefix of this log. */
async function read_previous(given: Source, pin: Pin, now: Now, findings: Findings): Promise<Side | undefined> {
  const found = new Findings();
  const listed = await read_manifest(given, pin, found);
  if (listed !== undefined) {
    await check_files(given, listed, { digested: new Map(), progress: () => undefined }, found);
  }
  if (listed === undefined || found.failure_count > 0) {
    findings.add('head', '', null, "the reader's copy of the edition before it is itself damaged");
    return undefined;
  }
  const { size, root, policy } = listed.manifest;
  if (listed.manifest_sha256 !== now.listed.manifest.previous?.manifest) {
    findings.add('head', kManifest, null, "the reader's copy is not the edition that this one names before it");
  }
  if (size > now.tree.size || hex_of(now.tree.root(size)) !== root) {
    findings.add('head', 'checkpoint', null, 'the log of the edition before it is no prefix of this one');
    return undefined;
  }
  try {
    const source = new ListedSource(given, listed.stamps);
    if (listed.manifest_sha256 === now.listed.manifest.previous?.manifest) await check_words_about(listed, source, now, findings);
    return { entries: await read_entries(source, now.register), rules: await read_rules(source, listed), size, policy, released: await read_released(source) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add('change', 'previous', null, error.message);
    return undefined;
  }
}

function text_of_change(change: Change): string {
  return JSON.stringify([change.rule, change.entry, change.from, change.to, change.cause, change.leaf]);
}

/** All differences between the two editions, by rule in the order of this one, then by entry. */
function differences(before: Side, now: Now, here: Map<number, Opened>, findings: Findings): Change[] {
  const entries = [...new Set([...before.entries.keys(), ...here.keys()])].sort((a, b) => a - b);
  const out: Change[] = [];
  for (const { rule, leaf } of now.rules) {
    const old = before.rules.find((each) => each.rule.name === rule.name);
    if (old === undefined) continue;
    for (const entry of entries) {
      const from = share(old.rule, before.entries.get(entry));
      const to = share(rule, here.get(entry));
      if (from === to) continue;
      const cause = cause_of(entry, leaf, before, now);
      if (cause === null) findings.add('change', kChanges, entry, `its share in '${rule.name}' changed without a cause`);
      else out.push({ rule: rule.name, entry, from, to, ...cause });
    }
  }
  return out;
}

function compare(stated: Change[], found: Change[], findings: Findings): void {
  const said = new Set(stated.map(text_of_change));
  const true_ones = new Set(found.map(text_of_change));
  for (const change of found) {
    if (!said.has(text_of_change(change))) findings.add('change', kChanges, change.entry, `its change in '${change.rule}' is not stated`);
  }
  for (const change of stated) {
    if (!true_ones.has(text_of_change(change))) findings.add('change', kChanges, change.entry, `states a change in '${change.rule.slice(0, 60)}' that is none`);
  }
}

async function read_changes(source: Source, findings: Findings): Promise<Change[]> {
  const out: Change[] = [];
  await for_each_line(source, kChanges, {
    wrong: (message) => findings.add('change', kChanges, null, message),
    line: (text) => {
      const change = findings.attempt('change', kChanges, null, () => change_from(text));
      if (change === undefined) return;
      const last = out[out.length - 1];
      if (last !== undefined && (compare_texts(last.rule, change.rule) || last.entry - change.entry) >= 0) {
        findings.add('change', kChanges, change.entry, 'the changes are not ascending by rule and entry');
      }
      out.push(change);
    },
  });
  return out;
}

/** Checks the chain of editions and the statement of changes; with the reader's copy, member by member. */
export async function check_changes(now: Now, given: Source | null, pin: Pin, findings: Findings): Promise<void> {
  check_chain(now, findings);
  const changes = await read_changes(now.source, findings);
  const entries = new Map([...now.records.events, ...now.records.victims].map((opened) => [opened.entry, opened]));
  if (now.listed.manifest.previous === null) {
    if (changes.length > 0) findings.add('change', kChanges, null, 'there is nothing that could have changed');
    if (now.disclosure !== undefined) check_release(now.disclosure, now.released, { sources: new Set(), origins: new Set() }, findings);
  } else {
    check_totals_before(now, findings);
    check_causes(changes, now, entries, findings);
    check_sums(changes, now, findings);
    findings.count('changes', changes.length);
  }
  if (given !== null) {
    const before = await read_previous(given, pin, now, findings);
    if (before !== undefined && now.listed.manifest.previous !== null) {
      compare(changes, differences(before, now, entries, findings), findings);
      if (now.disclosure !== undefined) check_release(now.disclosure, now.released, before.released, findings);
    }
  } else if (now.listed.manifest.previous !== null) {
    findings.leave_open('previous not given');
  }
}
