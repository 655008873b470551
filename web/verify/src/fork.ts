// Two signed heads that no one log can have, in a file for third parties. spec/trust.md.
import { bytes_of, from_hex, hex_of, refuse, same, to_base64 } from './bytes';
import { ByteLines, hash_of_line } from './cosigned';
import { open_head } from './head';
import { is_consistent } from './merkle';
import { kMaxNoteBytes } from './note';
import type { Pin } from './pin';

const kFirstLine = 'gavah/0 fork';
const kMaxForkBytes = 2 * kMaxNoteBytes + 10_000; // two notes of the largest size, and the lines before them

export function is_fork(bytes: Uint8Array): boolean {
  const first = bytes_of(`${kFirstLine}\n`);
  return same(bytes.subarray(0, first.length), first);
}

/** The file for a smaller and a larger head, with the root that the larger one's tree has at the smaller size. */
export function fork_text(smaller: string, larger: string, prefix: Uint8Array, proof: Uint8Array[]): string {
  return `${kFirstLine}\nprefix ${to_base64(prefix)}\n${proof.map((hash) => `${to_base64(hash)}\n`).join('')}\n${smaller}\n${larger}`;
}

export interface ForkProof {
  origin: string;
  first: { size: string; root: string };
  second: { size: string; root: string };
  prefix: string;
}

/** The end of a note's bytes: behind the second empty line, the first one standing behind its text. */
function first_note(bytes: Uint8Array): number {
  const text_end = bytes.findIndex((byte, i) => byte === 10 && bytes[i + 1] === 10);
  const end = text_end < 0 ? -1 : bytes.findIndex((byte, i) => i >= text_end + 2 && byte === 10 && bytes[i + 1] === 10);
  return end < 0 ? refuse('a fork file holds two notes') : end + 1;
}

/** What a fork file proves under a pin; refuses one that proves nothing. */
export function fork_from(bytes: Uint8Array, pin: Pin): ForkProof {
  if (bytes.length > kMaxForkBytes) refuse('a fork file is too large');
  const lines = new ByteLines(bytes);
  if (lines.next() !== kFirstLine) refuse('this is no fork file');
  const line = lines.next();
  if (!line.startsWith('prefix ')) refuse("a line should begin with 'prefix'");
  const prefix = hash_of_line(line.slice('prefix '.length));
  const proof = lines.hashes();
  const rest = lines.rest();
  const end = first_note(rest);
  const first = open_head(rest.subarray(0, end), pin);
  const second = open_head(rest.subarray(end + 1), pin);
  const sizes = [BigInt(first.size_text), BigInt(second.size_text)] as const;
  if (sizes[0] > sizes[1]) refuse('the first head is larger than the second');
  if (!is_consistent(...sizes, prefix, from_hex(second.root, 32), proof)) refuse('the second head does not have that prefix');
  if (hex_of(prefix) === first.root) refuse('the two heads agree: the first is a prefix of the second');
  return {
    origin: first.origin, prefix: hex_of(prefix),
    first: { size: first.size_text, root: first.root }, second: { size: second.size_text, root: second.root },
  };
}

export function fork_sentence(fork: ForkProof): string {
  return `fork proven: the keys of ${fork.origin} signed two heads that no one log can have
  ${fork.first.size} leaves with the root ${fork.first.root}
  ${fork.second.size} leaves whose first ${fork.first.size} have the root ${fork.prefix}
Which of them is the true one, who held the keys and when they signed, this does not say.
`;
}

