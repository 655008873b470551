// Witnesses: whose cosignatures count, and whether they are a quorum. C2SP tlog-policy and tlog-cosignature, spec/trust.md.
import { refuse } from './bytes';
import { kEd25519, key_from, kWitness, type Key, type Note } from './note';
import { is_signed } from './signature';

const kMaxNamed = 1000; // logs, witnesses, and groups
const kMaxPolicyBytes = 1 << 20; // a policy is a page of text
const kMaxTime = 253402300799; // seconds; the end of year 9999
export const kAheadSeconds = 600; // how far a witness's clock may be ahead of the reader's
const kDaySeconds = 86_400;

interface Group {
  least: number;
  members: string[];
}

export interface WitnessPolicy {
  /** Keys of logs, which count where the pin itself names none. */
  logs: Key[];
  witnesses: Map<string, Key>;
  groups: Map<string, Group>;
  /** Null as long as no line names it; "none" asks for nobody. */
  quorum: string | null;
}

export function empty_policy(): WitnessPolicy {
  return { logs: [], witnesses: new Map(), groups: new Map(), quorum: null };
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

/** A policy file: C2SP tlog-policy as it stands. */
export function policy_file_from(text: string): WitnessPolicy {
  if (text.length > kMaxPolicyBytes || !text.endsWith('\n')) refuse('a policy is longer than 1 MiB, or its last line is cut');
  const policy = empty_policy();
  for (const line of text.split('\n').slice(0, -1)) {
    const words = policy_words(line);
    if (words.length === 0 || words[0]!.startsWith('#')) continue;
    if (words[0] === 'log') add_log(policy, words);
    else if (!read_policy_line(policy, line)) refuse(`a policy has no line '${words[0]!.slice(0, 40)}'`);
  }
  if (policy.quorum === null) refuse('a policy names no quorum');
  return policy;
}

function add_log(policy: WitnessPolicy, words: string[]): void {
  if (words.length < 2 || words.length > 3) refuse('a policy says: log VKEY [URL]');
  const key = key_from(words[1]!, kEd25519);
  if (policy.logs.some((each) => each.hex === key.hex) || policy.logs.length === kMaxNamed) refuse('two logs have the same key, or there are too many');
  policy.logs.push(key);
}

/** Words of a line of a policy, parted by spaces and tabs. */
export function policy_words(line: string): string[] {
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line)) refuse('a policy holds a control character');
  return line.split(/[ \t]/).filter((word) => word !== '');
}

/** A line of a policy; false when it is none. */
export function read_policy_line(policy: WitnessPolicy, line: string): boolean {
  const words = policy_words(line);
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

/** What a witness of the policy said: key, and when, in seconds since 1970. */
export interface Cosignature {
  key: Key;
  time: number;
}

/** Cosignatures of a policy's witnesses, in the order of the lines. A known witness's wrong line spoils the note. */
export function cosignatures_of(note: Note, policy: WitnessPolicy): Cosignature[] {
  const out: Cosignature[] = [];
  for (const line of note.signatures) {
    const key = [...policy.witnesses.values()].find((each) => each.name === line.name && each.id === line.id);
    if (key === undefined) continue;
    if (line.bytes.length !== 72) refuse(`the cosignature by ${line.name} is cut`);
    const time = Number(new DataView(line.bytes.buffer, line.bytes.byteOffset).getBigUint64(0));
    const holds = time <= kMaxTime && is_signed(key.bytes, `cosignature/v1\ntime ${time}\n${note.text}`, line.bytes.subarray(8));
    if (!holds) refuse(`the cosignature by ${line.name} is wrong`);
    out.push({ key, time });
  }
  return out;
}

export type WitnessState = 'counted' | 'old' | 'future' | 'absent';

export interface WitnessVerdict {
  name: string;
  state: WitnessState;
  time: string | null;
}

/** The reader's clock, and how old a cosignature may be. */
export interface Clock {
  /** Seconds since 1970; null: every time counts. */
  now: number | null;
  max_age_days: number | null;
}

export function instant_text(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

export function state_of(time: number, clock: Clock): WitnessState {
  if (clock.now === null) return 'counted';
  if (time > clock.now + kAheadSeconds) return 'future';
  return clock.max_age_days !== null && time < clock.now - kDaySeconds * clock.max_age_days ? 'old' : 'counted';
}

const kOrder: WitnessState[] = ['counted', 'old', 'future'];

/** What comes of each witness, in the policy's order: the best of its states, with the latest time of that state. */
export function judge_witnesses(policy: WitnessPolicy, said: Cosignature[], clock: Clock): WitnessVerdict[] {
  return [...policy.witnesses.values()].map((key) => {
    const times = said.filter((each) => each.key.hex === key.hex).map(({ time }) => time);
    for (const state of kOrder) {
      const of_state = times.filter((time) => state_of(time, clock) === state);
      if (of_state.length > 0) return { name: key.name, state, time: instant_text(Math.max(...of_state)) };
    }
    return { name: key.name, state: 'absent', time: null };
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
