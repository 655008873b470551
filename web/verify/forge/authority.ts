// A time-stamping authority for vectors: certificates, tokens and OpenTimestamps proofs, made from seeds alone, so that the
// same seeds give the same bytes (ECDSA as RFC 6979 has it, RSA by PKCS #1 v1.5).
import { createHash, createPrivateKey, createPublicKey, sign as node_sign } from 'node:crypto';
import { p256 } from '@noble/curves/p256';
import { p384 } from '@noble/curves/p384';
import { bytes_of, from_hex, hex_of, joined, refuse } from '../src/bytes';
import { sha256 } from '../src/digest';

// DER.

export function der(tag: number, ...contents: Uint8Array[]): Uint8Array {
  const content = joined(...contents);
  const digits: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  const length = content.length < 128 ? [content.length] : [0x80 | digits.length, ...digits];
  return joined(Uint8Array.of(tag, ...length), content);
}
export const seq = (...parts: Uint8Array[]): Uint8Array => der(0x30, ...parts);
export const set = (...parts: Uint8Array[]): Uint8Array => der(0x31, ...parts);
export const octets = (bytes: Uint8Array): Uint8Array => der(0x04, bytes);
export const nothing = Uint8Array.of(5, 0);

/** A number as DER wants it: from an integer, or from bytes that are not negative. */
export function integer(value: number | Uint8Array): Uint8Array {
  let bytes = typeof value === 'number' ? from_hex(value.toString(16).padStart(value > 0xffffffff ? 16 : 8, '0'), value > 0xffffffff ? 8 : 4) : value;
  while (bytes.length > 1 && bytes[0] === 0) bytes = bytes.subarray(1);
  return der(0x02, bytes[0]! >= 0x80 ? joined(Uint8Array.of(0), bytes) : bytes);
}

export function oid(text: string): Uint8Array {
  const [first, second, ...rest] = text.split('.').map(Number) as [number, number, ...number[]];
  const out: number[] = [];
  for (const number of [first * 40 + second, ...rest]) {
    const digits = [number % 128];
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) digits.unshift(0x80 | (left % 128));
    out.push(...digits);
  }
  return der(0x06, Uint8Array.from(out));
}

function name_of(common: string): Uint8Array {
  const part = (type: string, text: string): Uint8Array => set(seq(oid(type), der(0x0c, bytes_of(text))));
  return seq(part('2.5.4.10', 'Example Time'), part('2.5.4.3', common));
}

/** "2031-06-01T00:00:00Z" as a general time; certificates before 2050 have the short one. */
export function general_time(text: string): Uint8Array {
  return der(0x18, bytes_of(text.replace(/[-:T]/g, '')));
}
function certificate_time(text: string): Uint8Array {
  const digits = text.replace(/[-:T]/g, '');
  return digits < '2050' ? der(0x17, bytes_of(digits.slice(2))) : der(0x18, bytes_of(digits));
}

// Keys.

export type HashName = 'sha256' | 'sha384' | 'sha512';
const kHashOids: Record<string, string> = {
  sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1', sha384: '2.16.840.1.101.3.4.2.2', sha512: '2.16.840.1.101.3.4.2.3',
};
export const hash_oid = (hash: string): Uint8Array => oid(kHashOids[hash] ?? refuse('no such hash'));
export function digest(hash: string, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash(hash).update(bytes).digest());
}

export interface StampKey {
  spki: Uint8Array;
  /** The algorithm of its signatures, and a signature. */
  algorithm: (hash: HashName) => Uint8Array;
  sign: (bytes: Uint8Array, hash: HashName) => Uint8Array;
}

/** A key on P-256 or P-384, from a seed. */
export function curve_key(seed: string, curve: 'P-256' | 'P-384' = 'P-256'): StampKey {
  const group = curve === 'P-256' ? p256 : p384;
  const secret = digest(curve === 'P-256' ? 'sha256' : 'sha384', bytes_of(`vector key ${seed}`)).map((byte, i) => (i === 0 ? byte & 0x7f : byte));
  const point = group.getPublicKey(secret, false);
  const named = oid(curve === 'P-256' ? '1.2.840.10045.3.1.7' : '1.3.132.0.34');
  const kinds = { sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3', sha512: '1.2.840.10045.4.3.4' };
  return {
    spki: seq(seq(oid('1.2.840.10045.2.1'), named), der(0x03, Uint8Array.of(0), point)),
    algorithm: (hash) => seq(oid(kinds[hash])),
    sign: (bytes, hash) => group.sign(digest(hash, bytes), secret, { prehash: false, lowS: false }).toDERRawBytes(),
  };
}

/** An RSA key, from the text of its file. */
export function rsa_key(pem: string): StampKey {
  const secret = createPrivateKey(pem);
  const kinds = { sha256: '1.2.840.113549.1.1.11', sha384: '1.2.840.113549.1.1.12', sha512: '1.2.840.113549.1.1.13' };
  return {
    spki: new Uint8Array(createPublicKey(pem).export({ type: 'spki', format: 'der' })),
    algorithm: (hash) => seq(oid(kinds[hash]), nothing),
    sign: (bytes, hash) => new Uint8Array(node_sign(hash, bytes, secret)),
  };
}

// Certificates.

export interface Extension {
  name: string;
  is_critical: boolean;
  value: Uint8Array;
}
export const constraints = (is_authority: boolean, path_length?: number): Extension =>
  ({ name: '2.5.29.19', is_critical: true, value: seq(...(is_authority ? [Uint8Array.of(1, 1, 0xff)] : []), ...(path_length === undefined ? [] : [integer(path_length)])) });
/** Bits by their numbers: 0 digitalSignature, 5 keyCertSign. */
export function key_usage(...bits: number[]): Extension {
  const value = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  const unused = Math.log2(value & -value);
  return { name: '2.5.29.15', is_critical: true, value: der(0x03, Uint8Array.of(unused, value)) };
}
export const purposes = (is_critical: boolean, ...names: string[]): Extension => ({ name: '2.5.29.37', is_critical, value: seq(...names.map(oid)) });
export const kStamping = '1.3.6.1.5.5.7.3.8';

export interface Issued {
  name: string;
  key: StampKey;
  der: Uint8Array;
  serial: number;
  issuer: string;
}

export interface Wish {
  name: string;
  key: StampKey;
  /** Itself when it is not given. */
  issuer?: { name: string; key: StampKey };
  serial: number;
  from?: string;
  until?: string;
  extensions?: Extension[];
  hash?: HashName;
}

export const kForStamping = [constraints(false), key_usage(0), purposes(true, kStamping)];
export const kForIssuing = [constraints(true), key_usage(5)];

export function issue(wish: Wish): Issued {
  const { name, key, serial, from = '2020-01-01T00:00:00Z', until = '2120-01-01T00:00:00Z', extensions = kForStamping, hash = 'sha256' } = wish;
  const issuer = wish.issuer ?? { name, key };
  const list = extensions.map((each) => seq(oid(each.name), ...(each.is_critical ? [Uint8Array.of(1, 1, 0xff)] : []), octets(each.value)));
  const tbs = seq(
    der(0xa0, integer(2)), integer(serial), issuer.key.algorithm(hash), name_of(issuer.name), seq(certificate_time(from), certificate_time(until)),
    name_of(name), key.spki, der(0xa3, seq(...list)));
  const signature = issuer.key.sign(tbs, hash);
  return { name, key, serial, issuer: issuer.name, der: seq(tbs, issuer.key.algorithm(hash), der(0x03, Uint8Array.of(0), signature)) };
}

// Tokens.

export interface TokenWish {
  over: Uint8Array;
  at: string;
  signer: Issued;
  /** Certificates inside; the signer's alone when it is not given. */
  certificates?: Issued[];
  hash?: HashName;
  imprint?: { hash: string; digest: Uint8Array };
  version?: number;
  /** The last parts of TSTInfo, from accuracy on. */
  rest?: Uint8Array[];
  time?: Uint8Array;
  digest_algorithm?: Uint8Array;
  listed?: Uint8Array[];
  algorithm?: Uint8Array;
  /** What ESSCertIDv2 names: the signer when it is not given, nothing when it is null. */
  ess?: Uint8Array | null;
  attributes?: (usual: Uint8Array[]) => Uint8Array[];
  signers?: (usual: Uint8Array) => Uint8Array[];
}

const attribute = (name: string, ...values: Uint8Array[]): Uint8Array => seq(oid(name), set(...values));
export const kContentType = '1.2.840.113549.1.9.3';
export const kMessageDigest = '1.2.840.113549.1.9.4';
const kTstInfo = '1.2.840.113549.1.9.16.1.4';
export const attribute_of = attribute;

export const ess_v2 = (certificate: Uint8Array): Uint8Array => attribute('1.2.840.113549.1.9.16.2.47', seq(seq(seq(octets(sha256(certificate))))));
export const ess_v1 = (certificate: Uint8Array): Uint8Array => attribute('1.2.840.113549.1.9.16.2.12', seq(seq(seq(octets(digest('sha1', certificate))))));

export function token(wish: TokenWish): Uint8Array {
  const { signer, hash = 'sha256' } = wish;
  const imprint = wish.imprint ?? { hash: 'sha256', digest: sha256(wish.over) };
  const info = seq(
    integer(wish.version ?? 1), oid('1.3.6.1.4.1.99999.1'), seq(seq(hash_oid(imprint.hash), nothing), octets(imprint.digest)), integer(7),
    wish.time ?? general_time(wish.at), ...(wish.rest ?? [seq(integer(1))]));
  const usual = [attribute(kContentType, oid(kTstInfo)), attribute(kMessageDigest, octets(digest(hash, info)))];
  if (wish.ess !== null) usual.push(ess_v2(wish.ess ?? signer.der));
  const attributes = (wish.attributes ?? ((same) => same))(usual);
  const digest_algorithm = wish.digest_algorithm ?? seq(hash_oid(hash), nothing);
  const signed = set(...attributes);
  const signer_info = seq(
    integer(1), seq(name_of(signer.issuer), integer(signer.serial)), digest_algorithm,
    ...(attributes.length === 0 ? [] : [joined(Uint8Array.of(0xa0), signed.subarray(1))]),
    wish.algorithm ?? signer.key.algorithm(hash), octets(signer.key.sign(attributes.length === 0 ? info : signed, hash)));
  const inside = (wish.certificates ?? [signer]).map((each) => each.der);
  return seq(oid('1.2.840.113549.1.7.2'), der(0xa0, seq(
    integer(3), set(...(wish.listed ?? [digest_algorithm])), seq(oid(kTstInfo), der(0xa0, octets(info))),
    ...(inside.length === 0 ? [] : [der(0xa0, ...inside)]), set(...(wish.signers ?? ((only) => [only]))(signer_info)))));
}

// OpenTimestamps.

const kOtsMagic = from_hex('004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e8929401', 32);
export const kPending = from_hex('83dfe30d2ef90c8e', 8);
export const kBitcoin = from_hex('0588960d73d71901', 8);

export function ots_number(value: number): Uint8Array {
  const out: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push(0x80 | (rest % 128));
  return Uint8Array.from([...out, rest]);
}
const counted = (bytes: Uint8Array): Uint8Array => joined(ots_number(bytes.length), bytes);
export const attestation = (tag: Uint8Array, payload: Uint8Array): Uint8Array => joined(Uint8Array.of(0), tag, counted(payload));
export const pending = (address: string): Uint8Array => attestation(kPending, counted(bytes_of(address)));
export const bitcoin = (height: number): Uint8Array => attestation(kBitcoin, ots_number(height));
export const append = (bytes: Uint8Array): Uint8Array => joined(Uint8Array.of(0xf0), counted(bytes));
export const kHash256 = Uint8Array.of(8);
export const kBranch = Uint8Array.of(0xff);
export function ots(note: Uint8Array, ...steps: Uint8Array[]): Uint8Array {
  return joined(kOtsMagic, kHash256, sha256(note), ...steps);
}

/** A block's header over that Merkle root with the easiest target there is, as Bitcoin's test networks have it. */
export function mined(root: Uint8Array, seconds: number): string {
  const header = new Uint8Array(80);
  header.set(root, 36);
  const view = new DataView(header.buffer);
  view.setUint32(68, seconds, true);
  view.setUint32(72, 0x207fffff, true);
  for (let nonce = 0; nonce < 1000; nonce += 1) {
    view.setUint32(76, nonce, true);
    if (sha256(sha256(header))[31]! < 0x7f) return hex_of(header);
  }
  return refuse('no header was found');
}
