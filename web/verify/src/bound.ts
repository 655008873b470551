// Public files that key and heartbeat leaves bind: changes of key, and cosigned heads that give the lower end of time. spec/trust.md.
import { bytes_of, hex_of, refuse, text_of } from './bytes';
import { continuation_from, continuation_words, is_continuation } from './continuation';
import { sha256 } from './digest';
import { fork_text } from './fork';
import { open_head, type OpenedHead } from './head';
import { RememberedHeads } from './heads';
import type { Tree } from './merkle';
import { consistency_proof } from './merkle_proof';
import { head_from, is_size, kEd25519, kMaxNoteBytes, key_from, note_from, signers_of, type Key, type Note } from './note';
import type { Pin } from './pin';
import type { Register } from './register';
import { read_whole, type Source } from './source';
import { silently, tell_fork, type VouchingHead } from './trust';
import type { Findings } from './verdict';
import { cosignatures_of, instant_text } from './witness';

const kMaxBoundBytes = 2 * kMaxNoteBytes + 100; // the longest holds two notes

/** A key that the log itself names, and the largest head that it may sign. */
interface OwnKey {
  key: Key;
  last: number;
}

function is_same_key(a: Key, b: Key): boolean {
  return a.name === b.name && a.hex === b.hex;
}

/** The text of a change of key: its origin, the size from which it holds, the new key. */
function rotation_from(text: string): { origin: string; from: string; key: Key } {
  const parts = /^gavah\/0 key\norigin ([^\n]*)\nfrom ([^\n]*)\nkey ([^\n]*)\n$/.exec(text);
  if (parts === null || !is_size(parts[2]!)) return refuse('malformed change of key');
  const key = key_from(parts[3]!, kEd25519);
  if (key.name !== parts[1]) refuse("the new key is not named as the log is");
  return { origin: parts[1]!, from: parts[2]!, key };
}

/** A signed head that the reader is shown or brings, and where to say it when a retired key alone signed it. */
interface ShownHead {
  opened: OpenedHead;
  check: 'checkpoint' | 'head' | 'log';
  file: string;
}

class BoundFiles {
  readonly #own: OwnKey[] = [];
  readonly #embedded: ShownHead[] = [];
  present = 0;
  missing = 0;
  constructor(readonly pin: Pin, readonly tree: Tree, readonly heads: VouchingHead[], readonly findings: Findings) {}

  key(leaf: number, path: string, bytes: Uint8Array, is_change: boolean): void {
    this.findings.attempt('log', path, leaf, () => {
      if (!is_change && is_continuation(bytes)) return this.#continuation(leaf, bytes);
      const key = is_change ? this.#changed(leaf, note_from(bytes)) : this.#first(text_of(bytes));
      this.#own.push({ key, last: Infinity });
    });
  }

  /** Where the log's first leaf says that it continues another one, what that says holds; it is told, not trusted. */
  #continuation(leaf: number, bytes: Uint8Array): void {
    const it = continuation_from(bytes);
    if (it.origin !== this.pin.origin || leaf !== 0) refuse('a log continues another from its first leaf on, under its own name');
    if (it.taken > this.tree.size) refuse('more leaves are said to be taken over than there are');
    const { lost, detail } = continuation_words(it);
    this.findings.leave_open('continues', lost, detail);
    this.#own.push({ key: it.key, last: Infinity });
  }

  #first(text: string): Key {
    if (!text.endsWith('\n')) refuse('it is no key and a newline');
    return key_from(text.slice(0, -1), kEd25519);
  }

  /** A note signed by the key before, which the log or the pin names, and by the new one. */
  #changed(leaf: number, note: Note): Key {
    const { origin, from, key } = rotation_from(note.text);
    if (signers_of(note, [key]).length === 0) refuse('the new key has not signed');
    const known = [...this.pin.log.map((each) => each.key), ...this.#own.map((each) => each.key)];
    const before = known.filter((each) => each.name === origin && !is_same_key(each, key));
    if (signers_of(note, before).length === 0) refuse('no key that was known before has signed');
    if (origin !== this.pin.origin || from !== String(leaf + 1)) refuse('the change of key is of another log or place');
    const last = this.#own.at(-1);
    if (last !== undefined) last.last = leaf + 1;
    if (!this.pin.log.some((each) => is_same_key(each.key, key))) this.findings.leave_open('a key that the pin does not name', leaf + 1, `${key.name}+${key.id}`);
    return key;
  }

  heartbeat(leaf: number, path: string, bytes: Uint8Array): void {
    this.findings.attempt('log', path, leaf, () => {
      const note = note_from(bytes);
      const head = head_from(note.text);
      if (head.origin !== this.pin.origin || head.size > leaf) refuse('the head is not one of this log before that leaf');
      this.#compare(leaf, path, bytes, head);
      const opened = silently(() => open_head(bytes, this.pin)); // the log's own key on it need not be known
      if (opened !== null) this.#embedded.push({ opened, check: 'log', file: path });
      const said = cosignatures_of(note, this.pin.witnesses);
      const latest = said.reduce((best, each) => (best === null || each.time > best.time ? each : best), null as (typeof said)[number] | null);
      if (latest !== null) this.findings.begin_not_before(leaf, instant_text(latest.time), latest.key.name);
    });
  }

  #compare(leaf: number, path: string, note: Uint8Array, head: { size: number; root: string }): void {
    const root = this.tree.root(head.size);
    if (hex_of(root) === head.root) return;
    this.findings.add('head', path, leaf, 'the head that it embeds is not of this history');
    const [own] = this.heads;
    if (own !== undefined) tell_fork(fork_text(text_of(note), own.text, root, consistency_proof(this.tree, head.size)), this.pin, this.findings);
  }

  /** A key that the log itself has retired signs nothing larger, whatever the pin still grants it. */
  check_retired(remembered: string): void {
    const shown = this.heads.map(({ opened }, i): ShownHead => ({ opened, check: 'checkpoint', file: i === 0 ? 'checkpoint' : 'cosigned' }));
    for (const note of RememberedHeads.from(remembered).notes_of(this.pin.origin)) {
      const opened = silently(() => open_head(bytes_of(note), this.pin));
      if (opened !== null) shown.push({ opened, check: 'head', file: 'checkpoint' });
    }
    for (const each of [...shown, ...this.#embedded]) this.#check_signers(each);
  }

  #check_signers({ opened: { size, signers }, check, file }: ShownHead): void {
    const has_good_key = this.pin.log.some(({ key, first, last }) => {
      const retired = this.#own.find((each) => is_same_key(each.key, key))?.last ?? Infinity;
      return signers.includes(key) && first <= size && size <= last && size <= retired;
    });
    if (!has_good_key) this.findings.add(check, file, null, `the log itself has retired the key that signed its head of ${size}`);
  }
}

/** Right when they are there, and said when they are not. */
export async function check_bound(source: Source, register: Register, pin: Pin, tree: Tree, heads: VouchingHead[], remembered: string, findings: Findings): Promise<void> {
  const files = new BoundFiles(pin, tree, heads, findings);
  for (const [leaf, bind] of register.binds) {
    const type = register.types[leaf];
    if (type !== 'key' && type !== 'heartbeat') continue;
    const path = `bound/${bind}`;
    const size = source.size(path);
    if (size === null) {
      // Without it nobody could tell which keys the log has retired.
      if (type === 'key') findings.add('log', path, leaf, 'the key that the leaf binds is missing');
      else files.missing += 1;
      continue;
    }
    const bytes = size > kMaxBoundBytes ? null : await read_whole(source, path, kMaxBoundBytes);
    if (bytes === null || hex_of(sha256(bytes)) !== bind) {
      findings.add('log', path, leaf, 'the file is not what the leaf binds');
      continue;
    }
    files.present += 1;
    if (type === 'key') files.key(leaf, path, bytes, register.changes_of_key.has(leaf));
    else files.heartbeat(leaf, path, bytes);
  }
  files.check_retired(remembered);
  findings.count('bound', files.present);
  if (files.missing > 0) findings.leave_open('bound files missing', files.missing);
}

