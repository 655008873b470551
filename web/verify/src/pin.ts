// What the reader trusts, from outside of the edition.
import { from_hex, refuse } from './bytes';
import { is_size, kEd25519, key_from, type Key } from './note';
import { block_from, type BlockHeader } from './ots';
import type { Authority } from './time_token';
import { empty_policy, policy_file_from, read_policy_line, type WitnessPolicy } from './witness';

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
  /** Whom the reader believes about time, in the pin's order, and blocks by their height. */
  authorities: Authority[];
  blocks: Map<string, BlockHeader>;
}

function size_from(word: string): number {
  return is_size(word) ? Number(word) : refuse(`'${word.slice(0, 40)}' is no size of a tree`);
}

function log_key(words: string[]): RangedKey {
  if (words.length < 2 || words.length > 4) refuse('a pin says: log VKEY [FIRST [LAST]]');
  const first = words[2] === undefined ? 0 : size_from(words[2]);
  const open = words[3] === undefined || words[3] === '-';
  const last = open ? Infinity : size_from(words[3]!);
  if (last < first) refuse("a key's range ends before it begins");
  return { key: key_from(words[1]!, kEd25519), first, last };
}

function read_block(pin: Pin, height: string, header: string): void {
  if (!is_size(height) || pin.blocks.has(height)) refuse(`'${height.slice(0, 40)}' is no height of a block, or stands twice`);
  pin.blocks.set(height, block_from(from_hex(header, 80)));
}

function add_log(pin: Pin, made: RangedKey): void {
  if (pin.log.some(({ key }) => key.name === made.key.name && key.hex === made.key.hex)) refuse('a pin has a log key twice');
  pin.log.push(made);
}

/** Reads the lines of a pin; `policy` gives the text of the file that a `policy` line names. */
class PinReader {
  readonly pin: Pin = { origin: '', log: [], release: [], heads: [], witnesses: empty_policy(), authorities: [], blocks: new Map() };
  #has_lines = false;
  #file: string | null = null;

  line(line: string): void {
    const { pin } = this;
    const words = line.split(' ').filter((word) => word !== '');
    const [name, first, second] = words;
    if (name === undefined || name.startsWith('#')) return;
    if (name === 'log') add_log(pin, log_key(words));
    else if (name === 'origin' && words.length === 2 && pin.origin === '') pin.origin = first!;
    else if (name === 'release' && words.length === 2) pin.release.push(key_from(first!, kEd25519));
    else if (name === 'head' && words.length === 3) {
      from_hex(second!, 32);
      pin.heads.push({ size: size_from(first!), root: second! });
    } else if (name === 'tsa' && words.length === 3) {
      from_hex(second!, 32);
      pin.authorities.push({ name: first!, sha256: second! });
    } else if (name === 'block' && words.length === 3) read_block(pin, first!, second!);
    else if (name === 'policy' && words.length === 2 && this.#file === null) this.#file = first!;
    else if (/^(witness|group|quorum)$/.test(name)) {
      this.#has_lines = true;
      read_policy_line(pin.witnesses, line);
    } else refuse(`a pin has no line '${line.slice(0, 60)}'`);
  }

  finish(policy: ((name: string) => string) | null): Pin {
    const { pin } = this;
    if (pin.origin === '') refuse('a pin names no origin');
    if (pin.log.length === 0 && this.#file === null) refuse('a pin has no log key');
    if (pin.release.length === 0) refuse('a pin has no release key');
    if (this.#has_lines && pin.witnesses.quorum === null) refuse('a policy names no quorum');
    if (this.#file !== null) this.#adopt(this.#file, policy);
    return pin;
  }

  #adopt(file: string, policy: ((name: string) => string) | null): void {
    const { pin } = this;
    if (this.#has_lines) refuse('a pin has lines of a policy and a line that names a file of one');
    if (policy === null) return refuse('a policy is named by its file, which cannot be read here: put its lines into the pin in place of that line');
    pin.witnesses = policy_file_from(policy(file));
    if (pin.log.length === 0) for (const key of pin.witnesses.logs) pin.log.push({ key, first: 0, last: Infinity });
    if (pin.log.length === 0) refuse('neither pin nor policy has a log key');
  }
}

/** A pin's text; a page cannot read the file of a `policy` line, a program can. */
export function pin_from(text: string, policy: ((name: string) => string) | null = null): Pin {
  if (text.length > kMaxPinBytes) refuse('a pin is longer than 1 MiB');
  const reader = new PinReader();
  for (const line of text.split('\n')) reader.line(line.replace(/\r$/, ''));
  return reader.finish(policy);
}
