// edition.json and files.jsonl: what the release key vouches for.
import { refuse } from './bytes';
import { day_number } from './day';
import { kFormat } from './leaf';
import { ascends } from './note';
import { Scanner } from './scanner';

export interface Stamp {
  path: string;
  size: number;
  sha256: string;
}

export interface RuleStamp {
  name: string;
  leaf: number;
  sha256: string;
}

export interface Accounting {
  created: number;
  split_off: number;
  disclosed: number;
  withheld: number;
  merged: number;
  split: number;
  withdrawn: number;
}

export interface Previous {
  manifest: string;
  number: number;
  size: number;
  policy: string;
  totals: { rule: string; low: bigint; high: bigint | null }[];
}

export interface Manifest {
  number: number;
  day: string;
  origin: string;
  size: number;
  root: string;
  policy: string;
  rules: RuleStamp[];
  previous: Previous | null;
  events: Accounting;
  victims: Accounting;
  files: Stamp[];
}

function is_plain(path: string): boolean {
  return !path.includes('\\') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function stamp_from(scan: Scanner): Stamp {
  scan.expect('{"path":');
  const path = scan.text();
  scan.expect(',"size":');
  const size = scan.count();
  scan.expect(',"sha256":');
  const sha256 = scan.hex(64);
  scan.expect('}');
  if (!is_plain(path)) refuse('a list of files names no plain path');
  return { path, size, sha256 };
}

export function stamp_line_from(line: string): Stamp {
  const scan = new Scanner(line);
  const stamp = stamp_from(scan);
  scan.end();
  return stamp;
}

function rule_from(scan: Scanner): RuleStamp {
  scan.expect('{"name":');
  const name = scan.text();
  scan.expect(',"leaf":');
  const leaf = scan.count();
  scan.expect(',"sha256":');
  const sha256 = scan.hex(64);
  scan.expect('}');
  return { name, leaf, sha256 };
}

function total_from(scan: Scanner): { rule: string; low: bigint; high: bigint | null } {
  scan.expect('{"rule":');
  const rule = scan.text();
  scan.expect(',"low":');
  const low = scan.big();
  scan.expect(',"high":');
  const high = scan.take('null') ? null : scan.big();
  scan.expect('}');
  return { rule, low, high };
}

function previous_from(scan: Scanner): Previous | null {
  if (scan.take('null')) return null;
  scan.expect('{"manifest":');
  const manifest = scan.hex(64);
  scan.expect(',"number":');
  const number = scan.count();
  scan.expect(',"size":');
  const size = scan.count();
  scan.expect(',"policy":');
  const policy = scan.hex(64);
  scan.expect(',"totals":');
  const totals = scan.list(() => total_from(scan));
  scan.expect('}');
  return { manifest, number, size, policy, totals };
}

const kStates = ['created', 'split_off', 'disclosed', 'withheld', 'merged', 'split', 'withdrawn'] as const;

function accounting_from(scan: Scanner): Accounting {
  const out: Partial<Accounting> = {};
  kStates.forEach((state, i) => {
    scan.expect(`${i === 0 ? '{' : ','}"${state}":`);
    out[state] = scan.count();
  });
  scan.expect('}');
  return out as Accounting;
}

/** The text of edition.json: one line in canonical form, and a newline. */
export function manifest_from(text: string): Manifest {
  const scan = new Scanner(text);
  scan.expect(`{"type":"edition","format":"${kFormat}","number":`);
  const number = scan.count();
  scan.expect(',"day":');
  const day = scan.text();
  scan.expect(',"origin":');
  const origin = scan.text();
  scan.expect(',"checkpoint":{"size":');
  const size = scan.count();
  scan.expect(',"root":');
  const root = scan.hex(64);
  scan.expect('},"policy":');
  const policy = scan.hex(64);
  scan.expect(',"rules":');
  const rules = scan.list(() => rule_from(scan));
  scan.expect(',"previous":');
  const previous = previous_from(scan);
  scan.expect(',"accounting":{"events":');
  const events = accounting_from(scan);
  scan.expect(',"victims":');
  const victims = accounting_from(scan);
  scan.expect('},"files":');
  const files = scan.list(() => stamp_from(scan));
  scan.expect('}\n');
  scan.end();
  if (day_number(day) === null) refuse('the day of the edition is none');
  if (!ascends(rules, (rule) => rule.name)) refuse('its rules are not ascending by name');
  if (!ascends(files, (file) => file.path)) refuse('its files are not ascending by path');
  return { number, day, origin, size, root, policy, rules, previous, events, victims, files };
}
