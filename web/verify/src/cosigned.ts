// A later head that others vouched for, and the way to it from an edition's: the file `cosigned` of spec/trust.md.
import { from_base64, refuse } from './bytes';
import { is_consistent } from './merkle';
import { is_size } from './note';
import { open_head, type OpenedHead } from './head';
import type { Pin } from './pin';

export const kMaxHashes = 63; // of a consistency proof: a tree has fewer than 2^63 leaves
export const kMaxLaterBytes = 1_010_000; // a note of the largest size, and the lines before it

/** A hash in base64, as a line of a proof has it. */
export function hash_of_line(line: string): Uint8Array {
  const hash = from_base64(line);
  return hash.length === 32 ? hash : refuse('a hash has not 32 bytes');
}

/** Where a text of bytes has its first line, and the bytes behind it. */
export class ByteLines {
  at = 0;
  constructor(readonly bytes: Uint8Array) {}
  next(): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0) refuse('a line is cut');
    const line = String.fromCharCode(...this.bytes.subarray(this.at, Math.min(end, this.at + 4096)));
    this.at = end + 1;
    return line;
  }
  /** Lines of hashes up to an empty line. */
  hashes(): Uint8Array[] {
    const out: Uint8Array[] = [];
    for (let line = this.next(); line !== ''; line = this.next()) {
      if (out.length === kMaxHashes) refuse('a proof has more than 63 hashes');
      out.push(hash_of_line(line));
    }
    return out;
  }
  rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }
}

/** The head behind "old N", hashes of a consistency proof, and an empty line; refused unless it holds the edition's leaves. */
export function later_head(bytes: Uint8Array, pin: Pin, size: number, root: Uint8Array, root_of: (head: OpenedHead) => Uint8Array): { head: OpenedHead; note: Uint8Array } {
  if (bytes.length > kMaxLaterBytes) refuse('it is longer than a request to cosign may be');
  const lines = new ByteLines(bytes);
  const first = lines.next();
  if (!first.startsWith('old ') || !is_size(first.slice(4))) refuse('it is no request to cosign');
  const proof = lines.hashes();
  if (first.slice(4) !== String(size)) refuse(`it leads from ${first.slice(4)} leaves, not from the edition's ${size}`);
  const note = lines.rest();
  const head = open_head(note, pin);
  if (!is_consistent(BigInt(size), BigInt(head.size_text), root, root_of(head), proof)) refuse("the later head does not begin with the edition's leaves");
  return { head, note };
}
