// DER (X.690 section 10), read strictly: definite and shortest lengths, shortest numbers, no constructed strings, nothing after the end.
import { Malformed, refuse, same } from './bytes';

const kMaxDepth = 32; // values within each other; a token has twelve
const kMaxValues = 65_536; // in one text; a token with a long chain has some thousands

/** Tags by their first octet: universal ones, and [0] and [1] as they stand in structures. */
export const kBoolean = 0x01;
export const kInteger = 0x02;
export const kBits = 0x03;
export const kOctets = 0x04;
export const kNull = 0x05;
export const kOid = 0x06;
export const kUtcTime = 0x17;
export const kGeneralTime = 0x18;
export const kSequence = 0x30;
export const kSet = 0x31;
const kConstructed = 0x20;
const kUniversal = 0xc0; // mask: both bits zero
const kLongTag = 0x1f;

/** The octet of a context-specific tag: [number], which holds other values when it is constructed. */
export function context(number: number, form: 'constructed' | 'primitive' = 'constructed'): number {
  return 0x80 | (form === 'constructed' ? kConstructed : 0) | number;
}

/** One value. `whole` is tag, length and content; `parts` are the values inside of a constructed one. */
export interface Der {
  tag: number;
  whole: Uint8Array;
  content: Uint8Array;
  parts: Der[];
}

function check_bits(content: Uint8Array): void {
  const unused = content[0];
  if (unused === undefined || unused > 7 || (unused > 0 && content.length === 1)) refuse('not DER: a string of bits without its number of unused ones');
  if (unused! > 0 && (content[content.length - 1]! & ((1 << unused!) - 1)) !== 0) refuse('not DER: unused bits are set');
}

function check_oid(content: Uint8Array): void {
  if (content.length === 0 || content[content.length - 1]! >= 0x80) refuse('not DER: an object identifier is cut');
  content.forEach((byte, i) => {
    if (byte === 0x80 && (i === 0 || content[i - 1]! < 0x80)) refuse('not DER: an object identifier is not in its shortest form');
  });
}

function check_primitive(tag: number, content: Uint8Array): void {
  if (tag === kBoolean && (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff))) refuse('not DER: a truth value is neither 00 nor ff');
  if (tag === kInteger) {
    const [first, second] = content;
    const is_long = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
    if (first === undefined || is_long) refuse('not DER: a number is not in its shortest form');
  }
  if (tag === kBits) check_bits(content);
  if (tag === kNull && content.length > 0) refuse('not DER: NULL has content');
  if (tag === kOid) check_oid(content);
}

/** Reads values; counts them and how deep they lie. */
class Reader {
  #values = 0;

  one(bytes: Uint8Array, depth: number): Der {
    this.#values += 1;
    if (depth > kMaxDepth || this.#values > kMaxValues) refuse('not DER that is read here: too many values, or too deep');
    const tag = bytes[0];
    if (tag === undefined || (tag & kLongTag) === kLongTag || tag === 0) refuse('not DER that is read here: a tag above 30, or none');
    const { begin, size } = this.#length(bytes);
    const end = begin + size;
    if (end > bytes.length) refuse('not DER: a value is cut');
    const content = bytes.subarray(begin, end);
    const out: Der = { tag: tag!, whole: bytes.subarray(0, end), content, parts: [] };
    const is_constructed = (tag! & kConstructed) !== 0;
    const is_list = tag === kSequence || tag === kSet;
    if ((tag! & kUniversal) === 0 && is_constructed !== is_list) refuse('not DER: a string in pieces, or a list that holds no values');
    if (is_constructed) out.parts = this.all(content, depth + 1);
    else if ((tag! & kUniversal) === 0) check_primitive(tag!, content);
    return out;
  }

  all(bytes: Uint8Array, depth: number): Der[] {
    const out: Der[] = [];
    for (let at = 0; at < bytes.length; at += out[out.length - 1]!.whole.length) out.push(this.one(bytes.subarray(at), depth));
    return out;
  }

  #length(bytes: Uint8Array): { begin: number; size: number } {
    const first = bytes[1];
    if (first === undefined || first === 0x80 || first > 0x84) return refuse('not DER: a length is missing, open or beyond 32 bits');
    if (first < 0x80) return { begin: 2, size: first };
    const digits = bytes.subarray(2, 2 + (first & 0x7f));
    const size = digits.reduce((sum, byte) => sum * 256 + byte, 0);
    if (digits.length !== (first & 0x7f) || digits[0] === 0 || size < 0x80) refuse('not DER: a length is not in its shortest form');
    return { begin: 2 + digits.length, size };
  }
}

/** All of `bytes` as one value; refuses anything else. */
export function der_from(bytes: Uint8Array): Der {
  const out = new Reader().one(bytes, 0);
  if (out.whole.length !== bytes.length) refuse('not DER: something follows');
  return out;
}

/** The parts of a structure, taken one after the other. */
export class Fields {
  #at = 0;
  readonly #parts: Der[];
  constructor(of: Der, tag: number, readonly name: string) {
    if (of.tag !== tag) refuse(`${name} has another tag`);
    this.#parts = of.parts;
  }
  take(tag: number): Der {
    return this.may(tag) ?? refuse(`${this.name} lacks a part, or has it elsewhere`);
  }
  may(tag: number): Der | null {
    const part = this.#parts[this.#at];
    if (part?.tag !== tag) return null;
    this.#at += 1;
    return part;
  }
  any(): Der | null {
    const part = this.#parts[this.#at];
    if (part === undefined) return null;
    this.#at += 1;
    return part;
  }
  end(): void {
    if (this.#at !== this.#parts.length) refuse(`${this.name} has a part too many`);
  }
}

/** The one value within an explicit tag. */
export function inside(of: Der, name: string): Der {
  return of.parts.length === 1 ? of.parts[0]! : refuse(`${name} does not hold one value`);
}

/** Dotted numbers. */
export function oid_text(of: Der): string {
  if (of.tag !== kOid) refuse('no object identifier stands where one belongs');
  const numbers: bigint[] = [];
  let value = 0n;
  for (const byte of of.content) {
    value = value * 128n + BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    numbers.push(value);
    value = 0n;
  }
  const [first, ...rest] = numbers as [bigint, ...bigint[]];
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...rest].join('.');
}

/** A number from zero to `limit`. */
export function small_number(content: Uint8Array, limit: number): number {
  const is_negative = (content[0] ?? 0x80) >= 0x80;
  const value = content.length > 6 ? Infinity : content.reduce((sum, byte) => sum * 256 + byte, 0);
  return is_negative || value > limit ? refuse('a number is negative or too large') : value;
}

/** "NAME": the object identifier of an algorithm, its parameters absent, or null where those say nothing else. */
export interface Algorithm {
  oid: string;
  parameters: Der | null;
}

export function algorithm_from(of: Der): Algorithm {
  const fields = new Fields(of, kSequence, 'the name of an algorithm');
  const oid = oid_text(fields.take(kOid));
  const parameters = fields.any();
  fields.end();
  return { oid, parameters };
}

/** Whether an algorithm has no parameters: none at all, or NULL. */
export function is_plain(algorithm: Algorithm): boolean {
  return algorithm.parameters === null || algorithm.parameters.tag === kNull;
}

export function same_value(a: Der, b: Der): boolean {
  return same(a.whole, b.whole);
}

/** Whether `work` refuses what it was given. */
export function is_refused(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof Malformed) return true;
    throw error;
  }
}
