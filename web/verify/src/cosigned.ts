// The head of an edition, and a later one that others vouched for: the file `cosigned` of spec/trust.md.
import { bytes_of, from_base64, hex_of, refuse, text_of, to_base64 } from './bytes';
import { is_consistent } from './merkle';
import { note_from, type Note } from './note';

const kMaxHashes = 63;

export interface Later {
  old_size: number;
  proof: Uint8Array[];
  note: Note;
}

/** "old N", hashes of a consistency proof, an empty line, a signed note. */
export function later_from(bytes: Uint8Array): Later {
  const text = text_of(bytes);
  const end = text.indexOf('\n\n');
  if (end < 0) refuse('it has no note');
  const [first, ...hashes] = text.slice(0, end).split('\n');
  const old = /^old (0|[1-9][0-9]*)$/.exec(first!);
  if (old === null || !Number.isSafeInteger(Number(old[1])) || hashes.length > kMaxHashes) refuse('it is no request to cosign');
  const proof = hashes.map((line) => {
    const hash = from_base64(line);
    if (hash.length !== 32 || to_base64(hash) !== line) refuse('a hash of its proof is none');
    return hash;
  });
  return { old_size: Number(old![1]), proof, note: note_from(bytes_of(text.slice(end + 2))) };
}

/** Refuses a later head that does not begin with the edition's leaves. */
export function check_later(later: Later, size: number, root: Uint8Array, new_size: number, new_root: Uint8Array): void {
  if (later.old_size !== size) refuse(`it begins at ${later.old_size} leaves, not at the edition's ${size}`);
  if (!is_consistent(size, new_size, root, new_root, later.proof)) refuse(`the head of ${new_size} leaves does not begin with the edition's (${hex_of(root).slice(0, 8)}…)`);
}
