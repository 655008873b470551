// An edition that is spoiled on purpose: what an operator with the true keys could publish.
import { bytes_of, from_hex, hex_of, refuse, text_of, to_base64 } from '../src/bytes';
import { Committer } from '../src/commitment';
import { sha256 } from '../src/digest';
import { leaf_hash, root_of } from '../src/merkle';
import { slot_at, slots_of, type LeafType } from '../src/slots';
import { apply_edits, edits_between, type Edit, type Files } from './edits';
import { leaves_of, note_text, sign_edition, sign_note, write_log, type SigningKey } from './sign';

export interface Keys {
  release: SigningKey;
  log: SigningKey;
}

/** RFC 9162, section 2.1.3.1. */
function inclusion_proof(hashes: Uint8Array[], index: number): Uint8Array[] {
  if (hashes.length === 1) return [];
  const half = 2 ** Math.floor(Math.log2(hashes.length - 1));
  const [left, right] = [hashes.slice(0, half), hashes.slice(half)];
  return index < half ? [...inclusion_proof(left, index), root_of(right)] : [...inclusion_proof(right, index - half), root_of(left)];
}

export class Case {
  files: Files;
  #leaves: string[] | null = null;
  #secrets = 0;

  constructor(readonly base: Files, readonly keys: Keys) {
    this.files = new Map(base);
  }

  text(path: string): string {
    return text_of(this.files.get(path) ?? refuse(`${path} is not there`));
  }
  put(path: string, text: string): this {
    this.files.set(path, bytes_of(text));
    return this;
  }
  remove(path: string): this {
    this.files.delete(path);
    return this;
  }
  replace(path: string, find: string | RegExp, put: string): this {
    const text = this.text(path);
    const made = text.replace(find, () => put);
    if (made === text) refuse(`${String(find)} is not in ${path}`);
    return this.put(path, made);
  }
  /** Lines of a file, changed in place. */
  lines(path: string, change: (lines: string[]) => void): this {
    const lines = this.text(path).split('\n').slice(0, -1);
    change(lines);
    return this.put(path, lines.map((line) => `${line}\n`).join(''));
  }
  line_of(path: string, part: string): string {
    return this.text(path).split('\n').find((line) => line.includes(part)) ?? refuse(`no line of ${path} has ${part}`);
  }

  get leaves(): string[] {
    const size = Number(/"checkpoint":\{"size":(\d+)/.exec(this.text('edition.json'))![1]);
    return (this.#leaves ??= leaves_of(this.files, size).map(text_of));
  }
  leaf(index: number, change: (text: string) => string): this {
    this.leaves[index] = change(this.leaves[index]!);
    return this;
  }
  /** Appends a leaf with commitments that nobody can open. */
  append(type: LeafType, refs = '', lines = ''): this {
    const slots = slots_of(type).map(() => `c ${to_base64(this.secret())}\n`).join('');
    const id = hex_of(this.secret()).slice(0, 32);
    this.leaves.push(`gavah/0 ${type}\nid ${id}\nday 2031-07-02\n${refs === '' ? '' : `refs ${refs}\n`}${lines}${slots}`);
    return this;
  }
  secret(): Uint8Array {
    this.#secrets += 1;
    return sha256(bytes_of(`vector secret ${this.#secrets}`));
  }

  /** Commits an entry's slot to another value, and opens it in its record. */
  commit(entry: number, path: string, value: string | null): this {
    return this.lines('records.jsonl', (lines) => {
      const at = lines.findIndex((line) => line.includes(`"entry":${entry},"leaf":`));
      const record = JSON.parse(lines[at]!) as { type: LeafType; leaf: number; slots: [number, string, string | null, string][] };
      const leaf = this.leaves[record.leaf]!;
      const table = /^gavah\/0 ([a-z]+)/.exec(leaf)![1] as LeafType;
      const slot = slot_at(table, path);
      const key = this.secret();
      const id = from_hex(/^id ([0-9a-f]{32})$/m.exec(leaf)![1]!, 16);
      const origin = /"origin":"([^"]+)"/.exec(this.text('edition.json'))![1]!;
      const made = new Committer(origin).commit(key, id, path, slots_of(table)[slot]!.kind, value);
      let seen = -1;
      this.leaf(record.leaf, (text) => text.replace(/^c .*$/gm, (line) => ((seen += 1) === slot ? `c ${to_base64(made)}` : line)));
      record.slots = record.slots.filter(([each]) => each !== slot);
      record.slots.push([slot, path, value, hex_of(key)]);
      record.slots.sort((a, b) => a[0] - b[0]);
      lines[at] = JSON.stringify(record);
    });
  }
  /** Opens nothing of a slot. */
  close(entry: number, path: string): this {
    return this.lines('records.jsonl', (lines) => {
      const at = lines.findIndex((line) => line.includes(`"entry":${entry},"leaf":`));
      const record = JSON.parse(lines[at]!) as { slots: [number, string][] };
      record.slots = record.slots.filter(([, each]) => each !== path);
      lines[at] = JSON.stringify(record);
    });
  }
  /** Commits to a list of one record, and gives the line that opens it. */
  commit_list(entry: number, path: string, records: string[]): [string, string][] {
    const salted = records.map((record): [string, string] => [record, hex_of(this.secret())]);
    const hashes = salted.map(([record, salt]) => leaf_hash(from_hex(salt, 32), bytes_of(record)));
    this.commit(entry, path, `${records.length} ${hex_of(root_of(hashes))}`);
    return salted;
  }

  /** Commits a capture to other records of its parts, and opens the same of them as before. */
  commit_parts(capture: number, change: (records: string[]) => void): this {
    const count = Number(/"part-count","(\d+)"/.exec(this.line_of('records.jsonl', `{"type":"capture","entry":${capture},`))![1]);
    const records: string[] = Array.from({ length: count }, () => '{}');
    const of_capture = new RegExp(`^\\{"type":"opened","entry":${capture},.*"index":(\\d+),"record":(.*),"salt":.*$`);
    this.lines('parts.jsonl', (lines) => {
      for (const line of lines) {
        const [, index, record] = of_capture.exec(line) ?? [];
        if (index !== undefined) records[Number(index)] = record!;
      }
      change(records);
      const salted = this.commit_list(capture, 'parts', records);
      const hashes = salted.map(([record, salt]) => leaf_hash(from_hex(salt, 32), bytes_of(record)));
      lines.forEach((line, i) => {
        const index = Number(of_capture.exec(line)?.[1] ?? -1);
        if (index < 0) return;
        const [record, salt] = salted[index]!;
        const proof = inclusion_proof(hashes, index).map((hash) => `"${hex_of(hash)}"`).join(',');
        lines[i] = line.replace(/"record":.*$/, () => `"record":${record},"salt":"${salt}","proof":[${proof}]}`);
      });
    });
    return this;
  }

  /** Makes the log anew from its leaves, signed by its key. */
  relog(): this {
    write_log(this.files, this.leaves.map(bytes_of), this.keys.log);
    return this;
  }
  /** Signs any text as edition.json. */
  manifest(change: (text: string) => string, key = this.keys.release): this {
    sign_edition(this.files, this.keys.release);
    this.files.set('edition.json', sign_note(change(note_text(this.files.get('edition.json')!)), key));
    return this;
  }

  /** What a line of bad.jsonl holds: the shorter of edits that are signed again, and edits of everything. */
  edits(signed: boolean): Edit[] {
    if (this.#leaves !== null) this.relog();
    const edits = edits_between(this.base, this.files);
    const files = apply_edits(this.base, edits);
    if (signed) sign_edition(files, this.keys.release);
    return edits;
  }
}

