// Signed notes and checkpoints, as C2SP states them: signed-note, tlog-checkpoint without extension lines.
import { bytes_of, compare_texts, from_base64, hex_of, joined, refuse, text_of, to_base64 } from './bytes';
import { sha256 } from './digest';
import { is_signed } from './signature';

export const kMaxNoteBytes = 1_000_000; // C2SP signed-note
const kMaxSignatures = 100; // lines; C2SP signed-note lets a reader refuse more than it can use
/** Types of keys: of logs and releases, and of witnesses. */
export const kEd25519 = 1;
export const kWitness = 4;
const kSpace = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export interface Key {
  name: string;
  id: string; // 8 hexadecimal digits
  bytes: Uint8Array;
  hex: string; // of the bytes
}

interface Signature {
  name: string;
  id: string;
  bytes: Uint8Array;
}

function is_key_name(name: string): boolean {
  return name !== '' && !kSpace.test(name) && !/[+\u0000-\u001f\u007f]/.test(name);
}

/** "NAME+HEX8+BASE64(TYPE ‖ key)", the id being the first bytes of SHA-256(NAME ‖ 0a ‖ TYPE ‖ key). */
export function key_from(vkey: string, type: number): Key {
  const parts = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(vkey);
  if (parts === null) return refuse('a key is not NAME+ID+BASE64');
  const raw = from_base64(parts[3]!);
  const name = parts[1]!;
  if (raw[0] === 6) refuse('a key of ML-DSA-44 (type 06), which this format does not have yet');
  if (!is_key_name(name) || raw.length !== 33 || raw[0] !== type) refuse('not a named key of its type');
  const id = hex_of(sha256(joined(bytes_of(`${name}\n`), raw)).subarray(0, 4));
  if (parts[2] !== id) refuse('the id of a key is not that of its bytes');
  return { name, id, bytes: raw.slice(1), hex: hex_of(raw.subarray(1)) };
}

function signature_from(line: string): Signature {
  const parts = /^— ([^ ]+) ([^ ]+)$/.exec(line);
  if (parts === null || !is_key_name(parts[1]!)) return refuse('a signature line is not "— NAME BASE64"');
  const raw = from_base64(parts[2]!);
  if (raw.length <= 4) refuse('a signature is cut');
  return { name: parts[1]!, id: hex_of(raw.subarray(0, 4)), bytes: raw.slice(4) };
}

export interface Note {
  text: string; // with its last newline
  signatures: Signature[];
}

export function note_from(bytes: Uint8Array): Note {
  if (bytes.length > kMaxNoteBytes) refuse('a note is longer than 1,000,000 bytes');
  const whole = text_of(bytes);
  if (!whole.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(whole)) refuse('a note holds control characters');
  const blank = whole.lastIndexOf('\n\n');
  if (blank < 0) refuse('a note has no signatures');
  const lines = whole.slice(blank + 2, -1).split('\n');
  if (blank + 2 === whole.length || lines.length > kMaxSignatures) refuse('a note has no signature, or too many');
  return { text: whole.slice(0, blank + 1), signatures: lines.map(signature_from) };
}

/** Keys of `known` that signed. A line by a known key with a wrong signature spoils the note; others are passed over. */
export function signers_of(note: Note, known: Key[]): Key[] {
  const out = new Set<Key>();
  for (const line of note.signatures) {
    const key = known.find((each) => each.name === line.name && each.id === line.id);
    if (key === undefined) continue;
    if (!is_signed(key.bytes, note.text, line.bytes)) refuse(`the signature by ${line.name} is wrong`);
    out.add(key);
  }
  return [...out];
}

export interface Head {
  origin: string;
  size: number; // exact below 2^53, where the sizes of all trees are that are read here
  size_text: string;
  root: string; // hexadecimal
}

/** Decimal without leading zeros, below 2^63. */
export function is_size(text: string): boolean {
  return /^(0|[1-9][0-9]{0,18})$/.test(text) && BigInt(text) < 2n ** 63n;
}

export function head_from(text: string): Head {
  const lines = text.split('\n');
  if (lines.length !== 4 || lines[3] !== '') refuse('a checkpoint is not three lines');
  const [origin, size, root] = lines as [string, string, string];
  const hash = from_base64(root);
  const leaves = Number(size);
  if (origin === '' || !is_size(size)) refuse('a checkpoint names no tree');
  if (hash.length !== 32 || to_base64(hash) !== root) refuse('a checkpoint names no root');
  return { origin, size: leaves, size_text: size, root: hex_of(hash) };
}

export function ascends<T>(items: T[], text: (item: T) => string): boolean {
  return items.every((item, i) => i === 0 || compare_texts(text(items[i - 1]!), text(item)) < 0);
}
