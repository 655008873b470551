// That a log begins where another one was cut off: the file that its first leaf binds, spec/trust.md.
import { bytes_of, hex_of, refuse, text_of } from './bytes';
import { head_from, kEd25519, key_from, note_from, signers_of, type Head, type Key } from './note';

export const kContinuationFirstLine = 'gavah/0 continues';
const kMaxOldKeys = 100;
const kMaxBytes = 2_000_100; // two notes

export interface Continuation {
  origin: string;
  key: Key;
  taken: number;
  old_keys: Key[];
  head: Head;
}

function count_from(digits: string): number {
  const count = Number(digits);
  if (!/^(0|[1-9][0-9]*)$/.test(digits) || !Number.isSafeInteger(count)) refuse('a number is not written as one');
  return count;
}

/** What follows "WORD " in a line. */
function after(line: string | undefined, word: string): string {
  if (line === undefined || !line.startsWith(`${word} `)) return refuse(`a line should begin with '${word}'`);
  return line.slice(word.length + 1);
}

/** Two notes with an empty line between them; neither text has one of its own. */
function notes_of(file: string): [string, string] {
  const body = file.indexOf('\n\n');
  const end = body < 0 ? -1 : file.indexOf('\n\n', body + 2);
  if (end < 0) refuse('a continuation holds two notes');
  return [file.slice(0, end + 1), file.slice(end + 2)];
}

/** All that the file says, when all of it holds. */
export function continuation_from(bytes: Uint8Array): Continuation {
  if (bytes.length > kMaxBytes) refuse('a continuation is too large');
  const [own, old] = notes_of(text_of(bytes));
  const note = note_from(bytes_of(own));
  const lines = note.text.split('\n');
  if (lines.pop() !== '' || lines[0] !== kContinuationFirstLine) refuse('this continues no log');
  const [, origin_line, key_line, taken_line, head_line, ...old_lines] = lines;
  const origin = after(origin_line, 'origin');
  const key = key_from(after(key_line, 'key'), kEd25519);
  const taken = count_from(after(taken_line, 'taken'));
  const cited = after(head_line, 'head');
  if (old_lines.length === 0 || old_lines.length > kMaxOldKeys) refuse('the old log has no key, or too many');
  const old_keys = old_lines.map((line) => key_from(after(line, 'old'), kEd25519));
  const old_origin = old_keys[0]!.name;
  if (key.name !== origin || taken === 0) refuse('a continuation names no log');
  if (old_origin === origin || old_keys.some((each) => each.name !== old_origin)) refuse('the old keys are not those of one other log');
  if (signers_of(note, [key]).length === 0) refuse('the new log has not signed');
  if (signers_of(note, old_keys).length === 0) refuse('the old log has not signed');
  const head_note = note_from(bytes_of(old));
  if (signers_of(head_note, old_keys).length === 0) refuse('no key of the old log signed its head');
  const head = head_from(head_note.text);
  const words = head_from(`${old_origin}\n${cited.replace(' ', '\n')}\n`);
  if (head.origin !== old_origin || head.size_text !== words.size_text || head.root !== words.root) refuse('the old head is not the one that is cited');
  return { origin, key, taken, old_keys, head };
}

/** What a reader is told of it. */
export function continuation_words({ head, taken }: Continuation): { lost: number; detail: string } {
  return { lost: Math.max(0, head.size - taken), detail: `${head.origin}: ${taken} / ${head.size}` };
}

export function is_continuation(bytes: Uint8Array): boolean {
  const first = bytes_of(kContinuationFirstLine);
  return hex_of(bytes.subarray(0, first.length)) === hex_of(first);
}
