// Rules against their leaves, totals against their members, the accounting identity.
import { hex_of, text_of } from './bytes';
import { sha256 } from './digest';
import type { Listed } from './files';
import type { Accounting } from './manifest';
import type { Records } from './records';
import type { Register } from './register';
import { rule_from, type Rule } from './rule';
import { Scanner } from './scanner';
import { read_whole, type Source } from './source';
import { recount, total_json, totals_json, type Population, type Total } from './total';
import type { Check, Findings, TotalVerdict } from './verdict';

const kTotals = 'totals.json';
const kManifest = 'edition.json';
export const kMaxTotalsBytes = 256 << 20;
const kMaxRuleBytes = 1 << 20;

export interface RuleInForce {
  rule: Rule;
  leaf: number;
}

async function read_rule(source: Source, stamp: { name: string; leaf: number; sha256: string }, register: Register, findings: Findings): Promise<Rule | undefined> {
  const path = `rules/${stamp.name}.json`;
  if (register.types[stamp.leaf] !== 'rule' || register.binds.get(stamp.leaf) !== stamp.sha256) {
    findings.add('rule', path, stamp.leaf, 'the leaf does not bind this rule');
    return undefined;
  }
  const bytes = await read_whole(source, path, kMaxRuleBytes);
  const rule = findings.attempt('rule', path, stamp.leaf, () => rule_from(text_of(bytes)));
  if (rule === undefined) return undefined;
  if (hex_of(sha256(bytes)) !== stamp.sha256 || rule.name !== stamp.name) {
    findings.add('rule', path, stamp.leaf, 'the rule is not the one that the log binds');
    return undefined;
  }
  return rule;
}

/** Rules whose file, leaf and stamp agree; every rule in force is counted by, and no other. */
export async function check_rules(source: Source, listed: Listed, register: Register, findings: Findings): Promise<RuleInForce[]> {
  const out: RuleInForce[] = [];
  const named = new Map<number, number>();
  const paths = new Set<string>();
  for (const stamp of listed.manifest.rules) {
    named.set(stamp.leaf, (named.get(stamp.leaf) ?? 0) + 1);
    paths.add(`rules/${stamp.name}.json`);
    const rule = await read_rule(source, stamp, register, findings);
    if (rule !== undefined) out.push({ rule, leaf: stamp.leaf });
  }
  for (const leaf of register.rules) {
    if (named.get(leaf) !== 1) findings.add('rule', kManifest, leaf, 'the rule is in force and the edition does not count by it once');
  }
  for (const leaf of named.keys()) {
    if (!register.rules.includes(leaf)) findings.add('rule', kManifest, leaf, 'the edition counts by a rule that is not in force');
  }
  for (const path of listed.stamps.keys()) {
    if (path.startsWith('rules/') && !paths.has(path)) findings.add('rule', path, null, 'is no rule of this edition');
  }
  return out;
}

interface StatedTotal {
  rule: string;
  json: string;
  low: string;
  high: string | null;
}

/** What totals.json says, one total after the other, as far as it can be read. */
export function stated_from(text: string): StatedTotal[] {
  const scan = new Scanner(text);
  scan.expect('{"type":"totals","totals":');
  return scan.list(() => {
    const json = scan.value();
    const parts = /^\{"rule":("(?:[^"\\]|\\.)*"),.*?"all":\{"cell":\[\],"low":(-?\d+),"high":(-?\d+|null)/.exec(json);
    if (parts === null) return { rule: '', json, low: '?', high: null };
    return { rule: JSON.parse(parts[1]!) as string, json, low: parts[2]!, high: parts[3] === 'null' ? null : parts[3]! };
  });
}

function verdict_of(total: Total, stated: StatedTotal | undefined): TotalVerdict {
  const { low, high, members, asserted, unstated } = total.all;
  const counted = { low: String(low), high: high === null ? null : String(high), members, asserted, unstated };
  const differs = stated === undefined || stated.json !== total_json(total);
  const because: Check[] = differs ? ['total'] : [];
  return {
    rule: total.rule, leaf: total.leaf, outcome: differs ? 'failed' : 'unwitnessed', counted,
    stated: differs && stated !== undefined ? { low: stated.low, high: stated.high } : null,
    cells: total.cells.length, because,
  };
}

function interval(low: string, high: string | null): string {
  return low === high ? low : `${low}..${high ?? ''}`;
}

/** Recounts by every rule that holds. */
export async function check_totals(source: Source, listed: Listed, rules: RuleInForce[], population: Population, findings: Findings): Promise<TotalVerdict[]> {
  const totals = rules.map(({ rule, leaf }) => recount(rule, leaf, population));
  const bytes = await read_whole(source, kTotals, kMaxTotalsBytes);
  const text = findings.attempt('total', kTotals, null, () => text_of(bytes)) ?? '';
  const stated = findings.attempt('total', kTotals, null, () => stated_from(text)) ?? [];
  const verdicts = totals.map((total) => verdict_of(total, stated.find((each) => each.rule === total.rule)));
  for (const { rule, leaf, because, counted, stated: says } of verdicts) {
    if (because.length === 0) continue;
    const mine = interval(counted!.low, counted!.high);
    const words = says === null ? 'is not stated' : `says ${interval(says.low, says.high)}, its members give ${mine}`;
    findings.add('total', kTotals, leaf, `'${rule}' ${words}`);
  }
  if (totals_json(totals) !== text && verdicts.every((verdict) => verdict.because.length === 0)) {
    findings.add('total', kTotals, null, 'it holds something else than the totals of its rules, in their order');
  }
  for (const { name, leaf } of listed.manifest.rules) {
    if (rules.some((each) => each.rule.name === name)) continue;
    verdicts.push({ rule: name, leaf, outcome: 'failed', counted: null, stated: null, cells: 0, because: ['rule'] });
  }
  findings.count('totals', totals.length);
  findings.count('numbers', totals.reduce((sum, total) => sum + total.cells.length + 1, 0));
  return verdicts;
}

function balances(counts: Accounting): boolean {
  return counts.created + counts.split_off === counts.disclosed + counts.withheld + counts.merged + counts.split + counts.withdrawn;
}

export function check_accounting(listed: Listed, records: Records, register: Register, findings: Findings): void {
  for (const [type, stated] of [['event', listed.manifest.events], ['victim', listed.manifest.victims]] as const) {
    const counted = register.accounting(type);
    const opened = [...records.at.values()].filter((each) => each.type === type).length;
    if (!balances(stated)) {
      findings.add('accounting', kManifest, null, `the identity does not hold for ${type} entries`);
    } else if ((Object.keys(counted) as (keyof Accounting)[]).some((state) => counted[state] !== stated[state])) {
      findings.add('accounting', kManifest, null, `the log gives other numbers of ${type} entries`);
    }
    if (opened !== counted.disclosed) {
      findings.add('accounting', 'records.jsonl', null, `${counted.disclosed} ${type} entries are disclosed, ${opened} have a record`);
    }
    findings.keep_back(`${type} entries`, counted.withheld);
  }
  findings.count('identities', 2);
}
