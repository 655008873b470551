// Signatures by the keys of certificates: RSA (PKCS #1 v1.5) and ECDSA, through the platform's WebCrypto.
import { joined, refuse } from './bytes';
import { algorithm_from, der_from, Fields, is_plain, kBits, kInteger, kSequence, kOid, oid_text, type Algorithm, type Der } from './der';

const kRsa = '1.2.840.113549.1.1.1';
const kEc = '1.2.840.10045.2.1';
const kCurves: Record<string, { name: string; bytes: number }> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', bytes: 32 },
  '1.3.132.0.34': { name: 'P-384', bytes: 48 },
  '1.3.132.0.35': { name: 'P-521', bytes: 66 },
};
export type HashName = 'SHA-256' | 'SHA-384' | 'SHA-512';
const kHashes: Record<string, HashName> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256', '2.16.840.1.101.3.4.2.2': 'SHA-384', '2.16.840.1.101.3.4.2.3': 'SHA-512',
};
const kRsaWith: Record<string, HashName> = {
  '1.2.840.113549.1.1.11': 'SHA-256', '1.2.840.113549.1.1.12': 'SHA-384', '1.2.840.113549.1.1.13': 'SHA-512',
};
const kEcWith: Record<string, HashName> = {
  '1.2.840.10045.4.3.2': 'SHA-256', '1.2.840.10045.4.3.3': 'SHA-384', '1.2.840.10045.4.3.4': 'SHA-512',
};
const kLeastRsaBits = 2048; // a shorter modulus can be factored
const kMostRsaBits = 8192; // a longer one would keep the reader waiting

/** What WebCrypto is missing for; nothing about the edition. */
export class NoCrypto extends Error {}

function subtle(): SubtleCrypto {
  const found = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (found === undefined) throw new NoCrypto('this browser has no WebCrypto here');
  return found;
}

export function hash_named(algorithm: Algorithm): HashName {
  const found = kHashes[algorithm.oid];
  return found !== undefined && is_plain(algorithm) ? found : refuse('a digest is not by SHA-256, SHA-384 or SHA-512');
}

export async function digest(hash: HashName | 'SHA-1', bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await subtle().digest(hash, bytes as Uint8Array<ArrayBuffer>));
}

export interface PublicKey {
  kind: 'RSA' | 'EC';
  curve: { name: string; bytes: number } | null;
  spki: Uint8Array;
}

function check_rsa(point: Uint8Array): void {
  const fields = new Fields(der_from(point), kSequence, 'an RSA key');
  const modulus = fields.take(kInteger).content;
  const exponent = fields.take(kInteger).content;
  fields.end();
  const digits = modulus[0] === 0 ? modulus.subarray(1) : modulus;
  const bits = digits.length * 8 - Math.clz32(digits[0] ?? 0) + 24;
  if (modulus[0]! >= 0x80 || bits < kLeastRsaBits || bits > kMostRsaBits) refuse('an RSA key is not of 2048 to 8192 bits');
  if (exponent[0]! >= 0x80 || exponent.length > 8 || (exponent[exponent.length - 1]! & 1) === 0) refuse('an RSA key has no right exponent');
}

/** A SubjectPublicKeyInfo of a kind that is known here. */
export function key_of_spki(spki: Der): PublicKey {
  const fields = new Fields(spki, kSequence, 'a public key');
  const algorithm = algorithm_from(fields.take(kSequence));
  const bits = fields.take(kBits).content;
  fields.end();
  if (bits[0] !== 0) refuse('a public key is no whole number of bytes');
  const point = bits.subarray(1);
  if (algorithm.oid === kRsa && algorithm.parameters !== null && is_plain(algorithm)) {
    check_rsa(point);
    return { kind: 'RSA', curve: null, spki: spki.whole };
  }
  const name = algorithm.oid === kEc && algorithm.parameters?.tag === kOid ? oid_text(algorithm.parameters) : '';
  const curve = kCurves[name];
  if (curve === undefined || point[0] !== 4 || point.length !== 1 + 2 * curve.bytes) return refuse('a public key is neither RSA nor on P-256, P-384 or P-521');
  return { kind: 'EC', curve, spki: spki.whole };
}

/** The hash that a signature's algorithm is over: by its own name, or, where that names a key alone, the one given. */
function hash_of(key: PublicKey, algorithm: Algorithm, bare: HashName | null): HashName {
  const named = key.kind === 'RSA' ? kRsaWith[algorithm.oid] : kEcWith[algorithm.oid];
  const is_bare = bare !== null && algorithm.oid === (key.kind === 'RSA' ? kRsa : kEc);
  const parameters_fit = key.kind === 'RSA' ? is_plain(algorithm) : algorithm.parameters === null;
  const hash = is_bare ? bare : bare === null || named === bare ? named : undefined;
  return hash !== undefined && parameters_fit ? hash : refuse('a signature is by an algorithm that is not known, or does not fit its key');
}

/** Two numbers in DER as WebCrypto wants them: side by side, each as long as the curve. */
function raw_ecdsa(signature: Uint8Array, size: number): Uint8Array | null {
  const fields = new Fields(der_from(signature), kSequence, 'a signature');
  const numbers = [fields.take(kInteger).content, fields.take(kInteger).content];
  fields.end();
  const padded = numbers.map((number) => {
    const digits = number[0] === 0 ? number.subarray(1) : number;
    if (number[0]! >= 0x80 || digits.length > size) return null;
    const out = new Uint8Array(size);
    out.set(digits, size - digits.length);
    return out;
  });
  return padded[0] === null || padded[1] === null ? null : joined(padded[0]!, padded[1]!);
}

/** Whether `signature` over `bytes` is by that key. Refuses algorithms and forms that are not known. */
export async function check_signed(key: PublicKey, algorithm: Algorithm, signature: Uint8Array, bytes: Uint8Array, bare: HashName | null = null): Promise<boolean> {
  const hash = hash_of(key, algorithm, bare);
  const raw = key.kind === 'RSA' ? signature : raw_ecdsa(signature, key.curve!.bytes);
  if (raw === null) return false;
  const named = key.kind === 'RSA' ? { name: 'RSASSA-PKCS1-v1_5', hash } : { name: 'ECDSA', namedCurve: key.curve!.name };
  const door = subtle();
  const imported = await door.importKey('spki', key.spki as Uint8Array<ArrayBuffer>, named, false, ['verify']).catch(() => null);
  if (imported === null) return refuse('a public key cannot be read');
  return door.verify({ name: named.name, hash }, imported, raw as Uint8Array<ArrayBuffer>, bytes as Uint8Array<ArrayBuffer>);
}

