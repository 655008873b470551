// An edition and a pin in, a verdict out. Every check is made; the first failure does not end it.
import { hex_of, Malformed, text_of } from './bytes';
import { check_changes } from './change';
import { continuation_from, continuation_words, is_continuation } from './continuation';
import { sha256 } from './digest';
import { check_dispositions } from './disposition';
import { check_duplicates } from './duplicate';
import { check_evidence, say_passage } from './evidence';
import { check_files, read_manifest, type Listed } from './files';
import { check_log, Leaves } from './log';
import type { Tree } from './merkle';
import type { Pin } from './pin';
import { check_policy, policy_from, VictimsActedOn, type Policy } from './policy';
import { check_records } from './records';
import { Register } from './register';
import { ListedSource, read_whole, type Source } from './source';
import { check_tokens } from './tokens';
import { check_accounting, check_rules, check_totals } from './totals_check';
import { is_quorum, judge_witnesses, type WitnessVerdict } from './witness';
import { Findings, type Check, type Outcome, type TotalVerdict, type Verdict } from './verdict';

const kMaxPolicyBytes = 1 << 20;

export interface Progress {
  step: string;
  done: number;
  total: number;
}

export interface Options {
  pin: Pin;
  /** The reader's copy of the edition before this one. */
  previous?: Source | null;
  /** The reader's clock, in seconds since 1970; without it every cosignature's time counts. */
  now?: number | null;
  progress?: (progress: Progress) => void;
}

// What every total rests on: when one of these fails, no number of the edition stands.
const kFoundations: Check[] = ['manifest', 'file', 'checkpoint', 'log', 'head', 'register', 'record', 'opening', 'accounting', 'duplicate'];

function finish(findings: Findings, totals: TotalVerdict[], witnesses: WitnessVerdict[], when_good: Outcome): Verdict {
  const foundations = kFoundations.filter((check) => findings.names.has(check));
  for (const total of totals) {
    total.because.push(...foundations);
    total.outcome = total.because.length > 0 ? 'failed' : when_good;
  }
  return {
    outcome: findings.failure_count > 0 ? 'failed' : when_good,
    witnesses,
    failures: findings.failures, failure_count: findings.failure_count, totals,
    checked: findings.checked, withheld: findings.withheld, unchecked: findings.unchecked,
  };
}

/** Where the log's first leaf says that it continues another one, what that says holds; it is told, not trusted. */
function check_continuation(bytes: Uint8Array, leaf: number, path: string, register: Register, pin: Pin, findings: Findings): void {
  const it = findings.attempt('log', path, leaf, () => continuation_from(bytes));
  if (it === undefined) return;
  if (it.origin !== pin.origin || leaf !== 0) {
    findings.add('log', path, leaf, 'a log continues another from its first leaf on, under its own name');
  } else if (it.taken > register.types.length) {
    findings.add('log', path, leaf, 'more leaves are said to be taken over than there are');
  } else {
    const { lost, detail } = continuation_words(it);
    findings.leave_open('continues', lost, detail);
  }
}

/** Public files that key and heartbeat leaves bind: right when they are there, and said when they are not. */
async function check_bound(source: Source, register: Register, pin: Pin, findings: Findings): Promise<void> {
  let present = 0;
  let missing = 0;
  for (const [leaf, bind] of register.binds) {
    const type = register.types[leaf];
    if (type !== 'key' && type !== 'heartbeat') continue;
    const path = `bound/${bind}`;
    if (source.size(path) === null) {
      missing += 1;
      continue;
    }
    const bytes = await read_whole(source, path, 64 << 20);
    if (hex_of(sha256(bytes)) !== bind) {
      findings.add('log', path, leaf, 'the file is not what the leaf binds');
    } else {
      present += 1;
      if (type === 'key' && is_continuation(bytes)) check_continuation(bytes, leaf, path, register, pin, findings);
    }
  }
  findings.count('bound', present);
  if (missing > 0) findings.leave_open('bound files missing', missing);
}

async function read_policy(source: Source, listed: Listed, findings: Findings): Promise<Policy | undefined> {
  const bytes = await read_whole(source, 'policy.json', kMaxPolicyBytes);
  if (hex_of(sha256(bytes)) !== listed.manifest.policy) {
    findings.add('manifest', 'policy.json', null, 'is not the policy that the manifest names');
  }
  return findings.attempt('policy', 'policy.json', null, () => policy_from(text_of(bytes)));
}

/** What the leaves say, in order. */
interface Replayed {
  register: Register;
  acted: VictimsActedOn;
  withheld_before: { events: number; victims: number };
}

/** Everything that rests on the log being whole. */
async function check_contents(source: Source, listed: Listed, tree: Tree, { register, acted, withheld_before }: Replayed, options: Options, findings: Findings, report: (step: string, done: number, total: number) => void) {
  const steps = (path: string, step: string) => (end: number) => report(step, end, listed.stamps.get(path)?.size ?? 0);
  const leaves = new Leaves(source, listed.manifest.size);
  const records = await check_records(source, options.pin.origin, register, leaves, steps('records.jsonl', 'records'), findings);
  report('totals', 0, 1);
  const rules = await check_rules(source, listed, register, findings);
  const policy = await read_policy(source, listed, findings);
  const waiting = policy === undefined ? 0 : policy.batch - 1;
  const withheld = { events: register.accounting('event').withheld, victims: register.accounting('victim').withheld + waiting };
  const population = { events: records.events, victims: records.victims, withheld };
  const totals = await check_totals(source, listed, rules, population, findings);
  check_accounting(listed, records, register, findings);
  check_duplicates(records, register, findings);
  if (policy !== undefined) check_policy(policy, listed.manifest, records, register, acted, findings);
  const linked = await check_dispositions(source, records, register, findings);
  const evidence = await check_evidence(source, listed, { records, register, linked, policy }, steps('claims.jsonl', 'evidence'), findings);
  report('changes', 0, 1);
  await check_changes({ source, listed, tree, register, records, rules, population, withheld_before }, options.previous ?? null, options.pin, findings);
  return { totals, evidence };
}

function replay(register: Register, findings: Findings): void {
  for (const entry of register.halves()) {
    findings.add('register', '', entry.index, `the entry was split, but ${entry.children} entries cite it`);
  }
}

function reporter(options: Options): (step: string, done: number, total: number) => void {
  let last = '';
  let shown = 0;
  return (step, done, total) => {
    if (step === last && done < total && done - shown < total / 100) return; // a hundred reports a step are enough
    last = step;
    shown = done;
    options.progress?.({ step, done, total });
  };
}

async function verify_listed(given: Source, listed: Listed, options: Options, findings: Findings): Promise<Verdict> {
  const report = reporter(options);
  const source = new ListedSource(given, listed.stamps);
  const register = new Register();
  const times = new Map<string, number[]>();
  const { size, previous } = listed.manifest;
  const acted = new VictimsActedOn(previous?.size ?? 0);
  const withheld_before = { events: 0, victims: 0 };
  const note_before = (index: number): void => {
    if (previous?.size !== index) return;
    withheld_before.events = register.accounting('event').withheld;
    withheld_before.victims = register.accounting('victim').withheld;
  };
  const tree = await check_log(source, options.pin, listed, times, (leaf, index) => {
    note_before(index);
    findings.attempt('register', '', index, () => register.apply(leaf));
    if (leaf !== null) acted.note(leaf, index);
    report('log', index, size);
  }, findings);
  let contents: Awaited<ReturnType<typeof check_contents>> | undefined;
  if (tree !== undefined) {
    note_before(size);
    replay(register, findings);
    await check_bound(source, register, options.pin, findings);
    await check_tokens(source, listed, options.pin, tree, findings);
    contents = await check_contents(source, listed, tree, { register, acted, withheld_before }, options, findings, report);
  }
  const total_bytes = [...listed.stamps.values()].reduce((sum, stamp) => sum + stamp.size, 0);
  let read = 0;
  let whole = 0;
  await check_files(given, listed, {
    expected: contents?.evidence.expected ?? new Map(),
    found: (passage, holds) => {
      if (holds) whole += 1;
      else say_passage(passage, findings);
    },
    progress: (bytes) => {
      read += bytes;
      report('files', read, total_bytes);
    },
  }, findings);
  contents?.evidence.finish(whole);
  const witnesses = judge_witnesses(options.pin.witnesses, times, options.now ?? null);
  const is_witnessed = is_quorum(options.pin.witnesses, witnesses);
  if (!is_witnessed) findings.leave_open('no witness');
  findings.leave_open('no time tokens');
  findings.leave_open('truth');
  return finish(findings, contents?.totals ?? [], witnesses, is_witnessed ? 'witnessed' : 'unwitnessed');
}

/** Checks an edition from its files and the pin alone. What is wrong is in the verdict; only a reader's failure throws. */
export async function verify_edition(source: Source, options: Options): Promise<Verdict> {
  const findings = new Findings();
  try {
    const listed = await read_manifest(source, options.pin, findings);
    if (listed === undefined) return finish(findings, [], [], 'unwitnessed');
    return await verify_listed(source, listed, options, findings);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add('file', '', null, error.message); // a file beyond all limits
    return finish(findings, [], [], 'unwitnessed');
  }
}

