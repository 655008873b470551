// OpenTimestamps proofs (detached, version 1): operations that lead from a file's hash to what others vouch for. spec/time.md.
import { ripemd160, sha1 } from '@noble/hashes/legacy';
import { keccak_256 } from '@noble/hashes/sha3';
import { bytes_of, hex_of, joined, refuse, same } from './bytes';
import { sha256 } from './digest';

const kMaxBytes = 1 << 20; // of a proof; real ones have up to four KiB
const kMaxMessageBytes = 4096; // of a message and of an operation's argument
const kMaxPayloadBytes = 8192; // of an attestation
const kMaxSteps = 16_384; // operations and attestations, all paths together
const kMaxDepth = 256; // operations one after the other
const kMaxAddressBytes = 1000; // of a calendar
const kMagic = joined(Uint8Array.of(0), bytes_of('OpenTimestamps'), Uint8Array.of(0, 0), bytes_of('Proof'), Uint8Array.of(0, 0xbf, 0x89, 0xe2, 0xe8, 0x84, 0xe8, 0x92, 0x94));
const kPending = '83dfe30d2ef90c8e';
const kBitcoin = '0588960d73d71901';
const kSlackSeconds = 7200; // a miner's clock may run ahead of the others' by so much
const kHeaderBytes = 80;

export type Attestation =
  | { kind: 'pending'; calendar: string }
  | { kind: 'bitcoin'; height: bigint; message: Uint8Array }
  | { kind: 'unknown'; tag: string };

export interface OtsProof {
  is_sha256: boolean;
  digest: Uint8Array;
  attestations: Attestation[];
}

class Reader {
  at = 0;
  constructor(readonly bytes: Uint8Array) {}
  take(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) refuse('the proof ends in the middle');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
  byte(): number {
    return this.take(1)[0]!;
  }
  /** Seven bits a byte, the low ones first; 63 bits at most. */
  number(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 63n; shift += 7n) {
      const next = this.byte();
      value |= BigInt(next & 0x7f) << shift;
      if (next < 0x80) return value;
    }
    return refuse('a number has more than 63 bits');
  }
  counted(limit: number): Uint8Array {
    const count = this.number();
    if (count > BigInt(limit)) refuse(`${count} bytes stand where ${limit} may`);
    return this.take(Number(count));
  }
  end(): void {
    if (this.at !== this.bytes.length) refuse('something follows where the proof, or a part of it, ends');
  }
}

function attestation_from(from: Reader, message: Uint8Array): Attestation {
  const tag = hex_of(from.take(8));
  const payload = new Reader(from.counted(kMaxPayloadBytes));
  if (tag === kPending) {
    const calendar = String.fromCharCode(...payload.counted(kMaxAddressBytes));
    if (!/^[A-Za-z0-9._/:-]*$/.test(calendar)) refuse("a calendar's address has a character that it may not have");
    payload.end();
    return { kind: 'pending', calendar };
  }
  if (tag !== kBitcoin) return { kind: 'unknown', tag };
  const height = payload.number();
  payload.end();
  return { kind: 'bitcoin', height, message };
}

function applied(operation: number, message: Uint8Array, from: Reader): Uint8Array {
  switch (operation) {
    case 0xf0:
    case 0xf1: {
      const argument = from.counted(kMaxMessageBytes);
      if (argument.length === 0) refuse('an operation adds nothing');
      return operation === 0xf0 ? joined(message, argument) : joined(argument, message);
    }
    case 0xf2: return message.slice().reverse();
    case 0xf3: return bytes_of(hex_of(message));
    case 0x02: return sha1(message);
    case 0x03: return ripemd160(message);
    case 0x08: return sha256(message);
    case 0x67: return keccak_256(message);
    default: return refuse(`operation ${hex_of(Uint8Array.of(operation))} is not known`);
  }
}

/** Walks the tree of operations; branches share what stands before them. */
class Walk {
  readonly attestations: Attestation[] = [];
  #steps = 0;
  constructor(readonly from: Reader) {}

  go(message: Uint8Array, depth: number): void {
    if (depth > kMaxDepth) refuse('the operations go deeper than 256');
    let tag = this.from.byte();
    for (; tag === 0xff; tag = this.from.byte()) this.#step(this.from.byte(), message, depth);
    this.#step(tag, message, depth);
  }

  #step(tag: number, message: Uint8Array, depth: number): void {
    this.#steps += 1;
    if (this.#steps > kMaxSteps) refuse('the proof has too many operations');
    if (tag === 0) {
      this.attestations.push(attestation_from(this.from, message));
      return;
    }
    const next = applied(tag, message, this.from);
    if (next.length > kMaxMessageBytes) refuse('a message grows beyond 4096 bytes');
    this.go(next, depth + 1);
  }
}

export function ots_from(bytes: Uint8Array): OtsProof {
  if (bytes.length > kMaxBytes) refuse('an OpenTimestamps proof is longer than 1 MiB');
  const from = new Reader(bytes);
  if (bytes.length < kMagic.length || !same(from.take(kMagic.length), kMagic)) refuse('that is no OpenTimestamps proof');
  if (from.number() !== 1n) refuse('another version of OpenTimestamps');
  const tag = from.byte();
  if (tag !== 0x08 && tag !== 0x02 && tag !== 0x03) refuse('the hash of the file is of no known kind');
  const digest = from.take(tag === 0x08 ? 32 : 20);
  const walk = new Walk(from);
  walk.go(digest, 0);
  from.end();
  return { is_sha256: tag === 0x08, digest, attestations: walk.attestations };
}

/** A Bitcoin block's header that the reader vouches for. */
export interface BlockHeader {
  root: Uint8Array;
  time: number; // seconds since 1970, as its miner set it
}

/** Whether a hash, as a number whose lowest byte is first, is not above the target in its short form. */
function meets_target(hash: Uint8Array, compact: number): boolean {
  const exponent = compact >>> 24;
  const mantissa = compact & 0xffffff;
  if (mantissa === 0 || mantissa > 0x7fffff || exponent < 3 || exponent > 32) return false;
  const value = BigInt(`0x${hex_of(hash.slice().reverse())}`);
  return value <= BigInt(mantissa) << BigInt(8 * (exponent - 3));
}

export function block_from(bytes: Uint8Array): BlockHeader {
  if (bytes.length !== kHeaderBytes) refuse("a Bitcoin block's header has 80 bytes");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (!meets_target(sha256(sha256(bytes)), view.getUint32(72, true))) refuse("the header's hash does not meet the difficulty that it states");
  return { root: bytes.slice(36, 68), time: view.getUint32(68, true) };
}

/** When the file was there, by this header. */
export function block_time(message: Uint8Array, header: BlockHeader): number {
  if (!same(message, header.root)) refuse('the operations do not lead to the Merkle root of the block');
  return header.time + kSlackSeconds;
}
