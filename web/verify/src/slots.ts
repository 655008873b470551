// The slots of each type of leaf, as spec/slots.md lists them, and how values are spelled.
import { bytes_of, is_hex } from './bytes';
import { is_canonical } from './scanner';
import { day_number } from './day';

export const kTypes = [
  'capture', 'source', 'dispose', 'decision', 'event', 'victim', 'amend', 'merge', 'split', 'distinct', 'withhold',
  'withdraw', 'redact', 'rule', 'key', 'heartbeat', 'edition',
] as const;
export type LeafType = (typeof kTypes)[number];

export interface Slot {
  path: string;
  kind: string;
}

export const kCounts = ['killed', 'injured', 'arrested', 'sentenced', 'executed', 'participants'] as const;

/** "kind: path path; kind: path": the rows of a table in order. */
function table(rows: string): Slot[] {
  return rows.trim().split(/\s*\n\s*/).flatMap((row) => {
    const [kind, paths] = row.split(': ') as [string, string];
    return paths.split(' ').map((path) => ({ path, kind }));
  });
}

const kCountRows = kCounts
  .map((name) => `integer: count/${name}/low count/${name}/high\ninterval: count/${name}/interval`)
  .join('\n');

const kEvent = table(`
  code: act/family act/name side extent
  year: time/year
  month: time/month
  day: time/day
  json: time/interval
  area: place/country place/province place/county place/town place/exact
  json: place/all
  code: status
  text: status/method
  integer: status/decision umbrella
  ${kCountRows}
  list: evidence claims origins
  integer: lineages reports
  code: made-by
  text: actor`);

const kOfVictims = table(`
  json: victim/names
  interval: victim/age
  text: victim/role victim/condition
  json: victim/attributes victim/events`);

const kAct = table(`
  code: made-by
  text: actor reason
  integer: decision`);

const kTables: Record<LeafType, Slot[]> = {
  capture: table(`
    text: name
    code: format
    integer: size
    digest: sha256
    instant: added
    text: about/source about/url
    instant: about/captured about/published
    text: about/collector about/note
    json: same-bytes hints
    integer: part-count
    list: parts chains
    text: actor`),
  source: table(`
    text: id name kind family lang
    day: valid/from valid/to
    text: reason actor`),
  dispose: table(`
    list: statuses
    text: actor`),
  decision: table(`
    code: verb
    json: anchors
    text: slot value reason actor`),
  event: kEvent,
  victim: [...kOfVictims, ...table(`
    list: evidence claims origins
    integer: lineages
    code: made-by
    text: actor
    code: act/family act/name
    year: time/year
    month: time/month
    day: time/day
    area: place/country place/province place/county place/town place/exact`)],
  amend: [...kEvent, ...kOfVictims],
  merge: kAct,
  split: kAct,
  withhold: kAct,
  withdraw: kAct,
  redact: [...kAct, ...table(`
    json: remains
    list: remains/parts`)],
  distinct: [...kAct, ...table(`
    code: act/name
    year: time/year
    month: time/month
    area: place/country place/province place/county place/town`)],
  rule: table(`
    code: name
    json: text
    text: reason actor`),
  key: table('text: reason actor'),
  heartbeat: [],
  edition: table(`
    json: policy
    text: actor`),
};

export function slots_of(type: LeafType): Slot[] {
  return kTables[type];
}

const kSlotAt = new Map(kTypes.map((type) => [type, new Map(kTables[type].map((slot, at) => [slot.path, at]))]));

export function slot_at(type: LeafType, path: string): number {
  return kSlotAt.get(type)!.get(path) ?? -1;
}

export function is_type(name: string): name is LeafType {
  return (kTypes as readonly string[]).includes(name);
}

/** How many leaves of the log a leaf of each type cites in each role. */
export const kRoles: Partial<Record<LeafType, Record<string, { least: number; most: number }>>> = {
  dispose: { capture: { least: 1, most: 1 } },
  event: { parent: { least: 0, most: 1 } },
  amend: { entry: { least: 1, most: 1 } },
  merge: { from: { least: 1, most: Infinity }, into: { least: 1, most: 1 } },
  split: { entry: { least: 1, most: 1 } },
  distinct: { entry: { least: 0, most: Infinity }, through: { least: 0, most: 1 } },
  withhold: { entry: { least: 0, most: Infinity }, lift: { least: 0, most: Infinity } },
  withdraw: { entry: { least: 1, most: Infinity } },
  redact: { target: { least: 0, most: Infinity }, within: { least: 0, most: 1 } },
  rule: { replaces: { least: 0, most: 1 } },
  key: { previous: { least: 0, most: 1 } },
  edition: { previous: { least: 0, most: 1 } },
};

/** Whether a leaf of the type has the line: always, never, or as it likes. */
export function line_rule(type: LeafType, line: 'bind' | 'object'): 'always' | 'never' | 'maybe' {
  if (line === 'object') return type === 'capture' ? 'always' : 'never';
  if (type === 'heartbeat') return 'maybe';
  return type === 'rule' || type === 'key' || type === 'edition' ? 'always' : 'never';
}

const kMaxWordBytes = 64;
const kInt64Low = -(2n ** 63n);
const kInt64High = 2n ** 63n - 1n;

export function is_integer(text: string): boolean {
  if (!/^(0|-?[1-9][0-9]*)$/.test(text) || text.length > 20) return false;
  const value = BigInt(text);
  return value >= kInt64Low && value <= kInt64High;
}

/** LOW..HIGH as texts, either of which may be empty; null when it is none. */
export function interval_from(text: string): [string, string] | null {
  const dots = text.indexOf('..');
  if (dots < 0) return null;
  const low = text.slice(0, dots);
  const high = text.slice(dots + 2);
  if ((low !== '' && !is_integer(low)) || (high !== '' && !is_integer(high))) return null;
  if (low !== '' && high !== '' && BigInt(low) > BigInt(high)) return null;
  return [low, high];
}

/** COUNT HEX64 of a list; null when it is none. */
export function list_from(text: string): { count: number; root: string } | null {
  const parts = /^(0|[1-9][0-9]{0,15}) ([0-9a-f]{64})$/.exec(text);
  if (parts === null || !Number.isSafeInteger(Number(parts[1]))) return null;
  return { count: Number(parts[1]), root: parts[2]! };
}

function is_word(text: string): boolean {
  const is_short = text.length * 3 <= kMaxWordBytes; // no unit of a text takes more than three bytes
  return text !== '' && !/[\u0000-\u001f\u007f]/.test(text) && (is_short || bytes_of(text).length <= kMaxWordBytes);
}

function is_instant(text: string): boolean {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/.exec(text);
  if (parts === null || day_number(parts[1]!) === null) return false;
  return Number(parts[2]) < 24 && Number(parts[3]) < 60 && Number(parts[4]) < 60;
}

/** True when `value` is spelled as values of the kind are. It is well-formed UTF-8 already. */
export function is_spelled(kind: string, value: string): boolean {
  switch (kind) {
    case 'text': return true;
    case 'code':
    case 'area': return is_word(value);
    case 'integer': return is_integer(value);
    case 'interval': return interval_from(value) !== null;
    case 'year': return value.length === 4 && day_number(`${value}-01-01`) !== null;
    case 'month': return value.length === 7 && day_number(`${value}-01`) !== null;
    case 'day': return day_number(value) !== null;
    case 'instant': return is_instant(value);
    case 'id': return is_hex(value, 32);
    case 'digest': return is_hex(value, 64);
    case 'json': return is_canonical(value);
    case 'list': return list_from(value) !== null;
    default: return false;
  }
}
