// src/digest.ts by Node's own primitives: for long runs over spoiled editions, where hashing is most of the time. The
// vectors, the command line and the page go through the other.
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';
import { bytes_of, from_hex, joined } from '../src/bytes';

export interface Hasher {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

const kSpki = '302a300506032b6570032100'; // RFC 8410: what stands before an Ed25519 public key

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

export function hasher(): Hasher {
  const state = createHash('sha256');
  return { update: (bytes) => state.update(bytes), digest: () => new Uint8Array(state.digest()) };
}

export function hmac_sha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(message).digest());
}

export function is_signed(key: Uint8Array, message: string, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  const der = Buffer.from(joined(from_hex(kSpki, 12), key));
  try {
    return verify(null, bytes_of(message), createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
  } catch {
    return false;
  }
}
