// The only door to @noble: Ed25519.
import { ed25519 } from '@noble/curves/ed25519';
import { bytes_of } from './bytes';

/** RFC 8032, with S below the order of the group. */
export function is_signed(key: Uint8Array, message: string, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, bytes_of(message), key, { zip215: false });
  } catch {
    return false;
  }
}
