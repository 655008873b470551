// What the reader trusts, from outside of the edition.
import { from_hex, is_hex, refuse } from './bytes';
import { kEd25519, key_from, type Key } from './note';
import { empty_policy, read_policy_line, type WitnessPolicy } from './witness';

const kMaxPinBytes = 1 << 20; // bytes; a key has a hundred

export interface RangedKey {
  key: Key;
  first: number;
  last: number;
}

export interface Pin {
  origin: string;
  log: RangedKey[];
  release: Key[];
  heads: { size: number; root: string }[];
  witnesses: WitnessPolicy;
}

function size_from(word: string): number {
  const size = Number(word);
  if (!/^[0-9]+$/.test(word) || !Number.isSafeInteger(size)) refuse(`'${word.slice(0, 40)}' is no size of a tree`);
  return size;
}

function log_key(words: string[]): RangedKey {
  if (words.length < 2 || words.length > 4) refuse('a pin says: log VKEY [FIRST [LAST]]');
  const first = words[2] === undefined ? 0 : size_from(words[2]);
  const open = words[3] === undefined || words[3] === '-';
  const last = open ? Number.MAX_SAFE_INTEGER : size_from(words[3]!);
  if (last < first) refuse("a key's range ends before it begins");
  return { key: key_from(words[1]!, kEd25519), first, last };
}

/** Whom the reader believes about time: this verifier judges no proofs of time. */
function is_time_line([name, first, second, more]: string[]): boolean {
  const digits = name === 'tsa' ? 64 : name === 'block' && /^[0-9]+$/.test(first ?? '') ? 160 : 0;
  return digits > 0 && is_hex(second ?? '', digits) && more === undefined;
}

function read_line(pin: Pin, line: string): void {
  const words = line.split(' ').filter((word) => word !== '');
  const [name] = words;
  if (name === undefined || name.startsWith('#')) return;
  if (name === 'log') {
    pin.log.push(log_key(words));
  } else if (name === 'origin' && words.length === 2 && pin.origin === '') {
    pin.origin = words[1]!;
  } else if (name === 'release' && words.length === 2) {
    pin.release.push(key_from(words[1]!, kEd25519));
  } else if (name === 'head' && words.length === 3) {
    from_hex(words[2]!, 32);
    pin.heads.push({ size: size_from(words[1]!), root: words[2]! });
  } else if (name === 'policy' && words.length === 2) {
    refuse('a policy is named by its file: put its lines into the pin in place of that line');
  } else if (!read_policy_line(pin.witnesses, words) && !is_time_line(words)) {
    refuse(`a pin has no line '${line.slice(0, 60)}'`);
  }
}

export function pin_from(text: string): Pin {
  if (text.length > kMaxPinBytes) refuse('a pin is longer than 1 MiB');
  const pin: Pin = { origin: '', log: [], release: [], heads: [], witnesses: empty_policy() };
  for (const line of text.split('\n')) read_line(pin, line.replace(/\r$/, ''));
  if (pin.origin === '') refuse('a pin names no origin');
  if (pin.log.length === 0) refuse('a pin has no log key');
  if (pin.release.length === 0) refuse('a pin has no release key');
  if (pin.witnesses.quorum === null && pin.witnesses.witnesses.size + pin.witnesses.groups.size > 0) refuse('a policy names no quorum');
  return pin;
}
