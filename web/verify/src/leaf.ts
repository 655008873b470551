// The public line of an entry in the log: its bytes, its form, what it cites.
import { is_hex, refuse } from './bytes';
import { day_number } from './day';
import { is_type, kRoles, line_rule, slots_of, type LeafType } from './slots';

export const kFormat = 'gavah/0';
const kMaxLeafBytes = 65_535;

export interface Leaf {
  type: LeafType;
  id: string;
  refs: Map<string, number[]>;
  bind: string | null;
  object: string | null;
  commitments: string[]; // base64
}

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

/** Lines of a leaf, taken one after the other. */
class Lines {
  #at = 0;
  readonly #lines: string[];
  constructor(text: string) {
    this.#lines = text.split('\n');
    if (this.#lines.pop() !== '') refuse('a leaf does not end with a newline');
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

// 32 bytes: 43 digits, the last of which leaves two bits unused, and one sign of padding.
const kCommitment = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

// One character a byte; what is no ASCII becomes some other letter, which no line may hold.
const latin = new TextDecoder('latin1');

/** The commitments of a leaf whose form was found right before. */
export function commitments_from(bytes: Uint8Array): string[] {
  const text = latin.decode(bytes);
  const first = text.indexOf('\nc ');
  return first < 0 ? [] : text.slice(first + 3, -1).split('\nc ');
}

/** The form that the bytes of every leaf have, whatever its type. */
export function leaf_from(bytes: Uint8Array): Leaf {
  if (bytes.length > kMaxLeafBytes) refuse('a leaf is too long');
  const lines = new Lines(latin.decode(bytes));
  const type = lines.must(kFormat);
  if (!is_type(type)) return refuse(`'${type.slice(0, 40)}' is no type of a leaf`);
  const id = lines.must('id');
  if (!is_hex(id, 32)) refuse('an id is not 32 hexadecimal digits');
  if (day_number(lines.must('day')) === null) refuse('a day is not YYYY-MM-DD');
  const refs = lines.optional('refs');
  const bind = lines.optional('bind');
  const object = lines.optional('object');
  if ((bind !== null && !is_hex(bind, 64)) || (object !== null && !is_hex(object, 64))) refuse('a digest is not 64 digits');
  const commitments: string[] = [];
  for (let line = lines.optional('c'); line !== null; line = lines.optional('c')) {
    if (!kCommitment.test(line)) refuse('a commitment is not base64 of 32 bytes');
    commitments.push(line);
  }
  lines.end();
  const leaf = { type, id, refs: refs === null ? new Map() : refs_from(refs), bind, object, commitments };
  check_lines(leaf);
  return leaf;
}

function check_lines(leaf: Leaf): void {
  for (const line of ['bind', 'object'] as const) {
    const rule = line_rule(leaf.type, line);
    if (rule === 'always' && leaf[line] === null) refuse(`a ${leaf.type} leaf has no ${line} line`);
    if (rule === 'never' && leaf[line] !== null) refuse(`a ${leaf.type} leaf has a ${line} line`);
  }
}

/** What the tables demand of a leaf: number of slots, roles, how many it cites in each. */
export function check_shape(leaf: Leaf): void {
  const wanted = slots_of(leaf.type).length;
  if (leaf.commitments.length !== wanted) refuse(`a ${leaf.type} leaf has ${wanted} slots, not ${leaf.commitments.length}`);
  const roles = kRoles[leaf.type] ?? {};
  for (const role of leaf.refs.keys()) if (!(role in roles)) refuse(`a ${leaf.type} leaf cites nothing as '${role}'`);
  for (const [role, { least, most }] of Object.entries(roles)) {
    const count = leaf.refs.get(role)?.length ?? 0;
    if (count < least || count > most) refuse(`a ${leaf.type} leaf cites ${count} leaves as '${role}'`);
  }
  if ((leaf.type === 'distinct' || leaf.type === 'withhold') && leaf.refs.size === 0) refuse(`a ${leaf.type} leaf cites no entry`);
}
