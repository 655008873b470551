// SHA-256's compression as a WebAssembly module, written here instruction by instruction: FIPS 180-4 section 6.2.2.
// The module is made when the program starts; there is no binary and no other tool. Where the browser allows no
// WebAssembly, sha256_js.ts does the same.

/** Takes `count` blocks at `data` into the words at `state`; both are offsets into the memory. */
export type Compress = (state: number, data: number, count: number) => void;

/** What holds the bytes, and what turns blocks of 64 of them into a state. */
export interface Compression {
  readonly memory: Uint8Array;
  readonly compress: Compress;
  /** The same for four messages at `data`, kLaneBytes apart, and four states: their first words, their second words, and so on. */
  readonly compress_four: Compress;
}

/** How far apart four messages lie. */
export const kLaneBytes = 1152;

/** Four messages by turns, where nothing takes them together. */
export function one_by_one(memory: Uint8Array, compress: Compress): Compress {
  const words = new Int32Array(memory.buffer);
  const own = words.length - 8; // a state at the end of the memory
  return (state, data, count) => {
    for (let lane = 0; lane < 4; lane += 1) {
      for (let i = 0; i < 8; i += 1) words[own + i] = words[(state >>> 2) + 4 * i + lane]!;
      compress(4 * own, data + lane * kLaneBytes, count);
      for (let i = 0; i < 8; i += 1) words[(state >>> 2) + 4 * i + lane] = words[own + i]!;
    }
  };
}

export const kMemoryBytes = 512 << 10; // a message longer than this is taken in pieces
const kPageBytes = 65_536;

/** The first 32 bits of the fractional parts of the cube, or square, roots of the first primes. */
export function fractions_of_roots(count: number, power: number): Int32Array {
  const out = new Int32Array(count);
  for (let number = 2, found = 0; found < count; number += 1) {
    let is_prime = true;
    for (let by = 2; by * by <= number; by += 1) if (number % by === 0) is_prime = false;
    if (!is_prime) continue;
    out[found] = fraction_of_root(number, power);
    found += 1;
  }
  return out;
}

/** floor(root · 2^32) mod 2^32, exactly: the largest integer whose power is at most number · 2^(32·power). */
function fraction_of_root(number: number, power: number): number {
  const target = BigInt(number) << BigInt(32 * power);
  let low = 0n;
  for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) if ((low + bit) ** BigInt(power) <= target) low += bit;
  return Number(low & 0xffffffffn) | 0;
}

export const kRounds = fractions_of_roots(64, 3);
export const kStart = fractions_of_roots(8, 2);

// Instructions of the WebAssembly core specification, section 5.4; those on four words at once begin with 0xfd.
const kGet = 0x20;
const kSet = 0x21;
const kTee = 0x22;
const kConst = 0x41;
const kAdd = 0x6a;
const kSub = 0x6b;
const kRotateLeft = 0x77;
const kRotateRight = 0x78;
const kLoop = 0x03;
const kBranchIf = 0x0d;
const kEnd = 0x0b;
const kVoid = 0x40;
const kI32 = 0x7f;

const kOneWord = {
  type: kI32, load: [0x28, 2], store: [0x36, 2], add: [kAdd], and: [0x71], or: [0x72], xor: [0x73], right: [0x76], left: [0x74], bytes: 4,
};
const kFourWords: typeof kOneWord = {
  type: 0x7b, load: [0xfd, 0x00, 2], store: [0xfd, 0x0b, 2], add: [0xfd, 0xae, 1], and: [0xfd, 0x4e], or: [0xfd, 0x50], xor: [0xfd, 0x51],
  right: [0xfd, 0xad, 1], left: [0xfd, 0xab, 1], bytes: 16,
};
const kFourConst = [0xfd, 0x0c];
const kShuffle = [0xfd, 0x0d];
const kLoadLane = [0xfd, 0x56, 2];
const kLoadFirstLane = [0xfd, 0x5c, 2];
const kBytesTurned = [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12]; // of each word

function unsigned(value: number): number[] {
  const out: number[] = [];
  for (let rest = value >>> 0; ; rest >>>= 7) {
    if (rest < 128) return [...out, rest];
    out.push((rest & 127) | 128);
  }
}

function signed(value: number): number[] {
  const out: number[] = [];
  for (let rest = value | 0; ; rest >>= 7) {
    const low = rest & 127;
    const is_last = (rest >> 7 === 0 && (low & 64) === 0) || (rest >> 7 === -1 && (low & 64) !== 0);
    if (is_last) return [...out, low];
    out.push(low | 128);
  }
}

// Locals of the function: its arguments, eight working variables, sixteen words of the schedule, and scratch.
const kState = 0;
const kData = 1;
const kCount = 2;
const kWorking = 3;
const kWords = 11;
const kSum = 27;
const kBoth = 28; // b ^ c of this round, a ^ b of the last
const kNext = 29;
const kLocals = 27; // beside the arguments

type Operation = 'add' | 'and' | 'or' | 'xor';

/** Instructions of a function on words, or on four words side by side. */
class Code {
  readonly bytes: number[] = [];
  constructor(readonly words: typeof kOneWord) {}

  put(...bytes: number[]): this {
    this.bytes.push(...bytes);
    return this;
  }
  get(local: number): this {
    return this.put(kGet, local);
  }
  set(local: number): this {
    return this.put(kSet, local);
  }
  tee(local: number): this {
    return this.put(kTee, local);
  }
  do(...operations: Operation[]): this {
    for (const each of operations) this.put(...this.words[each]);
    return this;
  }
  number(value: number): this {
    if (this.words === kOneWord) return this.put(kConst, ...signed(value));
    const bytes = [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
    return this.put(...kFourConst, ...bytes, ...bytes, ...bytes, ...bytes);
  }
  /** A word, or four, at a place counted in them. */
  load(local: number, place: number): this {
    return this.get(local).put(...this.words.load, ...unsigned(place * this.words.bytes));
  }
  store(place: number): this {
    return this.put(...this.words.store, ...unsigned(place * this.words.bytes));
  }
  #shifted(local: number, bits: number, way: 'left' | 'right'): this {
    return this.get(local).put(kConst, ...signed(bits), ...this.words[way]);
  }
  /** The value of a local, turned right by so many bits. */
  turned(local: number, bits: number): this {
    if (this.words === kOneWord) return this.get(local).number(bits).put(kRotateRight);
    return this.#shifted(local, bits, 'right').#shifted(local, 32 - bits, 'left').do('or');
  }
  /** Three turns, or two and a shift, joined by exclusive or. */
  sigma(local: number, a: number, b: number, c: number, last: 'turn' | 'shift'): this {
    this.turned(local, a).turned(local, b).do('xor');
    return (last === 'turn' ? this.turned(local, c) : this.#shifted(local, c, 'right')).do('xor');
  }
}

/** A word of the block, whose bytes stand the other way round in memory. */
function load_word(code: Code, i: number): void {
  const word = kWords + i;
  code.load(kData, i).tee(word).number(8).put(kRotateLeft).number(0x00ff00ff).do('and');
  code.turned(word, 8).number(0xff00ff00 | 0).do('and', 'or').set(word);
}

/** The same word of four blocks, which lie kLaneBytes apart. */
function load_four(code: Code, i: number): void {
  const word = kWords + i;
  code.get(kData).put(...kLoadFirstLane, ...unsigned(4 * i)).set(word);
  for (let lane = 1; lane < 4; lane += 1) code.get(kData).get(word).put(...kLoadLane, ...unsigned(lane * kLaneBytes + 4 * i), lane).set(word);
  code.get(word).get(word).put(...kShuffle, ...kBytesTurned).set(word);
}

function schedule(code: Code, i: number): void {
  const word = (back: number): number => kWords + ((i - back) & 15);
  code.get(word(16)).get(word(7)).do('add');
  code.sigma(word(15), 7, 18, 3, 'shift').do('add');
  code.sigma(word(2), 17, 19, 10, 'shift').do('add').set(word(16));
}

function round(code: Code, i: number): void {
  const at = (name: number): number => kWorking + ((name - i) & 7); // the variables move on by their names
  const [a, b, d, e, f, g, h] = [at(0), at(1), at(3), at(4), at(5), at(6), at(7)] as [number, number, number, number, number, number, number];
  code.get(h).sigma(e, 6, 11, 25, 'turn').do('add');
  code.get(f).get(g).do('xor').get(e).do('and').get(g).do('xor', 'add'); // e chooses f or g
  code.number(kRounds[i]!).get(kWords + (i & 15)).do('add', 'add').set(kSum);
  code.get(d).get(kSum).do('add').set(d);
  code.sigma(a, 2, 13, 22, 'turn').get(kSum).do('add');
  // The majority of a, b and c is b, but where both a and c differ from it.
  code.get(a).get(b).do('xor').tee(kNext).get(kBoth).do('and').get(b).do('xor', 'add').set(h);
  code.get(kNext).set(kBoth);
}

function body(words: typeof kOneWord): number[] {
  const code = new Code(words);
  code.put(kLoop, kVoid);
  for (let i = 0; i < 8; i += 1) code.load(kState, i).set(kWorking + i);
  for (let i = 0; i < 16; i += 1) (words === kOneWord ? load_word : load_four)(code, i);
  code.get(kWorking + 1).get(kWorking + 2).do('xor').set(kBoth);
  for (let i = 0; i < 64; i += 1) {
    if (i >= 16) schedule(code, i);
    round(code, i);
  }
  for (let i = 0; i < 8; i += 1) code.get(kState).load(kState, i).get(kWorking + i).do('add').store(i);
  code.get(kData).put(kConst, ...signed(64), kAdd).set(kData);
  code.get(kCount).put(kConst, 1, kSub, kTee, kCount, kBranchIf, 0, kEnd, kEnd);
  return [1, ...unsigned(kLocals), words.type, ...code.bytes];
}

function section(id: number, ...bytes: number[]): number[] {
  return [id, ...unsigned(bytes.length), ...bytes];
}

function exported(name: string, kind: number, index: number): number[] {
  return [name.length, ...[...name].map((c) => c.charCodeAt(0)), kind, index];
}

/** A module of one function for each kind of words. */
function module_bytes(kinds: (typeof kOneWord)[]): Uint8Array<ArrayBuffer> {
  const bodies = kinds.map(body);
  const names = ['compress', 'compress_four'].slice(0, kinds.length);
  return new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, 1, 0x60, 3, kI32, kI32, kI32, 0), // one type: three words in, nothing out
    ...section(3, kinds.length, ...kinds.map(() => 0)),
    ...section(5, 1, 0, ...unsigned(kMemoryBytes / kPageBytes)),
    ...section(7, names.length + 1, ...names.flatMap((name, i) => exported(name, 0, i)), ...exported('memory', 2, 0)),
    ...section(10, bodies.length, ...bodies.flatMap((code) => [...unsigned(code.length), ...code])),
  ]);
}

function made_of(kinds: (typeof kOneWord)[]): Compression | null {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module_bytes(kinds)));
    const memory = new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer);
    const compress = exports['compress'] as Compress;
    return { memory, compress, compress_four: (exports['compress_four'] as Compress | undefined) ?? one_by_one(memory, compress) };
  } catch {
    return null;
  }
}

/** Null where WebAssembly is not to be had; without its instructions on four words where those are not. */
export function wasm_compression(): Compression | null {
  return made_of([kOneWord, kFourWords]) ?? made_of([kOneWord]);
}
