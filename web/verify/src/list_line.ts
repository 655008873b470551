// Records of lists that are opened: claims.jsonl, parts.jsonl, dispositions.jsonl. spec/commitments.md.
import { bytes_of, from_hex, joined, refuse, same } from './bytes';
import type { Hashes } from './hashes';
import { is_included_by, leaf_hash, root_of } from './merkle';
import { Scanner } from './scanner';
import type { ListHead } from './opened';

export interface ListLine {
  entry: number;
  leaf: number;
  slot: string;
  index: number;
  record: string;
  salt: string;
  proof: string[];
}

export function list_line_from(line: string): ListLine {
  const scan = new Scanner(line);
  scan.expect('{"type":"opened","entry":');
  const entry = scan.count();
  scan.expect(',"leaf":');
  const leaf = scan.count();
  scan.expect(',"slot":');
  const slot = scan.text();
  scan.expect(',"index":');
  const index = scan.count();
  scan.expect(',"record":');
  const record = scan.value();
  scan.expect(',"salt":');
  const salt = scan.hex(64);
  scan.expect(',"proof":');
  const proof = scan.list(() => scan.hex(64));
  scan.expect('}');
  scan.end();
  return { entry, leaf, slot, index, record, salt, proof };
}

function record_hash(record: string, salt: string): Uint8Array {
  return leaf_hash(from_hex(salt, 32), bytes_of(record));
}

/** Refuses a record that is not the one that the list's head commits to at its index; its proof is of hashes side by side. */
export function check_member({ count, root }: ListHead, index: number, hash: Uint8Array, proof: Uint8Array): void {
  if (!is_included_by(index, count, hash, proof, root)) refuse(`the record is not number ${index} of ${count} of the list`);
}

export function check_listed(line: ListLine, head: ListHead): void {
  const proof = joined(...line.proof.map((hash) => from_hex(hash, 32)));
  check_member(head, line.index, record_hash(line.record, line.salt), proof);
}

/** True when these are the hashes of all records of the list, in order. */
export function is_whole(hashes: Hashes, { count, root }: ListHead): boolean {
  return count === hashes.count && same(root_of(hashes), root);
}

export interface PartRecord {
  part: number;
  sha256: string;
  size: number;
}

const kMaxPart = 2 ** 32 - 1;

function part_number(scan: Scanner): number {
  const part = scan.count();
  return part > kMaxPart ? refuse('a part has no such number') : part;
}

export function part_from(text: string | Uint8Array): PartRecord {
  const scan = new Scanner(text);
  scan.expect('{"part":');
  const part = part_number(scan);
  scan.expect(',"sha256":');
  const sha256 = scan.hex(64);
  scan.expect(',"size":');
  const size = scan.count();
  scan.expect('}');
  scan.end();
  return { part, sha256, size };
}

const kStatuses = ['linked', 'no act found', 'irrelevant', 'hollow', 'backlog', 'destroyed'];

export function status_from(scan: Scanner): { part: number; status: string } {
  scan.expect('{"part":');
  const part = part_number(scan);
  scan.expect(',"status":');
  const status = scan.text();
  scan.expect(',"program":');
  scan.nullable_text();
  scan.expect('}');
  scan.end();
  if (!kStatuses.includes(status)) refuse(`'${status.slice(0, 40)}' is no status of a part`);
  return { part, status };
}

export interface Anchor {
  capture: string;
  part: number;
  /** Null when the place is no range of bytes. */
  bytes: { begin: number; end: number } | null;
  /** The place in the part, as it is spelled. */
  where: string;
}

/** So many numbers in an array, of a range the first not above the second. */
function numbers(scan: Scanner, wanted: number): number[] {
  const out = scan.list(() => scan.count());
  if (out.length !== wanted) refuse('an anchor has another number of numbers');
  return out;
}

export function anchor_from(scan: Scanner): Anchor {
  scan.expect('{"capture":');
  const capture = scan.hex(32);
  scan.expect(',"part":');
  const part = part_number(scan);
  let bytes: Anchor['bytes'] = null;
  const begins = scan.at;
  if (scan.take(',"bytes":')) {
    const [begin, end] = numbers(scan, 2) as [number, number];
    bytes = { begin, end };
  } else if (scan.take(',"time_ms":')) {
    const [begin, end] = numbers(scan, 2) as [number, number];
    if (end < begin) refuse('a range of time ends before it begins');
  } else if (scan.take(',"box":')) {
    numbers(scan, 5);
  } else {
    scan.expect(',"cell":');
    numbers(scan, 2);
  }
  scan.expect('}');
  if (bytes !== null && bytes.end < bytes.begin) refuse('a range of bytes ends before it begins');
  return { capture, part, bytes, where: scan.since(begins) };
}

export interface EvidenceRecord {
  leaf: number | null;
  anchor: Anchor | null;
  lineage: number;
}

export function evidence_from(text: string | Uint8Array): EvidenceRecord {
  const scan = new Scanner(text);
  scan.expect('{"leaf":');
  const leaf = scan.take('null') ? null : scan.count();
  scan.expect(',"anchor":');
  const anchor = scan.take('null') ? null : anchor_from(scan);
  scan.expect(',"lineage":');
  const lineage = scan.count();
  scan.expect(',"polarity":');
  const polarity = scan.text();
  scan.expect('}');
  scan.end();
  if (!['asserted', 'denied', 'doubted', 'corrected'].includes(polarity)) refuse(`'${polarity.slice(0, 40)}' is no polarity`);
  if ((leaf === null) !== (anchor === null)) refuse('a record of evidence is anchored by half');
  return { leaf, anchor, lineage };
}
