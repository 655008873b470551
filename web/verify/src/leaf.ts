// The public line of an entry in the log: its bytes, its form, what it cites.
import { is_hex, refuse } from './bytes';
import { day_number } from './day';
import { is_type, kRoles, line_rule, slots_of, type LeafType } from './slots';

export const kFormat = 'gavah/0';
const kMaxLeafBytes = 65_535;

export interface LeafForm {
  type: LeafType;
  id: string;
  refs: ReadonlyMap<string, number[]>;
  bind: string | null;
  object: string | null;
  /** How many commitments it has, and where their lines begin. */
  slots: number;
  first: number;
}

export interface Leaf extends LeafForm {
  commitments: string[]; // base64
}

const kNoRefs: ReadonlyMap<string, number[]> = new Map();

const kRef = /^(0|[1-9][0-9]*)$/;

function numbers_from(text: string): number[] {
  const out = text.split(',').map((digits) => {
    const index = Number(digits);
    if (!kRef.test(digits) || !Number.isSafeInteger(index)) refuse('a reference is no number');
    return index;
  });
  if (out.some((index, i) => i > 0 && out[i - 1]! >= index)) refuse('references are not ascending');
  return out;
}

function refs_from(text: string): Map<string, number[]> {
  const words = text.split(' ');
  const out = new Map<string, number[]>();
  if (words.length % 2 !== 0) refuse('a role without a reference');
  let last = '';
  for (let i = 0; i < words.length; i += 2) {
    const role = words[i]!;
    if (!/^[a-z-]{1,32}$/.test(role) || role <= last) refuse('roles are not words in ascending order');
    out.set(role, numbers_from(words[i + 1]!));
    last = role;
  }
  return out;
}

/** Lines of a leaf before its commitments, taken one after the other. */
class Lines {
  #at = 0;
  readonly #lines: string[];
  constructor(text: string) {
    this.#lines = text.split('\n').slice(0, -1);
  }
  optional(name: string): string | null {
    const line = this.#lines[this.#at];
    if (line === undefined || !line.startsWith(`${name} `)) return null;
    this.#at += 1;
    return line.slice(name.length + 1);
  }
  must(name: string): string {
    return this.optional(name) ?? refuse(`a leaf has no line '${name}' where one belongs`);
  }
  end(): void {
    if (this.#at !== this.#lines.length) refuse('a leaf has a line that does not belong there');
  }
}

const kNewline = 10;
const kDigits = 43; // of base64, for 32 bytes, with one sign of padding
/** A line of a commitment, "c DIGITS=" and its newline. */
const kLineBytes = 2 + kDigits + 2;

// Value of each byte as a digit of base64; 255 when it is none.
const kDigitOf = new Uint8Array(256).fill(255);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((digit, value) => {
  kDigitOf[digit.charCodeAt(0)] = value;
});

function is_c_line(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x63 && bytes[at + 1] === 0x20;
}

/** Where the first line of a commitment begins, or where the leaf ends. */
function header_end(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    if (is_c_line(bytes, at)) return at;
    const end = bytes.indexOf(kNewline, at);
    if (end < 0) break;
    at = end + 1;
  }
  return bytes.length;
}

/** From `at` to the end, lines of commitments: 43 digits, the last of which leaves two bits unused. Gives how many. */
function count_commitments(bytes: Uint8Array, at: number): number {
  const count = Math.floor((bytes.length - at) / kLineBytes);
  for (let line = at; line < at + count * kLineBytes; line += kLineBytes) {
    const first = line + 2;
    let all = 0;
    for (let i = 0; i < kDigits; i += 1) all |= kDigitOf[bytes[first + i]!]!;
    const is_whole = (kDigitOf[bytes[first + kDigits - 1]!]! & 3) === 0 && bytes[first + kDigits] === 0x3d && bytes[first + kDigits + 1] === kNewline;
    if (!is_c_line(bytes, line) || all > 63 || !is_whole) refuse('a commitment is not base64 of 32 bytes');
  }
  if (at + count * kLineBytes !== bytes.length) refuse('a leaf has a line that does not belong there');
  return count;
}

/** Whether slot `slot` of a leaf commits to the 32 bytes at `at` of `value`. */
export function is_committed(leaf: Uint8Array, form: LeafForm, slot: number, value: Uint8Array, at: number): boolean {
  if (slot >= form.slots) return false;
  let digit = form.first + slot * kLineBytes + 2;
  for (let i = 0; i < 30; i += 3, digit += 4) {
    const group = (value[at + i]! << 16) | (value[at + i + 1]! << 8) | value[at + i + 2]!;
    const stated = (kDigitOf[leaf[digit]!]! << 18) | (kDigitOf[leaf[digit + 1]!]! << 12) | (kDigitOf[leaf[digit + 2]!]! << 6) | kDigitOf[leaf[digit + 3]!]!;
    if (group !== stated) return false;
  }
  const last = (value[at + 30]! << 8) | value[at + 31]!;
  return last << 2 === ((kDigitOf[leaf[digit]!]! << 12) | (kDigitOf[leaf[digit + 1]!]! << 6) | kDigitOf[leaf[digit + 2]!]!);
}

// One character a byte; what is no ASCII becomes some other letter, which no line may hold.
const latin = new TextDecoder('latin1');

/** The commitments of a leaf whose form was found right before, in base64. */
function commitments_from(bytes: Uint8Array, { first, slots }: LeafForm): string[] {
  return Array.from({ length: slots }, (_, slot) => latin.decode(bytes.subarray(first + slot * kLineBytes + 2, first + (slot + 1) * kLineBytes - 1)));
}

/** The form that the bytes of every leaf have, whatever its type. */
export function leaf_form(bytes: Uint8Array): LeafForm {
  if (bytes.length > kMaxLeafBytes) refuse('a leaf is too long');
  if (bytes[bytes.length - 1] !== kNewline) refuse('a leaf does not end with a newline');
  const first = header_end(bytes);
  const lines = new Lines(latin.decode(bytes.subarray(0, first)));
  const type = lines.must(kFormat);
  if (!is_type(type)) return refuse(`'${type.slice(0, 40)}' is no type of a leaf`);
  const id = lines.must('id');
  if (!is_hex(id, 32)) refuse('an id is not 32 hexadecimal digits');
  if (day_number(lines.must('day')) === null) refuse('a day is not YYYY-MM-DD');
  const refs = lines.optional('refs');
  const bind = lines.optional('bind');
  const object = lines.optional('object');
  if ((bind !== null && !is_hex(bind, 64)) || (object !== null && !is_hex(object, 64))) refuse('a digest is not 64 digits');
  lines.end();
  const leaf = { type, id, refs: refs === null ? kNoRefs : refs_from(refs), bind, object, first, slots: count_commitments(bytes, first) };
  check_lines(leaf);
  return leaf;
}

export function leaf_from(bytes: Uint8Array): Leaf {
  const form = leaf_form(bytes);
  return { ...form, commitments: commitments_from(bytes, form) };
}

function check_lines(leaf: LeafForm): void {
  for (const line of ['bind', 'object'] as const) {
    const rule = line_rule(leaf.type, line);
    if (rule === 'always' && leaf[line] === null) refuse(`a ${leaf.type} leaf has no ${line} line`);
    if (rule === 'never' && leaf[line] !== null) refuse(`a ${leaf.type} leaf has a ${line} line`);
  }
}

/** What the tables demand of a leaf: number of slots, roles, how many it cites in each. */
export function check_shape(leaf: LeafForm): void {
  const wanted = slots_of(leaf.type).length;
  if (leaf.slots !== wanted) refuse(`a ${leaf.type} leaf has ${wanted} slots, not ${leaf.slots}`);
  const roles = kRoles[leaf.type] ?? {};
  for (const role of leaf.refs.keys()) if (!(role in roles)) refuse(`a ${leaf.type} leaf cites nothing as '${role}'`);
  for (const [role, { least, most }] of Object.entries(roles)) {
    const count = leaf.refs.get(role)?.length ?? 0;
    if (count < least || count > most) refuse(`a ${leaf.type} leaf cites ${count} leaves as '${role}'`);
  }
  if ((leaf.type === 'distinct' || leaf.type === 'withhold' || leaf.type === 'redact') && leaf.refs.size === 0) refuse(`a ${leaf.type} leaf cites no entry`);
}
