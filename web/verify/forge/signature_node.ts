// src/signature.ts by Node's own primitives: for long runs over spoiled editions, where signatures are most of the time.
// The vectors, the command line and the page go through the other.
import { createPublicKey, verify } from 'node:crypto';
import { bytes_of, from_hex, joined } from '../src/bytes';

const kSpki = '302a300506032b6570032100'; // RFC 8410: what stands before an Ed25519 public key

export function is_signed(key: Uint8Array, message: string, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  const der = Buffer.from(joined(from_hex(kSpki, 12), key));
  try {
    return verify(null, bytes_of(message), createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
  } catch {
    return false;
  }
}
