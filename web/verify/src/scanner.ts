// Canonical JSON, read from left to right: no white space, integers only, shortest escapes, members in one order.
import { Malformed, refuse } from './bytes';

const kInteger = /-?(?:0|[1-9][0-9]*)/y;
const kNeedsCare = /[\\\u0000-\u001f]/;
const kSurrogate = /\p{Surrogate}/u;
const kMaxDepth = 64; // levels; a claim has eight, and a deeper value would exhaust the stack
const kInt64Low = -(2n ** 63n);
const kInt64High = 2n ** 63n - 1n;

/** A place in one line of canonical JSON. Every method refuses what is not there. */
export class Scanner {
  at = 0;
  constructor(readonly line: string) {}

  expect(literal: string): void {
    if (!this.take(literal)) refuse(`not in canonical form: '${literal}' is missing at ${this.at}`);
  }

  take(literal: string): boolean {
    if (!this.line.startsWith(literal, this.at)) return false;
    this.at += literal.length;
    return true;
  }

  end(): void {
    if (this.at !== this.line.length) refuse(`not in canonical form: something follows at ${this.at}`);
  }

  /** An integer within 64 bits, signed. */
  big(): bigint {
    kInteger.lastIndex = this.at;
    const found = kInteger.exec(this.line);
    if (found === null || found[0] === '-0') return refuse(`not in canonical form: no integer at ${this.at}`);
    this.at += found[0].length;
    const value = BigInt(found[0]);
    if (value < kInt64Low || value > kInt64High) refuse('an integer leaves 64 bits');
    return value;
  }

  /** A count, a size or an index: at least zero, and exact. */
  count(): number {
    const value = Number(this.big());
    if (value < 0 || !Number.isSafeInteger(value)) refuse('a number is negative or beyond all sizes');
    return value;
  }

  text(): string {
    if (this.line[this.at] !== '"') refuse(`not in canonical form: no text at ${this.at}`);
    let end = this.line.indexOf('"', this.at + 1);
    if (end < 0) refuse('a text does not end');
    const plain = this.line.slice(this.at + 1, end);
    if (!kNeedsCare.test(plain)) {
      this.at = end + 1;
      return plain;
    }
    end = this.#closing_quote();
    const quoted = this.line.slice(this.at, end + 1);
    this.at = end + 1;
    return unescaped(quoted);
  }

  nullable_text(): string | null {
    return this.take('null') ? null : this.text();
  }

  /** A text of so many lower-case hexadecimal digits. */
  hex(digits: number): string {
    const value = this.line.slice(this.at + 1, this.at + 1 + digits);
    if (this.line[this.at] !== '"' || this.line[this.at + 1 + digits] !== '"' || !/^[0-9a-f]*$/.test(value)) {
      refuse(`not in canonical form: no ${digits} hexadecimal digits at ${this.at}`);
    }
    this.at += digits + 2;
    return value;
  }

  /** The elements of an array, each read by `read`. */
  list<T>(read: () => T): T[] {
    const out: T[] = [];
    this.expect('[');
    while (!this.take(']')) {
      if (out.length > 0) this.expect(',');
      out.push(read());
    }
    return out;
  }

  /** Passes over any value in canonical form and gives its text. */
  value(depth = 0): string {
    const begin = this.at;
    if (depth > kMaxDepth) refuse('JSON is nested too deep');
    const first = this.line[this.at];
    if (first === '{') this.#object(depth);
    else if (first === '[') this.list(() => this.value(depth + 1));
    else if (first === '"') this.text();
    else if (!this.take('null') && !this.take('true') && !this.take('false')) this.big();
    return this.line.slice(begin, this.at);
  }

  #object(depth: number): void {
    const seen = new Set<string>();
    this.expect('{');
    while (!this.take('}')) {
      if (seen.size > 0) this.expect(',');
      const key = this.text();
      if (seen.has(key)) refuse('a member stands twice');
      seen.add(key);
      this.expect(':');
      this.value(depth + 1);
    }
  }

  #closing_quote(): number {
    for (let i = this.at + 1; i < this.line.length; i += 1) {
      const c = this.line[i];
      if (c === '"') return i;
      if (c === '\\') i += 1;
    }
    return refuse('a text does not end');
  }
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
export function is_canonical(text: string): boolean {
  try {
    const scanner = new Scanner(text);
    scanner.value();
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
