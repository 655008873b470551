// RFC 6962 hashing and RFC 9162 inclusion proofs.
import { hex_of, joined, same } from './bytes';
import { finish_digest, hasher, kMessage, kMessageBytes, scratch, sha256 } from './digest';
import { Hashes, kHash } from './hashes';

const kLeafPrefix = new Uint8Array(1);
const kNothing = new Uint8Array();

/** SHA-256(0x00 ‖ pieces), put into `out` at `at`. */
export function leaf_hash_into(first: Uint8Array, second: Uint8Array, out: Uint8Array, at: number): void {
  const length = 1 + first.length + second.length;
  if (length > kMessageBytes) return out.set(hasher().update(kLeafPrefix).update(first).update(second).digest(), at);
  scratch[kMessage] = 0;
  scratch.set(first, kMessage + 1);
  scratch.set(second, kMessage + 1 + first.length);
  finish_digest(length, out, at);
}

export function leaf_hash(first: Uint8Array, second: Uint8Array = kNothing): Uint8Array {
  const out = new Uint8Array(kHash);
  leaf_hash_into(first, second, out, 0);
  return out;
}

/** SHA-256(0x01 ‖ left ‖ right) of the hashes at `left` and `right` of their buffers. */
export function node_hash_into(a: Uint8Array, left: number, b: Uint8Array, right: number, out: Uint8Array, at: number): void {
  scratch[kMessage] = 1;
  for (let i = 0; i < kHash; i += 1) {
    scratch[kMessage + 1 + i] = a[left + i]!;
    scratch[kMessage + 1 + kHash + i] = b[right + i]!;
  }
  finish_digest(1 + 2 * kHash, out, at);
}

export function node_hash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const out = new Uint8Array(kHash);
  node_hash_into(left, 0, right, 0, out, 0);
  return out;
}

/** All complete subtrees of a growing tree: 64 bytes a leaf. */
export class Tree {
  readonly #rows = [new Hashes()]; // of each height

  get size(): number {
    return this.#rows[0]!.count;
  }

  append(hash: Uint8Array): void {
    let row = this.#rows[0]!;
    row.push(hash);
    for (let height = 0; row.count % 2 === 0; height += 1) {
      const above = (this.#rows[height + 1] ??= new Hashes());
      const pair = row.slice(row.count - 2, row.count);
      const { bytes, at } = above.grow();
      node_hash_into(pair, 0, pair, kHash, bytes, at);
      row = above;
    }
  }

  /** Hashes of the complete subtrees of 2^height leaves, from `begin` to `end`, side by side. */
  run(height: number, begin: number, end: number): Uint8Array {
    return this.#rows[height]?.slice(begin, end) ?? new Uint8Array();
  }

  /** The root over the first `size` leaves. */
  root(size = this.size): Uint8Array {
    if (size === 0) return sha256(new Uint8Array());
    let root: Uint8Array | null = null;
    let rest = size;
    for (let height = 0; rest > 0; height += 1, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 0) continue;
      const subtree = this.#rows[height]!.at(rest - 1);
      root = root === null ? subtree.slice() : node_hash(subtree, root);
    }
    return root!;
  }
}

export function root_of(hashes: Iterable<Uint8Array>): Uint8Array {
  const tree = new Tree();
  for (const hash of hashes) tree.append(hash);
  return tree.root();
}

const so_far = new Uint8Array(kHash);

/** RFC 9162, section 2.1.3.2; the hashes of the proof lie side by side. */
export function is_included_by(index: number, size: number, hash: Uint8Array, proof: Uint8Array, root: Uint8Array): boolean {
  if (index >= size) return false;
  let first = index;
  let last = size - 1;
  so_far.set(hash);
  for (let step = 0; step < proof.length; step += kHash) {
    if (last === 0) return false;
    if (first % 2 === 1 || first === last) {
      node_hash_into(proof, step, so_far, 0, so_far, 0);
      while (first % 2 === 0 && first !== 0) {
        first = Math.floor(first / 2);
        last = Math.floor(last / 2);
      }
    } else {
      node_hash_into(so_far, 0, proof, step, so_far, 0);
    }
    first = Math.floor(first / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && same(so_far, root);
}

export function is_included(index: number, size: number, hash: Uint8Array, proof: Uint8Array[], root: Uint8Array): boolean {
  return is_included_by(index, size, hash, joined(...proof), root);
}

/** RFC 9162, section 2.1.4.2. Sizes below 2^63: a signed head may state any. */
export function is_consistent(first: bigint, second: bigint, first_root: Uint8Array, second_root: Uint8Array, proof: Uint8Array[]): boolean {
  if (first > second) return false;
  if (first === second) return proof.length === 0 && same(first_root, second_root);
  if (first === 0n) return proof.length === 0 && same(first_root, sha256(new Uint8Array()));
  if (proof.length === 0) return false;
  const steps = (first & (first - 1n)) === 0n ? [first_root, ...proof] : proof;
  let fn = first - 1n;
  let sn = second - 1n;
  while ((fn & 1n) === 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let [fr, sr] = [steps[0]!, steps[0]!];
  for (const step of steps.slice(1)) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      fr = node_hash(step, fr);
      sr = node_hash(step, sr);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      sr = node_hash(sr, step);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && same(fr, first_root) && same(sr, second_root);
}
