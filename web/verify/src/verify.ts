// An edition and a pin in, a verdict out. Every check is made; the first failure does not end it.
import { hex_of, Malformed, text_of } from './bytes';
import { check_bound } from './bound';
import { check_changes } from './change';
import { sha256 } from './digest';
import { check_dispositions } from './disposition';
import { check_duplicates } from './duplicate';
import { check_evidence } from './evidence';
import { check_files, read_manifest, type Listed } from './files';
import { RememberedHeads } from './heads';
import { check_log } from './log';
import type { Tree } from './merkle';
import type { Pin } from './pin';
import { check_policy, policy_from, VictimsActedOn, type Policy } from './policy';
import { OwnPool, type Pool } from './pool';
import { check_records } from './records';
import { Register } from './register';
import { ListedSource, read_whole, type Source } from './source';
import { check_tokens } from './tokens';
import { check_accounting, check_rules, check_totals } from './totals_check';
import { check_remembered, read_heads, weigh_witnesses, type Brought } from './trust';
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
  /** Older cosignatures do not count; needs the clock. */
  max_age_days?: number | null;
  /** A request to cosign that came beside the edition. */
  cosigned?: Uint8Array | null;
  /** The file of heads that the reader remembers; refused when it is none. */
  remembered?: string;
  /** Who does the work that can be parted; without it the caller does. */
  pool?: Pool;
  progress?: (progress: Progress) => void;
}

// What every total rests on: when one of these fails, no number of the edition stands.
const kFoundations: Check[] = ['manifest', 'file', 'checkpoint', 'log', 'head', 'register', 'record', 'opening', 'accounting', 'duplicate'];

function finish(findings: Findings, totals: TotalVerdict[], when_good: Outcome): Verdict {
  const foundations = kFoundations.filter((check) => findings.names.has(check));
  for (const total of totals) {
    total.because.push(...foundations);
    total.outcome = total.because.length > 0 ? 'failed' : when_good;
  }
  return {
    outcome: findings.failure_count > 0 ? 'failed' : when_good,
    ...findings.told(),
    failures: findings.failures, failure_count: findings.failure_count, totals,
    checked: findings.checked, withheld: findings.withheld, unchecked: findings.unchecked,
  };
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
  pool: Pool;
}

/** Everything that rests on the log being whole. */
async function check_contents(source: Source, listed: Listed, tree: Tree, { register, acted, withheld_before, pool }: Replayed, options: Options, findings: Findings, report: (step: string, done: number, total: number) => void) {
  const steps = (path: string, step: string) => (end: number) => report(step, end, listed.stamps.get(path)?.size ?? 0);
  const log = { origin: options.pin.origin, size: listed.manifest.size };
  const records = await check_records(source, log, register, pool, steps('records.jsonl', 'records'), findings);
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
  const { linked, destroyed } = await check_dispositions(source, records, register, findings);
  const evidence = await check_evidence(source, listed, { records, register, linked, destroyed, policy, pool }, steps('claims.jsonl', 'evidence'), findings);
  report('changes', 0, 1);
  const sources = new Set([...records.at.values()].filter((each) => each.type === 'source').map((each) => each.leaf));
  const released = { sources, origins: evidence.origins };
  await check_changes({ source, listed, tree, register, records, rules, population, withheld_before, disclosure: policy, released }, options.previous ?? null, options.pin, findings);
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
  const pool = options.pool ?? new OwnPool(source);
  const register = new Register();
  const { size, previous } = listed.manifest;
  const acted = new VictimsActedOn(previous?.size ?? 0);
  const withheld_before = { events: 0, victims: 0 };
  const note_before = (index: number): void => {
    if (previous?.size !== index) return;
    withheld_before.events = register.accounting('event').withheld;
    withheld_before.victims = register.accounting('victim').withheld;
  };
  const brought: Brought = {
    cosigned: options.cosigned ?? null, remembered: options.remembered ?? '',
    clock: { now: options.now ?? null, max_age_days: options.max_age_days ?? null },
  };
  const heads = await read_heads(source, given, options.pin, listed, brought, findings);
  const tree = await check_log(source, listed, pool, (leaf, index) => {
    note_before(index);
    findings.attempt('register', '', index, () => register.apply(leaf));
    if (leaf !== null) acted.note(leaf, index);
    report('log', index, size);
  }, findings);
  let contents: Awaited<ReturnType<typeof check_contents>> | undefined;
  if (tree !== undefined) {
    note_before(size);
    replay(register, findings);
    check_remembered(options.pin, tree, heads, brought, findings);
    await check_bound(source, register, options.pin, tree, heads, brought.remembered, findings);
    await check_tokens(source, listed, options.pin, tree, findings);
    contents = await check_contents(source, listed, tree, { register, acted, withheld_before, pool }, options, findings, report);
  }
  const { digested } = source;
  const total_bytes = [...listed.stamps.values()].reduce((sum, { path, size: bytes }) => (digested.has(path) ? sum : sum + bytes), 0);
  let read = 0;
  const progress = (bytes: number): void => report('files', (read += bytes), total_bytes);
  await contents?.evidence.check_bytes(source, progress);
  await check_files(given, listed, { digested, progress }, findings);
  const is_witnessed = weigh_witnesses(options.pin, heads, brought.clock, findings);
  if (!is_witnessed) findings.leave_open(why_unwitnessed(options.pin));
  const is_for_readers = (path: string): boolean => path.startsWith('site/') || path === 'verify.html' || path === 'places.json';
  if ([...listed.stamps.keys()].some(is_for_readers)) findings.leave_open('pages');
  findings.leave_open('truth');
  return finish(findings, contents?.totals ?? [], is_witnessed ? 'witnessed' : 'unwitnessed');
}

export function why_unwitnessed(pin: Pin): string {
  if (pin.witnesses.quorum === null) return 'no witness';
  return pin.witnesses.quorum === 'none' ? 'no witness asked for' : 'no quorum';
}

/** Checks an edition from its files and the pin alone. What is wrong is in the verdict; only a reader's failure throws. */
export async function verify_edition(source: Source, options: Options): Promise<Verdict> {
  const findings = new Findings();
  RememberedHeads.from(options.remembered ?? ''); // the reader's own file: refused before anything is looked at
  try {
    const listed = await read_manifest(source, options.pin, findings);
    if (listed === undefined) return finish(findings, [], 'unwitnessed');
    return await verify_listed(source, listed, options, findings);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add('file', '', null, error.message); // a file beyond all limits
    return finish(findings, [], 'unwitnessed');
  }
}

