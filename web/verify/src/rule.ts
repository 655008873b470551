// Rules: how a published number is made. spec/rules.md.
import { compare_texts, refuse } from './bytes';
import { day_number, days_of } from './day';
import { kFormat } from './leaf';
import { ascends } from './note';
import type { Opened } from './opened';
import { Scanner } from './scanner';
import { kCounts, interval_from } from './slots';

export interface Rule {
  name: string;
  unit: 'events' | 'victims';
  umbrellas: 'excluded' | 'only';
  where: { slot: string; values: string[] }[];
  window: { from: number; to: number } | null;
  cells: string[];
  /** Null counts entries. */
  sum: string | null;
}

const kTestable = new Set([
  'act/family', 'act/name', 'extent', 'side', 'status', 'place/country', 'place/province', 'place/county', 'place/town', 'place/exact',
]);
const kOfVictims = new Set([
  'act/family', 'act/name', 'place/country', 'place/province', 'place/county', 'place/town', 'place/exact', 'victim/condition', 'victim/role',
]);
const kTimes = new Set(['time/year', 'time/month', 'time/day']);
const kMaxCells = 3;
const kMaxRuleBytes = 64 << 10;

function condition_from(scan: Scanner): { slot: string; values: string[] } {
  scan.expect('{"slot":');
  const slot = scan.text();
  scan.expect(',"in":');
  const values = scan.list(() => scan.text());
  scan.expect('}');
  if (values.length === 0 || !ascends(values, (value) => value)) refuse(`the values for '${slot}' are not ascending`);
  return { slot, values };
}

function window_day(scan: Scanner): number {
  return day_number(scan.text()) ?? refuse('a window of a rule is not between two days');
}

function window_from(scan: Scanner): { from: number; to: number } | null {
  if (scan.take('null')) return null;
  scan.expect('{"from":');
  const from = window_day(scan);
  scan.expect(',"to":');
  const to = window_day(scan);
  scan.expect('}');
  if (from >= to) refuse("a rule's window ends before it begins");
  return { from, to };
}

function measure_from(scan: Scanner): string | null {
  if (scan.take('{"count":"entries"}')) return null;
  scan.expect('{"sum":');
  const kind = scan.text();
  scan.expect('}');
  if (!(kCounts as readonly string[]).includes(kind)) refuse(`there is no count of '${kind.slice(0, 60)}'`);
  return kind;
}

function cell_from(scan: Scanner): string {
  const path = scan.text();
  return path;
}

/** Which slots the unit has, and what only events have. */
function check_unit(rule: Rule): void {
  const testable = rule.unit === 'events' ? kTestable : kOfVictims;
  for (const { slot } of rule.where) if (!testable.has(slot)) refuse(`a rule may not test '${slot.slice(0, 60)}'`);
  for (const path of rule.cells) {
    if (!testable.has(path) && !kTimes.has(path)) refuse(`'${path.slice(0, 60)}' is no level for a cell`);
  }
  if (rule.unit === 'victims' && (rule.umbrellas !== 'excluded' || rule.sum !== null)) {
    refuse('victims have no umbrellas, and are counted, not summed');
  }
}

/** A rule's file, which is its one spelling. */
export function rule_from(text: string): Rule {
  if (text.length > kMaxRuleBytes) refuse('a rule is longer than 64 KiB');
  const scan = new Scanner(text);
  scan.expect(`{"type":"rule","format":"${kFormat}","name":`);
  const name = scan.text();
  if (!/^[a-z0-9-]{1,64}$/.test(name)) refuse("a rule's name is 1 to 64 of a-z, 0-9 and '-'");
  scan.expect(',"unit":');
  const unit = scan.take('"victims"') ? 'victims' : 'events';
  if (unit === 'events') scan.expect('"events"');
  scan.expect(',"umbrellas":');
  const umbrellas = scan.take('"only"') ? 'only' : 'excluded';
  if (umbrellas === 'excluded') scan.expect('"excluded"');
  scan.expect(',"where":');
  const where = scan.list(() => condition_from(scan));
  scan.expect(',"window":');
  const window = window_from(scan);
  scan.expect(',"cells":');
  const cells = scan.list(() => cell_from(scan));
  scan.expect(',"measure":');
  const sum = measure_from(scan);
  scan.expect('}\n');
  scan.end();
  if (!ascends(where, (condition) => condition.slot)) refuse('the conditions of a rule are not ascending by slot');
  if (cells.length > kMaxCells || new Set(cells).size !== cells.length) refuse('a rule has more than three levels for cells, or one twice');
  const rule: Rule = { name, unit, umbrellas, where, window, cells, sum };
  check_unit(rule);
  return rule;
}

export type Membership = 'in' | 'out' | 'undecided';

/** What an entry adds under a rule. */
export interface Share {
  membership: Membership;
  /** A value for each level of the rule's cells; null where it is closed or absent. */
  cell: (string | null)[];
  /** Null when the entry states no such count. */
  amount: { low: bigint; high: bigint | null } | null;
  /** Nothing of the amount is opened. */
  is_closed: boolean;
}

function decide_time(window: { from: number; to: number }, opened: Opened): Membership {
  const finest = opened.value('time/day') ?? opened.value('time/month') ?? opened.value('time/year');
  if (finest === null) return 'undecided';
  const { from, to } = days_of(finest);
  if (to <= window.from || window.to <= from) return 'out';
  return window.from <= from && to <= window.to ? 'in' : 'undecided';
}

export function membership(rule: Rule, opened: Opened): Membership {
  const extent = opened.value('extent');
  let result: Membership = rule.unit === 'victims' ? 'in' : 'undecided';
  if (rule.unit === 'events' && extent !== null) result = (extent === 'umbrella') === (rule.umbrellas === 'only') ? 'in' : 'out';
  const meet = (next: Membership): void => {
    if (result === 'out' || next === 'out') result = 'out';
    else if (next === 'undecided') result = 'undecided';
  };
  for (const { slot, values } of rule.where) {
    const value = opened.value(slot);
    meet(value === null ? 'undecided' : values.includes(value) ? 'in' : 'out');
  }
  if (rule.window !== null) meet(decide_time(rule.window, opened));
  return result;
}

function at_least_zero(text: string): bigint {
  const value = BigInt(text);
  return value < 0n ? 0n : value;
}

function amount_of(kind: string, opened: Opened): Pick<Share, 'amount' | 'is_closed'> {
  const interval = opened.slot(`count/${kind}/interval`);
  if (interval === null) return { amount: null, is_closed: false };
  if (interval !== undefined) {
    const [low, high] = interval_from(interval)!;
    return { amount: { low: low === '' ? 0n : at_least_zero(low), high: high === '' ? null : at_least_zero(high) }, is_closed: false };
  }
  const low = opened.value(`count/${kind}/low`);
  const high = opened.value(`count/${kind}/high`);
  return {
    amount: { low: low === null ? 0n : at_least_zero(low), high: high === null ? null : at_least_zero(high) },
    is_closed: low === null && high === null,
  };
}

export function share_of(rule: Rule, opened: Opened): Share {
  const decided = membership(rule, opened);
  if (decided === 'out') return { membership: decided, cell: [], amount: null, is_closed: false };
  const cell = rule.cells.map((path) => opened.value(path));
  const counted = rule.sum === null ? { amount: { low: 1n, high: 1n }, is_closed: false } : amount_of(rule.sum, opened);
  return { membership: decided, cell, ...counted };
}

/** A share as changes.jsonl spells it. */
export function share_text(share: Share): string {
  if (share.membership === 'out') return 'out';
  const cell = share.cell.map((level) => level ?? '?').join(',');
  const amount = share.amount === null ? 'unstated' : `${share.amount.low}..${share.amount.high ?? ''}`;
  return `${share.membership} ${cell} ${amount}`;
}

/** What a share's text adds to the upper end of a total; null when that is unbounded. */
export function high_of(text: string): bigint | null {
  if (text === 'out' || text.endsWith(' unstated')) return 0n;
  const digits = text.slice(text.lastIndexOf('..') + 2);
  return digits === '' ? null : BigInt(digits);
}

/** What a share's text adds to the lower end of a total. */
export function low_of(text: string): bigint {
  if (!text.startsWith('in ')) return 0n;
  const low = /^-?[0-9]+/.exec(text.slice(text.lastIndexOf(' ') + 1));
  return low === null ? 0n : BigInt(low[0]);
}

export function compare_cells(a: (string | null)[], b: (string | null)[]): number {
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [a[i] ?? null, b[i] ?? null];
    if (x === y) continue;
    if (x === null || y === null) return x === null ? -1 : 1;
    return compare_texts(x, y);
  }
  return 0;
}
