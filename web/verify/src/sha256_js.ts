// SHA-256's compression without WebAssembly, for browsers that are set to run none.
import { kMemoryBytes, kRounds, one_by_one, type Compression } from './sha256_wasm';

const schedule = new Int32Array(64);

function turned(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function expand(view: DataView, data: number): void {
  for (let i = 0; i < 16; i += 1) schedule[i] = view.getInt32(data + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const near = schedule[i - 2]!;
    const far = schedule[i - 15]!;
    const small = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3);
    const large = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10);
    schedule[i] = (schedule[i - 16]! + small + schedule[i - 7]! + large) | 0;
  }
}

function one_block(words: Int32Array, at: number): void {
  let [a, b, c, d] = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!];
  let [e, f, g, h] = [words[at + 4]!, words[at + 5]!, words[at + 6]!, words[at + 7]!];
  for (let i = 0; i < 64; i += 1) {
    const sum = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + kRounds[i]! + schedule[i]!) | 0;
    const other = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + sum) | 0;
    d = c;
    c = b;
    b = a;
    a = (sum + other) | 0;
  }
  words[at] = words[at]! + a;
  words[at + 1] = words[at + 1]! + b;
  words[at + 2] = words[at + 2]! + c;
  words[at + 3] = words[at + 3]! + d;
  words[at + 4] = words[at + 4]! + e;
  words[at + 5] = words[at + 5]! + f;
  words[at + 6] = words[at + 6]! + g;
  words[at + 7] = words[at + 7]! + h;
}

export function js_compression(): Compression {
  const memory = new Uint8Array(kMemoryBytes);
  const words = new Int32Array(memory.buffer);
  const view = new DataView(memory.buffer);
  const compress = (state: number, data: number, count: number): void => {
    for (let block = 0; block < count; block += 1) {
      expand(view, data + 64 * block);
      one_block(words, state >>> 2);
    }
  };
  return { memory, compress, compress_four: one_by_one(memory, compress) };
}
