// Witnesses: whose cosignatures count, and whether they are a quorum. C2SP tlog-policy and tlog-cosignature, spec/trust.md.
import { refuse } from './bytes';
import { is_signed } from './digest';
import { key_from, kWitness, type Key, type Note } from './note';

const kMaxNamed = 1000; // witnesses, and groups
const kMaxTime = 253402300799; // seconds; the end of year 9999
const kAheadSeconds = 600; // how far a witness's clock may be ahead of the reader's

interface Group {
  least: number;
  members: string[];
}

export interface WitnessPolicy {
  witnesses: Map<string, Key>;
  groups: Map<string, Group>;
  /** Null as long as no line names it; "none" asks for nobody. */
  quorum: string | null;
}

export function empty_policy(): WitnessPolicy {
  return { witnesses: new Map(), groups: new Map(), quorum: null };
}

function new_name(policy: WitnessPolicy, name: string | undefined): string {
  if (name === undefined || name === 'none' || policy.witnesses.has(name) || policy.groups.has(name)) refuse(`'${name}' cannot be named, or is named twice`);
  return name!;
}

function add_witness(policy: WitnessPolicy, words: string[]): void {
  if (words.length < 3 || words.length > 4) refuse('a policy says: witness NAME VKEY [URL]');
  const name = new_name(policy, words[1]);
  const key = key_from(words[2]!, kWitness);
  if ([...policy.witnesses.values()].some((each) => each.hex === key.hex)) refuse('two witnesses have the same key');
  if (policy.witnesses.size === kMaxNamed) refuse('a policy has too many witnesses');
  policy.witnesses.set(name, key);
}

function add_group(policy: WitnessPolicy, words: string[]): void {
  if (words.length < 4) refuse('a policy says: group NAME all|any|K MEMBER…');
  const name = new_name(policy, words[1]);
  const members = words.slice(3);
  const taken = new Set([...policy.groups.values()].flatMap((group) => group.members));
  for (const member of members) {
    if (!policy.witnesses.has(member) && !policy.groups.has(member)) refuse(`'${member}' is not named before the group that holds it`);
    if (taken.has(member)) refuse(`'${member}' is a member twice`);
    taken.add(member);
  }
  const least = words[2] === 'all' ? members.length : words[2] === 'any' ? 1 : /^[1-9][0-9]*$/.test(words[2]!) ? Number(words[2]) : 0;
  if (least < 1 || least > members.length || policy.groups.size === kMaxNamed) refuse(`'${words[2]}' is no number of the members of a group`);
  policy.groups.set(name, { least, members });
}

/** A line of a policy; false when it is none. */
export function read_policy_line(policy: WitnessPolicy, words: string[]): boolean {
  if (words[0] === 'witness') add_witness(policy, words);
  else if (words[0] === 'group') add_group(policy, words);
  else if (words[0] === 'quorum') {
    const [, name] = words;
    const known = name === 'none' || (name !== undefined && (policy.witnesses.has(name) || policy.groups.has(name)));
    if (words.length !== 2 || policy.quorum !== null || !known) refuse('a policy has one quorum, of a witness or group that is named before it');
    policy.quorum = name!;
  } else return false;
  return true;
}

/** Times of a policy's witnesses, by the name of the witness's key. A known witness's wrong line spoils the note. */
export function cosignatures_of(note: Note, policy: WitnessPolicy): Map<string, number[]> {
  const out = new Map<string, number[]>();
  for (const line of note.signatures) {
    const key = [...policy.witnesses.values()].find((each) => each.name === line.name && each.id === line.id);
    if (key === undefined) continue;
    if (line.bytes.length !== 72) refuse(`the cosignature by ${line.name} is cut`);
    const time = Number(new DataView(line.bytes.buffer, line.bytes.byteOffset).getBigUint64(0));
    const holds = time <= kMaxTime && is_signed(key.bytes, `cosignature/v1\ntime ${time}\n${note.text}`, line.bytes.subarray(8));
    if (!holds) refuse(`the cosignature by ${line.name} is wrong`);
    out.set(key.hex, [...(out.get(key.hex) ?? []), time]);
  }
  return out;
}

export interface WitnessVerdict {
  name: string;
  state: 'counted' | 'future' | 'absent';
  time: string | null;
}

function instant(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

/** What comes of each witness, in the policy's order; without a clock every time counts. */
export function judge_witnesses(policy: WitnessPolicy, times: Map<string, number[]>, now: number | null): WitnessVerdict[] {
  return [...policy.witnesses.values()].map((key) => {
    const all = times.get(key.hex) ?? [];
    const good = all.filter((time) => now === null || time <= now + kAheadSeconds);
    if (good.length > 0) return { name: key.name, state: 'counted', time: instant(Math.max(...good)) };
    return all.length > 0 ? { name: key.name, state: 'future', time: instant(Math.min(...all)) } : { name: key.name, state: 'absent', time: null };
  });
}

/** True when the witnesses that count are the quorum. */
export function is_quorum(policy: WitnessPolicy, verdicts: WitnessVerdict[]): boolean {
  if (policy.quorum === null || policy.quorum === 'none') return false;
  const names = [...policy.witnesses.keys()];
  const counted = new Set(names.filter((_, i) => verdicts[i]!.state === 'counted'));
  const seen = (name: string): boolean => {
    const group = policy.groups.get(name);
    return group === undefined ? counted.has(name) : group.members.filter(seen).length >= group.least;
  };
  return seen(policy.quorum);
}
