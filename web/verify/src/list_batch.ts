// Lines of claims.jsonl and parts.jsonl, many at once: their form, the hash of each record, and what the record says. Whether
// it is the one that a list commits to, and what follows from it, is left to the caller.
import { Malformed, refuse } from './bytes';
import { claim_from, names_person } from './claim';
import { sha256_into } from './digest';
import { evidence_from, part_from } from './list_line';
import { leaf_hash_into } from './merkle';
import { kNibbleOf, put_hex, Scanner } from './scanner';
import { each_line } from './source';

export interface ListTask {
  kind: 'lists';
  /** Whole lines. */
  bytes: Uint8Array;
  /** Whether it matters that a claim names a person. */
  wants_persons: boolean;
}

/** Lists by the place of their name here; the last is of captures. */
export const kLists = ['evidence', 'claims', 'origins', 'parts'];
export const kEvidenceList = 0;
export const kClaimsList = 1;
export const kOriginsList = 2;
export const kPartsList = 3;
/** No number, no text: something is not there. */
export const kNone = -1;

// Columns of a batch: what every line has, then what its record says.
const kColumns = 14;
const kEntry = 0;
const kLeaf = 1;
const kSlot = 2;
const kIndex = 3;
const kProofAt = 4;
const kProofCount = 5;
const kProblem = 6; // why it is no line
const kRecordProblem = 7; // why its record is none
const kFirstOwn = 8;

export interface ListBatch {
  count: number;
  columns: Float64Array;
  /** Of the records, 32 bytes each. */
  hashes: Uint8Array;
  /** 32 bytes each: the capture that evidence lies in (16), the SHA-256 of a passage or of a part. */
  named: Uint8Array;
  proofs: Uint8Array;
  texts: string[];
}

const kHash = 32;

/** A line of a batch. */
export class ListRead {
  constructor(readonly batch: ListBatch, readonly at: number) {}
  #of(column: number): number {
    return this.batch.columns[this.at * kColumns + column]!;
  }
  #text(column: number): string | null {
    const text = this.#of(column);
    return text === kNone ? null : this.batch.texts[text]!;
  }
  get entry(): number { return this.#of(kEntry); }
  get leaf(): number { return this.#of(kLeaf); }
  /** A place in kLists, or kNone. */
  get slot(): number { return this.#of(kSlot); }
  get index(): number { return this.#of(kIndex); }
  get hash(): Uint8Array { return this.batch.hashes.subarray(this.at * kHash, (this.at + 1) * kHash); }
  get proof(): Uint8Array {
    const begin = this.#of(kProofAt);
    return this.batch.proofs.subarray(begin, begin + this.#of(kProofCount) * kHash);
  }
  get problem(): string | null { return this.#text(kProblem); }
  get record_problem(): string | null { return this.#text(kRecordProblem); }
  /** Of evidence: the leaf of the capture, kNone when it is not anchored. */
  get capture(): number { return this.#of(kFirstOwn); }
  get part(): number { return this.#of(kFirstOwn + 1); }
  /** The bytes of the part; kNone when the place is no range of bytes. */
  get begin(): number { return this.#of(kFirstOwn + 2); }
  get end(): number { return this.#of(kFirstOwn + 3); }
  get lineage(): number { return this.#of(kFirstOwn + 4); }
  /** The place in the part, as it is spelled. */
  get where(): string { return this.#text(kFirstOwn + 5)!; }
  /** Of a claim: bytes of its passage, kNone when it has none. */
  get passage_bytes(): number { return this.#of(kFirstOwn); }
  get names_person(): boolean { return this.#of(kFirstOwn + 1) === 1; }
  /** Of a part: how long it is. */
  get part_bytes(): number { return this.#of(kFirstOwn); }
  /** The SHA-256 of a passage or a part; of evidence the capture's id in its first 16 bytes. */
  get named(): Uint8Array { return this.batch.named.subarray(this.at * kHash, (this.at + 1) * kHash); }
}

// Where batches grow, one after the other: memory that is asked for anew each time comes back late.
let columns = new Float64Array(1024 * kColumns);
let hashes = new Uint8Array(1024 * kHash);
let named = new Uint8Array(1024 * kHash);
let proofs = new Uint8Array(1024 * kHash);

function twice<T extends Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from as Float64Array & Uint8Array);
  return to;
}

class Batch {
  #count = 0;
  #proof_bytes = 0;
  readonly #texts: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #salt = new Uint8Array(kHash);

  constructor(readonly task: ListTask) {}

  finish(): ListBatch {
    const count = this.#count;
    return {
      count, texts: this.#texts, columns: columns.slice(0, count * kColumns), hashes: hashes.slice(0, count * kHash),
      named: named.slice(0, count * kHash), proofs: proofs.slice(0, this.#proof_bytes),
    };
  }

  line(begin: number, end: number): void {
    this.#grow();
    columns.fill(kNone, this.#count * kColumns, (this.#count + 1) * kColumns);
    this.#attempt(kProblem, () => this.#read(new Scanner(this.task.bytes, begin, end)));
    this.#count += 1;
  }

  #attempt(column: number, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#put(column, this.#texts.push(error.message) - 1);
    }
  }

  #put(column: number, value: number): void {
    columns[this.#count * kColumns + column] = value;
  }

  #grow(): void {
    if ((this.#count + 1) * kColumns <= columns.length) return;
    columns = twice(columns, new Float64Array(columns.length * 2));
    hashes = twice(hashes, new Uint8Array(hashes.length * 2));
    named = twice(named, new Uint8Array(named.length * 2));
  }

  #read(scan: Scanner): void {
    scan.expect('{"type":"opened","entry":');
    this.#put(kEntry, scan.count());
    scan.expect(',"leaf":');
    this.#put(kLeaf, scan.count());
    scan.expect(',"slot":');
    const slot = kLists.indexOf(scan.text());
    this.#put(kSlot, slot);
    scan.expect(',"index":');
    this.#put(kIndex, scan.count());
    scan.expect(',"record":');
    const begin = scan.at;
    scan.pass();
    const record = this.task.bytes.subarray(begin, scan.at);
    scan.expect(',"salt":');
    scan.hex_into(kHash, this.#salt, 0);
    scan.expect(',"proof":');
    this.#read_proof(scan);
    scan.expect('}');
    scan.end();
    leaf_hash_into(this.#salt, record, hashes, this.#count * kHash);
    this.#attempt(kRecordProblem, () => this.#read_record(slot, record));
  }

  #read_proof(scan: Scanner): void {
    const begin = this.#proof_bytes;
    scan.each(() => {
      if (this.#proof_bytes + kHash > proofs.length) proofs = twice(proofs, new Uint8Array(proofs.length * 2));
      put_hex(scan.bytes, scan.hex_at(2 * kHash), kHash, proofs, this.#proof_bytes);
      this.#proof_bytes += kHash;
    });
    this.#put(kProofAt, begin);
    this.#put(kProofCount, (this.#proof_bytes - begin) / kHash);
  }

  #read_record(slot: number, record: Uint8Array): void {
    if (slot === kEvidenceList) this.#evidence(record);
    else if (slot === kClaimsList) this.#claim(record);
    else if (slot === kPartsList) this.#part(record);
  }

  #evidence(record: Uint8Array): void {
    const { leaf, anchor, lineage } = evidence_from(record);
    const where = anchor === null ? kNone : this.#place(anchor.where);
    [leaf ?? kNone, anchor?.part ?? kNone, anchor?.bytes?.begin ?? kNone, anchor?.bytes?.end ?? kNone, lineage, where]
      .forEach((value, i) => this.#put(kFirstOwn + i, value));
    if (anchor !== null) this.#name(anchor.capture);
  }

  #place(where: string): number {
    let place = this.#places.get(where);
    if (place === undefined) this.#places.set(where, (place = this.#texts.push(where) - 1));
    return place;
  }

  #claim(record: Uint8Array): void {
    const { claim, passage } = claim_from(record);
    this.#put(kFirstOwn, passage === null ? kNone : passage.length);
    this.#put(kFirstOwn + 1, this.task.wants_persons && names_person(claim) ? 1 : 0);
    if (passage !== null) sha256_into(passage, named, this.#count * kHash);
  }

  #part(record: Uint8Array): void {
    const { part, sha256, size } = part_from(record);
    this.#put(kFirstOwn, size);
    this.#put(kFirstOwn + 1, part);
    this.#name(sha256);
  }

  #name(hex: string): void {
    if (hex.length > 2 * kHash) refuse('a name is too long');
    for (let i = 0, at = this.#count * kHash; i < hex.length; i += 2, at += 1) {
      named[at] = (kNibbleOf[hex.charCodeAt(i)]! << 4) | kNibbleOf[hex.charCodeAt(i + 1)]!;
    }
  }
}

export function read_lists(task: ListTask): ListBatch {
  const batch = new Batch(task);
  each_line(task.bytes, (begin, end) => batch.line(begin, end));
  return batch.finish();
}
