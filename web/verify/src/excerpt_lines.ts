// The lines of an excerpt, in their order: spec/excerpt.md.
import { refuse, text_of, compare_texts } from './bytes';
import { kFormat } from './leaf';
import { Scanner } from './scanner';

const kMaxExcerptBytes = 256 << 20; // a total of a hundred thousand members is a fifth of it
const kFirst = `{"type":"excerpt",`;

export interface ExcerptLeaf {
  index: number;
  leaf: string;
  proof: string[];
}

export interface Excerpt {
  entry: number | null;
  total: string | null;
  checkpoint: string;
  manifest: string;
  files: Map<string, string>;
  leaves: ExcerptLeaf[];
  records: string[];
  claims: string[];
  parts: string[];
}

export function is_excerpt(bytes: Uint8Array): boolean {
  return [...kFirst].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}

function head_from(line: string): { entry: number | null; total: string | null } {
  const scan = new Scanner(line);
  scan.expect(`${kFirst}"format":"${kFormat}","entry":`);
  const entry = scan.take('null') ? null : scan.count();
  scan.expect(',"total":');
  const total = scan.nullable_text();
  scan.expect('}');
  scan.end();
  if ((entry === null) === (total === null)) refuse('an excerpt is of one entry or of one total');
  return { entry, total };
}

/** The text of a line that names something: a note or a file. */
function named_from(line: string, type: string, key: string): { name: string; text: string } {
  const scan = new Scanner(line);
  scan.expect(`{"type":"${type}","${key}":`);
  const name = scan.text();
  scan.expect(',"text":');
  const text = scan.text();
  scan.expect('}');
  scan.end();
  return { name, text };
}

function leaf_from(line: string): ExcerptLeaf {
  const scan = new Scanner(line);
  scan.expect('{"type":"leaf","index":');
  const index = Number(scan.big());
  if (index < 0) refuse('an index is negative');
  scan.expect(',"leaf":');
  const leaf = scan.text();
  scan.expect(',"proof":');
  const proof = scan.list(() => scan.hex(64));
  scan.expect('}');
  scan.end();
  return { index, leaf, proof };
}

/** Reads line after line; each kind may come only behind those before it. */
class Lines {
  #at = 0;
  constructor(readonly lines: string[]) {}
  next(): string {
    const line = this.lines[this.#at] ?? refuse('an excerpt is cut');
    this.#at += 1;
    return line;
  }
  begins(prefix: string): boolean {
    return this.lines[this.#at]?.startsWith(prefix) ?? false;
  }
  get is_over(): boolean {
    return this.#at === this.lines.length;
  }
}

const kOpened = '{"type":"opened"';

export function excerpt_from(bytes: Uint8Array): Excerpt {
  if (bytes.length > kMaxExcerptBytes) refuse('an excerpt is longer than 256 MiB');
  const whole = text_of(bytes).split('\n');
  if (whole.pop() !== '') refuse('the last line of an excerpt is cut');
  const lines = new Lines(whole);
  const { entry, total } = head_from(lines.next());
  const [checkpoint, manifest] = ['checkpoint', 'edition.json'].map((wanted) => {
    const { name, text } = named_from(lines.next(), 'note', 'name');
    return name === wanted ? text : refuse('the notes of an excerpt are not checkpoint and edition.json');
  }) as [string, string];
  const out: Excerpt = { entry, total, checkpoint, manifest, files: new Map(), leaves: [], records: [], claims: [], parts: [] };
  let last: string | null = null;
  while (lines.begins('{"type":"file"')) {
    const { name, text } = named_from(lines.next(), 'file', 'path');
    if (last !== null && compare_texts(last, name) >= 0) refuse('the files of an excerpt are not ascending');
    out.files.set((last = name), text);
  }
  while (lines.begins('{"type":"leaf"')) {
    const leaf = leaf_from(lines.next());
    if (out.leaves.length > 0 && out.leaves.at(-1)!.index >= leaf.index) refuse('the leaves of an excerpt are not ascending');
    out.leaves.push(leaf);
  }
  while (!lines.is_over && !lines.begins(kOpened)) out.records.push(lines.next());
  while (!lines.is_over) {
    if (!lines.begins(kOpened)) refuse('a line of an excerpt stands where it does not belong');
    const line = lines.next();
    const is_part = line.includes(',"slot":"parts",');
    if (!is_part && out.parts.length > 0) refuse('claims of an excerpt stand behind its parts');
    (is_part ? out.parts : out.claims).push(line);
  }
  return out;
}
