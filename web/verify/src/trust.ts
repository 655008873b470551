// What others say of an edition's head: its signatures, a later head that holds it, what the reader remembers. spec/trust.md.
import { bytes_of, from_hex, hex_of, same, text_of } from './bytes';
import { later_head } from './cosigned';
import type { Listed } from './files';
import { fork_from, fork_text } from './fork';
import { open_head, type OpenedHead } from './head';
import type { Tree } from './merkle';
import { consistency_proof } from './merkle_proof';
import { kMaxNoteBytes } from './note';
import type { Pin } from './pin';
import { RememberedHeads } from './heads';
import { read_whole, type Source } from './source';
import { Findings } from './verdict';
import { instant_text, is_quorum, judge_witnesses, state_of, type Clock } from './witness';

const kCheckpoint = 'checkpoint';
const kCosigned = 'cosigned';
const kMaxReadBytes = 2 * kMaxNoteBytes; // a longer file is no note, and no request either

/** A head that vouches for the edition: its own, or a later one whose tree begins with it. */
export interface VouchingHead {
  text: string;
  opened: OpenedHead;
}

/** What the reader brings besides the pin. */
export interface Brought {
  /** A request to cosign that came beside the edition, in place of the one in it. */
  cosigned: Uint8Array | null;
  remembered: string;
  clock: Clock;
}

/** A file of notes that is read whole; undefined and a failure when it is longer than any. */
async function read_note(source: Source, path: string, findings: Findings): Promise<Uint8Array | undefined> {
  const size = source.size(path) ?? 0;
  if (size <= kMaxReadBytes) return read_whole(source, path, kMaxReadBytes);
  findings.add('checkpoint', path, null, 'it is longer than any note');
  return undefined;
}

/** The edition's own head, and the later one. Foremost its own; empty when that does not hold. */
export async function read_heads(listed_source: Source, given: Source, pin: Pin, listed: Listed, brought: Brought, findings: Findings): Promise<VouchingHead[]> {
  const bytes = await read_note(listed_source, kCheckpoint, findings);
  const copy = await read_note(listed_source, 'log/checkpoint', findings);
  if (bytes === undefined || copy === undefined) return [];
  if (!same(copy, bytes)) findings.add('checkpoint', 'log/checkpoint', null, "it is not the edition's checkpoint");
  const opened = findings.attempt('checkpoint', kCheckpoint, null, () => open_head(bytes, pin));
  if (opened === undefined) return [];
  const { size, root } = listed.manifest;
  if (opened.size_text !== String(size) || opened.root !== root) {
    findings.add('checkpoint', kCheckpoint, null, 'its size or root is not that in the manifest');
    return [];
  }
  const own = { text: text_of(bytes), opened };
  const later = brought.cosigned ?? (given.size(kCosigned) === null ? new Uint8Array() : await read_note(given, kCosigned, findings));
  if (later === undefined || later.length === 0) return [own];
  const found = findings.attempt('checkpoint', kCosigned, null, () => later_head(later, pin, size, from_hex(root, 32), (head) => from_hex(head.root, 32)));
  return found === undefined ? [own] : [own, { text: text_of(found.note), opened: found.head }];
}

/** Heads that the reader remembers, in the pin and in the reader's own file, against the edition's tree. */
export function check_remembered(pin: Pin, tree: Tree, heads: VouchingHead[], brought: Brought, findings: Findings): void {
  for (const head of pin.heads) {
    if (head.size > tree.size) {
      findings.add('head', kCheckpoint, null, `the reader remembers this log with ${head.size} leaves; the edition's has ${tree.size}`);
    } else if (hex_of(tree.root(head.size)) !== head.root) {
      findings.add('head', kCheckpoint, null, `the reader remembers another root at size ${head.size}: two histories were signed`);
    }
  }
  const notes = RememberedHeads.from(brought.remembered).notes_of(pin.origin);
  findings.count('heads', pin.heads.length + notes.length);
  if (heads.length === 0) return;
  for (const note of notes) {
    const opened = findings.attempt('head', '', null, () => open_head(bytes_of(note), pin));
    if (opened === undefined) continue;
    if (opened.size <= tree.size) compare_with_tree(note, opened, tree, heads[0]!, pin, findings);
    else compare_with_later(note, opened, notes, pin, heads, findings);
  }
}

/** No larger than the edition: its own leaves say what the head must have been. */
function compare_with_tree(note: string, remembered: OpenedHead, tree: Tree, own: VouchingHead, pin: Pin, findings: Findings): void {
  const root = tree.root(remembered.size);
  if (hex_of(root) === remembered.root) return;
  findings.add('head', kCheckpoint, null, `the reader remembers another root at size ${remembered.size}: two histories were signed`);
  tell_fork(fork_text(note, own.text, root, consistency_proof(tree, remembered.size)), pin, findings);
}

/** Keeps a file that proves to others that the log was forked, when it does. */
export function tell_fork(fork: string, pin: Pin, findings: Findings): void {
  if (silently(() => fork_from(bytes_of(fork), pin)) !== null) findings.forks.push(fork);
}

/** Larger: only the later head, or the reader's own memory, can bear it out. */
function compare_with_later(note: string, remembered: OpenedHead, notes: string[], pin: Pin, heads: VouchingHead[], findings: Findings): void {
  const [own, later] = heads as [VouchingHead, VouchingHead | undefined];
  if (later?.opened.size_text === remembered.size_text) {
    if (later.opened.root === remembered.root) return;
    findings.add('head', kCosigned, null, `the reader remembers another root at size ${remembered.size_text}: two histories were signed`);
    tell_fork(fork_text(note, later.text, from_hex(later.opened.root, 32), []), pin, findings);
    return;
  }
  const is_known = notes.some((each) => {
    const head = silently(() => open_head(bytes_of(each), pin));
    return head?.size_text === own.opened.size_text && head.root === own.opened.root;
  });
  if (is_known) return;
  findings.add('head', kCheckpoint, null, `the reader remembers this log with ${remembered.size_text} leaves; the edition's has ${own.opened.size_text}, and was not seen before`);
}

/** What `work` gives, or null when it refuses. */
export function silently<T>(work: () => T): T | null {
  return new Findings().attempt('head', '', null, work) ?? null;
}

/** Weighs the witnesses; true when those that count are a quorum. */
export function weigh_witnesses(pin: Pin, heads: VouchingHead[], clock: Clock, findings: Findings): boolean {
  const said = heads.flatMap(({ opened }) => opened.cosignatures);
  findings.witnesses = judge_witnesses(pin.witnesses, said, clock);
  let seen: { time: number; name: string } | null = null;
  for (const { key, time } of said) {
    if (state_of(time, clock) !== 'future' && (seen === null || time < seen.time)) seen = { time, name: key.name };
  }
  findings.seen_by = seen === null ? null : { time: instant_text(seen.time), witness: seen.name };
  findings.heads = heads.map(({ text }) => text);
  return heads.length > 0 && is_quorum(pin.witnesses, findings.witnesses);
}
