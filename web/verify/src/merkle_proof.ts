// Consistency proofs out of a tree that is here whole: RFC 9162, section 2.1.4.1.
import { node_hash, type Tree } from './merkle';

/** The root over the leaves from `begin` to `end`, of which `begin` is a multiple of the largest power of two below their number. */
function subtree(tree: Tree, begin: number, end: number): Uint8Array {
  const size = end - begin;
  const height = Math.log2(size);
  if (Number.isInteger(height)) return tree.run(height, begin / size, begin / size + 1);
  const left = 2 ** Math.floor(height);
  return node_hash(subtree(tree, begin, begin + left), subtree(tree, begin + left, end)).slice();
}

/** The way from the first `size` leaves to all of them; empty for none and for all. */
export function consistency_proof(tree: Tree, size: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  if (size === 0) return out;
  let [begin, end] = [0, tree.size];
  let is_known = true; // the verifier has the root of the whole part that is looked at
  const other: Uint8Array[] = [];
  let wanted = size;
  while (wanted !== end - begin) {
    const left = 2 ** Math.floor(Math.log2(end - begin - 1));
    if (wanted <= left) {
      other.push(subtree(tree, begin + left, end));
      end = begin + left;
    } else {
      other.push(subtree(tree, begin, begin + left));
      begin += left;
      wanted -= left;
      is_known = false;
    }
  }
  if (!is_known) out.push(subtree(tree, begin, end));
  return [...out, ...other.reverse()];
}
