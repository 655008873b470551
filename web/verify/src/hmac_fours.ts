// HMAC-SHA-256 of many short messages by keys of 32 bytes, four at a time: those that take equally many blocks wait for each
// other. Twice as fast as one after the other.
import { compress_four, kBlock, kFours, pad, put_lane, scratch, start_four, words } from './digest';
import { kLaneBytes } from './sha256_wasm';

const kMaxBlocks = 16; // of an inner hash, its key's block included
const kOuter = kMaxBlocks * kBlock; // in each lane the two blocks of the outer hash follow
const kHash = 32;
const kState = kFours;
const kLanes = kFours + 4 * kHash;

/** Where the lane lies in which a message of so many blocks is laid out. */
function lane_at(blocks: number, lane: number): number {
  return kLanes + ((blocks - 2) * 4 + lane) * kLaneBytes;
}

/** What is the same in every lane: the rest of both keys' blocks, and how the outer hash's message ends. */
for (let at = lane_at(2, 0); at < lane_at(kMaxBlocks + 1, 0); at += kLaneBytes) {
  scratch.fill(0x36, at, at + kBlock);
  scratch.fill(0x5c, at + kOuter, at + kOuter + kBlock);
  pad(at + kOuter + kBlock, kHash, kBlock + kHash);
}

export class HmacFours {
  readonly #waiting = new Uint8Array(kMaxBlocks + 1); // by number of blocks
  readonly #names = new Int32Array(4 * (kMaxBlocks + 1));
  readonly #made = new Uint8Array(kHash);
  #blocks = 0;

  /** What comes of each message is given to `take` with its name, some time before `flush` returns. */
  constructor(readonly take: (name: number, hash: Uint8Array) => void) {}

  /** Where in `scratch` the next message, of so many bytes, is to be laid out; -1 when it is too long. */
  place(length: number): number {
    const blocks = 1 + ((length + 8 + kBlock) >>> 6);
    if (blocks > kMaxBlocks) return -1;
    this.#blocks = blocks;
    return lane_at(blocks, this.#waiting[blocks]!) + kBlock;
  }

  /** Takes in the message that was laid out there; the key is of 32 bytes, as words of this machine. */
  add(key: Int32Array, length: number, name: number): void {
    const blocks = this.#blocks;
    const lane = this.#waiting[blocks]!++;
    const at = lane_at(blocks, lane);
    for (let i = 0; i < 8; i += 1) {
      words[(at >>> 2) + i] = key[i]! ^ 0x36363636;
      words[((at + kOuter) >>> 2) + i] = key[i]! ^ 0x5c5c5c5c;
    }
    pad(at + kBlock, length, kBlock + length);
    this.#names[4 * blocks + lane] = name;
    if (lane === 3) this.#run(blocks);
  }

  flush(): void {
    for (let blocks = 2; blocks <= kMaxBlocks; blocks += 1) if (this.#waiting[blocks]! > 0) this.#run(blocks);
  }

  /** Lanes in which nobody waits are hashed too, and not looked at. */
  #run(blocks: number): void {
    const first = lane_at(blocks, 0);
    start_four(kState);
    compress_four(kState, first, blocks);
    for (let lane = 0; lane < 4; lane += 1) put_lane(kState, lane, scratch, first + lane * kLaneBytes + kOuter + kBlock);
    start_four(kState);
    compress_four(kState, first + kOuter, 2);
    const count = this.#waiting[blocks]!;
    this.#waiting[blocks] = 0;
    for (let lane = 0; lane < count; lane += 1) {
      put_lane(kState, lane, this.#made, 0);
      this.take(this.#names[4 * blocks + lane]!, this.#made);
    }
  }
}
