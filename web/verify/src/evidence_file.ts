// One file of preserved bytes, read once from front to back: its own hash, that of each part in a pack, and passages.
import { hex_of, same } from './bytes';
import { hasher, sha256 } from './digest';
import { kHash } from './hashes';
import { for_each_chunk, type Source } from './source';

export interface EvidenceTask {
  kind: 'evidence';
  path: string;
  /** Of the parts of a pack, in order: where each ends, and its SHA-256. None for a part that lies alone. */
  ends: Float64Array;
  digests: Uint8Array;
  /** Where passages begin and end in the file, in the order of their parts, and their SHA-256. */
  ranges: Float64Array;
  passages: Uint8Array;
}

export interface EvidenceRead {
  sha256: string;
  /** Parts that are not the bytes at their place, and passages likewise. */
  wrong_parts: number[];
  wrong_passages: number[];
}

const kPieceBytes = 4 << 20; // read at once; no part of a pack is longer

function hash_at(hashes: Uint8Array, index: number): Uint8Array {
  return hashes.subarray(index * kHash, (index + 1) * kHash);
}

/** How many parts, from `first` on, are read in one piece. */
function parts_in_piece(ends: Float64Array, first: number): number {
  const begin = first === 0 ? 0 : ends[first - 1]!;
  let last = first + 1;
  while (last < ends.length && ends[last]! - begin <= kPieceBytes) last += 1;
  return last - first;
}

async function read_pack({ path, ends, digests, ranges, passages }: EvidenceTask, source: Source): Promise<EvidenceRead> {
  const out: EvidenceRead = { sha256: '', wrong_parts: [], wrong_passages: [] };
  const whole = hasher();
  let begin = 0;
  let passage = 0;
  for (let part = 0; part < ends.length; ) {
    const after = part + parts_in_piece(ends, part);
    const piece_end = ends[after - 1]!;
    const piece = await source.read(path, begin, piece_end);
    whole.update(piece);
    for (let from = 0; part < after; part += 1) {
      const to = ends[part]! - begin;
      if (!same(sha256(piece.subarray(from, to)), hash_at(digests, part))) out.wrong_parts.push(part);
      from = to;
    }
    for (; 2 * passage < ranges.length && ranges[2 * passage + 1]! <= piece_end; passage += 1) {
      const bytes = piece.subarray(ranges[2 * passage]! - begin, ranges[2 * passage + 1]! - begin);
      if (!same(sha256(bytes), hash_at(passages, passage))) out.wrong_passages.push(passage);
    }
    source.forget?.(piece);
    begin = piece_end;
  }
  out.sha256 = hex_of(whole.digest());
  return out;
}

/** A part that lies alone is as long as it likes: its passages are read again, each by itself. */
async function read_alone({ path, ranges, passages }: EvidenceTask, source: Source): Promise<EvidenceRead> {
  const whole = hasher();
  await for_each_chunk(source, path, (chunk) => void whole.update(chunk));
  const out: EvidenceRead = { sha256: hex_of(whole.digest()), wrong_parts: [], wrong_passages: [] };
  for (let i = 0; 2 * i < ranges.length; i += 1) {
    const bytes = await source.read(path, ranges[2 * i]!, ranges[2 * i + 1]!);
    if (!same(sha256(bytes), hash_at(passages, i))) out.wrong_passages.push(i);
  }
  return out;
}

export function read_evidence(task: EvidenceTask, source: Source): Promise<EvidenceRead> {
  return task.ends.length > 0 ? read_pack(task, source) : read_alone(task, source);
}
