// What a reader remembers: signed heads, a line each, in a file of the reader's own. spec/trust.md.
import { bytes_of, compare_texts, refuse } from './bytes';
import { head_from, note_from, type Head } from './note';
import { quoted, Scanner } from './scanner';

const kMaxHeads = 10_000; // of all logs together: a file, not a database
const kMaxMemoryBytes = 64 << 20;

interface Remembered {
  head: Head;
  note: string;
}

function is_same(a: Head, b: Head): boolean {
  return a.origin === b.origin && a.size_text === b.size_text && a.root === b.root;
}

function order(a: Remembered, b: Remembered): number {
  return compare_texts(a.head.origin, b.head.origin) || compare_numbers(BigInt(a.head.size_text), BigInt(b.head.size_text)) || compare_texts(a.note, b.note);
}

function compare_numbers(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function line_from(line: string): Remembered {
  const scan = new Scanner(line);
  scan.expect('{"type":"head","origin":');
  const origin = scan.text();
  scan.expect(',"size":');
  const size = scan.big();
  scan.expect(',"note":');
  const note = scan.text();
  scan.expect('}');
  scan.end();
  const head = head_from(note_from(bytes_of(note)).text);
  if (head.origin !== origin || head.size_text !== String(size)) refuse('a remembered head is not what its line says');
  return { head, note };
}

export class RememberedHeads {
  readonly #lines: Remembered[] = [];

  /** An empty text is an empty memory; any other spelling than the one is refused. */
  static from(text: string): RememberedHeads {
    const out = new RememberedHeads();
    if (text.length > kMaxMemoryBytes) refuse('too many remembered heads');
    if (text !== '' && !text.endsWith('\n')) refuse('the last remembered head is cut');
    for (const line of text.split('\n').slice(0, -1)) {
      const next = line_from(line);
      const last = out.#lines.at(-1);
      if (last !== undefined && order(last, next) >= 0) refuse('the remembered heads are not ascending');
      if (out.#lines.some((each) => is_same(each.head, next.head))) refuse('a head is remembered twice');
      if (out.#lines.length === kMaxHeads) refuse('too many remembered heads');
      out.#lines.push(next);
    }
    return out;
  }

  text(): string {
    return this.#lines.map(({ head, note }) => `{"type":"head","origin":${quoted(head.origin)},"size":${head.size_text},"note":${quoted(note)}}\n`).join('');
  }

  /** Signed notes of that log, smallest first. */
  notes_of(origin: string): string[] {
    return this.#lines.filter(({ head }) => head.origin === origin).map(({ note }) => note);
  }

  /** Adds a signed note unless its head is there. */
  add(note: string): void {
    const line = { head: head_from(note_from(bytes_of(note)).text), note };
    if (this.#lines.some((each) => is_same(each.head, line.head))) return;
    if (this.#lines.length === kMaxHeads) refuse('too many remembered heads');
    this.#lines.push(line);
    this.#lines.sort(order);
  }
}
