// SHA-256's compression as a WebAssembly module, written here instruction by instruction: FIPS 180-4 section 6.2.2.
// The module is made when the program starts; there is no binary and no other tool. Where the browser allows no
// WebAssembly, sha256_js.ts does the same.

/** What holds the bytes, and what turns blocks of 64 of them into a state. */
export interface Compression {
  readonly memory: Uint8Array;
  /** Takes `count` blocks at `data` into the eight words at `state`; both are offsets into `memory`. */
  readonly compress: (state: number, data: number, count: number) => void;
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

// Instructions of the WebAssembly core specification, version 1, section 5.4.
const kGet = 0x20;
const kSet = 0x21;
const kTee = 0x22;
const kLoad = [0x28, 2];
const kStore = [0x36, 2];
const kConst = 0x41;
const kAdd = 0x6a;
const kSub = 0x6b;
const kAnd = 0x71;
const kOr = 0x72;
const kXor = 0x73;
const kShiftRight = 0x76;
const kRotateLeft = 0x77;
const kRotateRight = 0x78;
const kLoop = 0x03;
const kBranchIf = 0x0d;
const kEnd = 0x0b;
const kVoid = 0x40;
const kI32 = 0x7f;

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

class Code {
  readonly bytes: number[] = [];
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
  number(value: number): this {
    return this.put(kConst, ...signed(value));
  }
  load(local: number, offset: number): this {
    return this.get(local).put(...kLoad, ...unsigned(offset));
  }
  /** The value of a local, turned right by so many bits. */
  turned(local: number, bits: number): this {
    return this.get(local).number(bits).put(kRotateRight);
  }
  /** Three turns, or two and a shift, joined by exclusive or. */
  sigma(local: number, a: number, b: number, c: number, last: typeof kRotateRight | typeof kShiftRight): this {
    return this.turned(local, a).turned(local, b).put(kXor).get(local).number(c).put(last, kXor);
  }
}

/** A word of the block, whose bytes stand the other way round in memory. */
function load_word(code: Code, i: number): void {
  const word = kWords + i;
  code.load(kData, 4 * i).put(kTee, word).number(8).put(kRotateLeft).number(0x00ff00ff).put(kAnd);
  code.turned(word, 8).number(0xff00ff00 | 0).put(kAnd, kOr).set(word);
}

function schedule(code: Code, i: number): void {
  const word = (back: number): number => kWords + ((i - back) & 15);
  code.get(word(16)).get(word(7)).put(kAdd);
  code.sigma(word(15), 7, 18, 3, kShiftRight).put(kAdd);
  code.sigma(word(2), 17, 19, 10, kShiftRight).put(kAdd).set(word(16));
}

function round(code: Code, i: number): void {
  const at = (name: number): number => kWorking + ((name - i) & 7); // the variables move on by their names
  const [a, b, d, e, f, g, h] = [at(0), at(1), at(3), at(4), at(5), at(6), at(7)] as [number, number, number, number, number, number, number];
  code.get(h).sigma(e, 6, 11, 25, kRotateRight).put(kAdd);
  code.get(f).get(g).put(kXor).get(e).put(kAnd).get(g).put(kXor, kAdd); // e chooses f or g
  code.number(kRounds[i]!).get(kWords + (i & 15)).put(kAdd, kAdd).set(kSum);
  code.get(d).get(kSum).put(kAdd).set(d);
  code.sigma(a, 2, 13, 22, kRotateRight).get(kSum).put(kAdd);
  // The majority of a, b and c is b, but where both a and c differ from it.
  code.get(a).get(b).put(kXor, kTee, kNext).get(kBoth).put(kAnd).get(b).put(kXor, kAdd).set(h);
  code.get(kNext).set(kBoth);
}

function body(): number[] {
  const code = new Code();
  code.put(kLoop, kVoid);
  for (let i = 0; i < 8; i += 1) code.load(kState, 4 * i).set(kWorking + i);
  for (let i = 0; i < 16; i += 1) load_word(code, i);
  code.get(kWorking + 1).get(kWorking + 2).put(kXor).set(kBoth);
  for (let i = 0; i < 64; i += 1) {
    if (i >= 16) schedule(code, i);
    round(code, i);
  }
  for (let i = 0; i < 8; i += 1) {
    code.get(kState).load(kState, 4 * i).get(kWorking + i).put(kAdd, ...kStore, ...unsigned(4 * i));
  }
  code.get(kData).number(64).put(kAdd).set(kData);
  code.get(kCount).number(1).put(kSub, kTee, kCount, kBranchIf, 0, kEnd, kEnd);
  return [1, ...unsigned(kLocals), kI32, ...code.bytes];
}

function section(id: number, ...bytes: number[]): number[] {
  return [id, ...unsigned(bytes.length), ...bytes];
}

function exported(name: string, kind: number): number[] {
  return [name.length, ...[...name].map((c) => c.charCodeAt(0)), kind, 0];
}

function module_bytes(): Uint8Array<ArrayBuffer> {
  const code = body();
  return new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, 1, 0x60, 3, kI32, kI32, kI32, 0), // one type: three words in, nothing out
    ...section(3, 1, 0),
    ...section(5, 1, 0, ...unsigned(kMemoryBytes / kPageBytes)),
    ...section(7, 2, ...exported('compress', 0), ...exported('memory', 2)),
    ...section(10, 1, ...unsigned(code.length), ...code),
  ]);
}

/** Null where WebAssembly is not to be had. */
export function wasm_compression(): Compression | null {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module_bytes()));
    return { memory: new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer), compress: exports['compress'] as Compression['compress'] };
  } catch {
    return null;
  }
}
