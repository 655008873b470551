// Canonical JSON, read from left to right: no white space, integers only, shortest escapes, members in one order. It reads
// bytes and makes texts of what is asked for alone: a large edition has half a gigabyte of them.
import { bytes_of, Malformed, refuse, text_of } from './bytes';

const kSurrogate = /\p{Surrogate}/u;
const kMaxDepth = 32; // levels below the first; a claim has eight, and a deeper value would exhaust the stack
const kInt64Low = -(2n ** 63n);
const kInt64High = 2n ** 63n - 1n;
const kSafeDigits = 15; // any number of so many digits is exact
const kComparedKeys = 24; // members of an object that are compared with each other; of more a set is made

const kQuote = 0x22;
const kBackslash = 0x5c;
const kZero = 0x30;
const kNine = 0x39;
const kMinus = 0x2d;

/** Value of each byte as a hexadecimal digit in lower case; 255 when it is none. */
export const kNibbleOf = new Uint8Array(256).fill(255);
for (let i = 0; i < 16; i += 1) kNibbleOf['0123456789abcdef'.charCodeAt(i)] = i;

/** Where a text stood: its bytes between the quotes, and whether they are its value as they are. */
export interface Span {
  begin: number;
  end: number;
  is_plain: boolean;
}

/** A short text of ASCII. */
export function ascii_of(bytes: Uint8Array, begin: number, end: number): string {
  let out = '';
  for (let i = begin; i < end; i += 1) out += String.fromCharCode(bytes[i]!);
  return out;
}

const kShortBytes = 12; // up to here a decoder takes longer than a loop, and engines make no rope

/** A place in one line of canonical JSON. Every method refuses what is not there. */
export class Scanner {
  at: number;
  readonly bytes: Uint8Array;
  readonly #begin: number;
  readonly #limit: number;
  #is_ascii = true; // of the text that was passed last
  readonly #keys: number[] = []; // where the members of the objects around this place begin and end

  constructor(line: string | Uint8Array, begin = 0, end?: number) {
    this.bytes = typeof line === 'string' ? bytes_of(line) : line;
    this.at = begin;
    this.#begin = begin;
    this.#limit = end ?? this.bytes.length;
  }

  #missing(what: string): never {
    return refuse(`not in canonical form: ${what} at ${this.at - this.#begin}`);
  }

  expect(literal: string): void {
    if (!this.take(literal)) this.#missing(`'${literal}' is missing`);
  }

  /** Passes over the literal, which is ASCII, when it stands here. */
  take(literal: string): boolean {
    const { bytes, at } = this;
    if (at + literal.length > this.#limit) return false;
    for (let i = 0; i < literal.length; i += 1) if (bytes[at + i] !== literal.charCodeAt(i)) return false;
    this.at = at + literal.length;
    return true;
  }

  end(): void {
    if (this.at !== this.#limit) this.#missing('something follows');
  }

  /** The bytes from a place to here, as text. */
  since(begin: number): string {
    return text_of(this.bytes.subarray(begin, this.at));
  }

  #peek(): number {
    return this.at < this.#limit ? this.bytes[this.at]! : -1;
  }

  /** Passes over an integer; gives how many digits it has. */
  #digits(): number {
    const { bytes } = this;
    const begin = this.#peek() === kMinus ? this.at + 1 : this.at;
    let end = begin;
    while (end < this.#limit && bytes[end]! >= kZero && bytes[end]! <= kNine) end += 1;
    const has_zero_first = bytes[begin] === kZero && (end > begin + 1 || begin > this.at);
    if (end === begin || has_zero_first) this.#missing('no integer');
    this.at = end;
    return end - begin;
  }

  /** An integer within 64 bits, signed. */
  big(): bigint {
    const begin = this.at;
    if (this.#digits() > 20) refuse('an integer leaves 64 bits');
    const value = BigInt(ascii_of(this.bytes, begin, this.at));
    if (value < kInt64Low || value > kInt64High) refuse('an integer leaves 64 bits');
    return value;
  }

  /** A count, a size or an index: at least zero, and exact. */
  count(): number {
    const begin = this.at;
    if (this.#peek() !== kMinus && this.#digits() <= kSafeDigits) {
      let value = 0;
      for (let i = begin; i < this.at; i += 1) value = value * 10 + this.bytes[i]! - kZero;
      return value;
    }
    this.at = begin;
    const value = Number(this.big());
    if (value < 0 || !Number.isSafeInteger(value)) refuse('a number is negative or beyond all sizes');
    return value;
  }

  /** Passes over a text and says where it stood. */
  span(): Span {
    if (this.#peek() !== kQuote) this.#missing('no text');
    const { bytes } = this;
    const begin = this.at + 1;
    let high = 0;
    for (let i = begin; i < this.#limit; i += 1) {
      const byte = bytes[i]!;
      if (byte === kQuote) {
        this.#is_ascii = high < 128;
        if (!this.#is_ascii) text_of(bytes.subarray(begin, i));
        this.at = i + 1;
        return { begin, end: i, is_plain: true };
      }
      if (byte === kBackslash) return this.#escaped(begin);
      if (byte < 32) refuse('a text is not JSON');
      high |= byte;
    }
    return refuse('a text does not end');
  }

  #escaped(begin: number): Span {
    const { bytes } = this;
    let is_simple = true; // ASCII, and nothing escaped but quotes and backslashes, which have one spelling
    for (let i = begin; i < this.#limit; i += 1) {
      const byte = bytes[i]!;
      if (byte === kBackslash) {
        i += 1;
        is_simple &&= bytes[i] === kQuote || bytes[i] === kBackslash;
      } else if (byte === kQuote) {
        this.at = i + 1;
        const span = { begin, end: i, is_plain: false };
        if (!is_simple) this.text_at(span);
        return span;
      } else {
        is_simple &&= byte >= 32 && byte < 128;
      }
    }
    return refuse('a text does not end');
  }

  /** The value of a text that was passed over. */
  text_at({ begin, end, is_plain }: Span): string {
    return is_plain ? text_of(this.bytes.subarray(begin, end)) : unescaped(text_of(this.bytes.subarray(begin - 1, end + 1)));
  }

  text(): string {
    const span = this.span();
    if (span.is_plain && this.#is_ascii && span.end - span.begin <= kShortBytes) return ascii_of(this.bytes, span.begin, span.end);
    return this.text_at(span);
  }

  nullable_text(): string | null {
    return this.take('null') ? null : this.text();
  }

  /** Passes over a text of so many lower-case hexadecimal digits; gives where they begin. */
  hex_at(digits: number): number {
    const { bytes } = this;
    const begin = this.at + 1;
    const end = begin + digits;
    let all = 0;
    if (end < this.#limit) for (let i = begin; i < end; i += 1) all |= kNibbleOf[bytes[i]!]!;
    if (end >= this.#limit || bytes[this.at] !== kQuote || bytes[end] !== kQuote || all > 15) {
      this.#missing(`no ${digits} hexadecimal digits`);
    }
    this.at = end + 1;
    return begin;
  }

  hex(digits: number): string {
    const begin = this.hex_at(digits);
    return text_of(this.bytes.subarray(begin, begin + digits));
  }

  /** Puts the bytes that hexadecimal digits spell into `out` at `at`. */
  hex_into(size: number, out: Uint8Array, at: number): void {
    put_hex(this.bytes, this.hex_at(2 * size), size, out, at);
  }

  /** The elements of an array, each read by `read`. */
  list<T>(read: () => T): T[] {
    const out: T[] = [];
    this.each(() => out.push(read()));
    return out;
  }

  /** Calls `read` at each element of an array. */
  each(read: () => void): void {
    this.expect('[');
    for (let is_first = true; !this.take(']'); is_first = false) {
      if (!is_first) this.expect(',');
      read();
    }
  }

  /** Passes over any value in canonical form and gives its text. */
  value(): string {
    const begin = this.at;
    this.pass();
    return this.since(begin);
  }

  /** Passes over any value in canonical form. */
  pass(depth = 0): void {
    if (depth > kMaxDepth) refuse('JSON is nested too deep');
    const first = this.#peek();
    if (first === kQuote) this.span();
    else if (first === 0x7b) this.#object(depth);
    else if (first === 0x5b) this.#array(depth);
    else if (!this.take('null') && !this.take('true') && !this.take('false')) this.#integer();
  }

  #array(depth: number): void {
    this.at += 1;
    for (let is_first = true; !this.take(']'); is_first = false) {
      if (!is_first) this.expect(',');
      this.pass(depth + 1);
    }
  }

  #integer(): void {
    const begin = this.at;
    if (this.#digits() <= kSafeDigits) return;
    this.at = begin;
    this.big();
  }

  #object(depth: number): void {
    const keys = this.#keys;
    const outer = keys.length;
    let seen: Set<string> | null = null;
    this.at += 1;
    for (let count = 0; !this.take('}'); count += 1) {
      if (count > 0) this.expect(',');
      const { begin, end } = this.span(); // a text has one spelling, so that spellings can be compared
      if (count === kComparedKeys) seen = new Set(this.#key_texts(outer));
      if (seen !== null) {
        const key = text_of(this.bytes.subarray(begin, end));
        if (seen.has(key)) refuse('a member stands twice');
        seen.add(key);
      } else {
        this.#add_key(outer, begin, end);
      }
      this.expect(':');
      this.pass(depth + 1);
    }
    keys.length = outer;
  }

  #key_texts(outer: number): string[] {
    const out: string[] = [];
    for (let i = outer; i < this.#keys.length; i += 2) out.push(text_of(this.bytes.subarray(this.#keys[i]!, this.#keys[i + 1]!)));
    return out;
  }

  #add_key(outer: number, begin: number, end: number): void {
    const { bytes } = this;
    const keys = this.#keys;
    for (let i = outer; i < keys.length; i += 2) {
      const other = keys[i]!;
      if (keys[i + 1]! - other !== end - begin) continue;
      let k = 0;
      while (begin + k < end && bytes[begin + k] === bytes[other + k]) k += 1;
      if (begin + k === end) refuse('a member stands twice');
    }
    keys.push(begin, end);
  }
}

/** Puts `size` bytes, spelled from `from` on by digits that were found right, into `out` at `at`. */
export function put_hex(digits: Uint8Array, from: number, size: number, out: Uint8Array, at: number): void {
  for (let i = 0; i < size; i += 1) {
    out[at + i] = (kNibbleOf[digits[from + 2 * i]!]! << 4) | kNibbleOf[digits[from + 2 * i + 1]!]!;
  }
}

/** The bytes of a text that was passed over, in a buffer of their own; JSON within JSON has quotes and backslashes for its only escapes. */
export function bytes_at(bytes: Uint8Array, { begin, end, is_plain }: Span): Uint8Array {
  const out = new Uint8Array(end - begin);
  let to = 0;
  for (let i = begin; i < end; i += 1, to += 1) {
    let byte = bytes[i]!;
    if (byte === kBackslash && !is_plain) {
      byte = bytes[(i += 1)]!;
      if (byte !== kQuote && byte !== kBackslash) return bytes_of(unescaped(text_of(bytes.subarray(begin - 1, end + 1))));
    }
    out[to] = byte;
  }
  return out.subarray(0, to);
}

/** The value of a quoted text whose escapes are the shortest. */
function unescaped(quoted: string): string {
  let value: unknown;
  try {
    value = JSON.parse(quoted);
  } catch {
    return refuse('a text is not JSON');
  }
  if (typeof value !== 'string' || kSurrogate.test(value) || JSON.stringify(value) !== quoted) {
    return refuse('a text is not in its shortest spelling');
  }
  return value;
}

/** True when all of `text` is one JSON value in canonical form. */
export function is_canonical(text: string | Uint8Array): boolean {
  try {
    const scanner = new Scanner(text);
    scanner.pass();
    scanner.end();
    return true;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}
