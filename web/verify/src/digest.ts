// The only door to @noble: SHA-256, HMAC and Ed25519, synchronous, the same in page, worker and Node.
import { ed25519 } from '@noble/curves/ed25519';
import { sha256 as noble_sha256 } from '@noble/hashes/sha2';
import { hmac } from '@noble/hashes/hmac';
import { bytes_of } from './bytes';

export type Hasher = ReturnType<typeof noble_sha256.create>;

export function sha256(bytes: Uint8Array): Uint8Array {
  return noble_sha256(bytes);
}

export function hasher(): Hasher {
  return noble_sha256.create();
}

export function hmac_sha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(noble_sha256, key, message);
}

/** RFC 8032, with S below the order of the group. */
export function is_signed(key: Uint8Array, message: string, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, bytes_of(message), key, { zip215: false });
  } catch {
    return false;
  }
}
