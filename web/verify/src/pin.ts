// What the reader trusts, from outside of the edition.
import { from_hex, refuse } from './bytes';
import { key_from, type Key } from './note';

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
  return { key: key_from(words[1]!), first, last };
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
    pin.release.push(key_from(words[1]!));
  } else if (name === 'head' && words.length === 3) {
    from_hex(words[2]!, 32);
    pin.heads.push({ size: size_from(words[1]!), root: words[2]! });
  } else {
    refuse(`a pin has no line '${line.slice(0, 60)}'`);
  }
}

export function pin_from(text: string): Pin {
  if (text.length > kMaxPinBytes) refuse('a pin is longer than 1 MiB');
  const pin: Pin = { origin: '', log: [], release: [], heads: [] };
  for (const line of text.split('\n')) read_line(pin, line.replace(/\r$/, ''));
  if (pin.origin === '') refuse('a pin names no origin');
  if (pin.log.length === 0) refuse('a pin has no log key');
  if (pin.release.length === 0) refuse('a pin has no release key');
  return pin;
}
