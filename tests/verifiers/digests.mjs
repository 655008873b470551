// Hashing of the second verifier beside Node's: both ways of compressing, every length around the ends of blocks, pieces.
// usage: node digests.mjs CORE
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { Hasher, hmac_sha256, HmacFours, js_compression, kLaneBytes, kStart, scratch, sha256, wasm_compression } = await import(pathToFileURL(path.resolve(process.argv[2])).href);
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const message = (length) => Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
const expected = (bytes) => createHash('sha256').update(bytes).digest('hex');

for (let length = 0; length <= 300; length += 1) assert.equal(hex(sha256(message(length))), expected(message(length)), `length ${length}`);
for (const length of [524_000, 524_288, 600_001, 1_500_000]) {
  const bytes = message(length);
  assert.equal(hex(sha256(bytes)), expected(bytes), `length ${length}`);
  for (const piece of [1_000, 65_537]) {
    const state = new Hasher();
    for (let at = 0; at < length; at += piece) state.update(bytes.subarray(at, at + piece));
    assert.equal(hex(state.digest()), expected(bytes), `length ${length} in pieces of ${piece}`);
  }
  assert.equal(hex(hmac_sha256(message(32), bytes)), createHmac('sha256', message(32)).update(bytes).digest('hex'));
}
for (let length = 0; length <= 300; length += 7) {
  assert.equal(hex(hmac_sha256(message(32), message(length))), createHmac('sha256', message(32)).update(message(length)).digest('hex'));
}

// Two states are hashed by turns, each from where it stood.
const [a, b] = [new Hasher(), new Hasher()];
for (let at = 0; at < 1_000; at += 13) {
  a.update(message(1_000).subarray(at, at + 13));
  b.update(message(999).subarray(at, at + 13));
}
assert.deepEqual([hex(a.digest()), hex(b.digest())], [expected(message(1_000)), expected(message(999))]);

// The one that is made of instructions and the plain one give the same states.
const [wasm, plain] = [wasm_compression(), js_compression()];
assert.notEqual(wasm, null, 'Node has WebAssembly');
for (const { memory } of [wasm, plain]) {
  new Int32Array(memory.buffer).set(kStart);
  memory.set(message(64 * 50), 256);
}
for (const { compress } of [wasm, plain]) compress(0, 256, 50);
assert.deepEqual(wasm.memory.slice(0, 32), plain.memory.slice(0, 32));

// Four messages at once, by instructions and without, give what each gives alone.
for (const { memory, compress, compress_four } of [wasm, plain]) {
  const words = new Int32Array(memory.buffer);
  words.set(Int32Array.from({ length: 32 }, (_, i) => kStart[i >>> 2]));
  for (let lane = 0; lane < 4; lane += 1) memory.set(message(640 + lane), 512 + lane * kLaneBytes);
  compress_four(0, 512, 10);
  const four = words.slice(0, 32);
  for (let lane = 0; lane < 4; lane += 1) {
    words.set(kStart, 32);
    compress(128, 512 + lane * kLaneBytes, 10);
    assert.deepEqual(words.slice(32, 40), four.filter((_, i) => i % 4 === lane), `lane ${lane}`);
  }
}

// HMACs that wait for each other: each is told once, whatever their lengths and however many are left at the end.
const told = new Map();
const fours = new HmacFours((name, hash) => {
  assert.ok(!told.has(name));
  told.set(name, hex(hash));
});
const lengths = Array.from({ length: 1_500 }, (_, i) => (i * 397) % 1_000);
lengths.forEach((length, name) => {
  const at = fours.place(length);
  assert.equal(at < 0, length + 8 >= 15 * 64, `a message of ${length} bytes has its place`);
  if (at < 0) return;
  scratch.set(message(length), at);
  fours.add(new Int32Array(message(32 + (name % 5)).slice(0, 32).buffer), length, name);
  if (name % 43 === 0) fours.flush();
});
fours.flush();
lengths.forEach((length, name) => {
  const wanted = length + 8 >= 15 * 64 ? undefined : createHmac('sha256', message(32 + (name % 5)).subarray(0, 32)).update(message(length)).digest('hex');
  assert.equal(told.get(name), wanted, `HMAC of ${length} bytes`);
});
console.log('digests: as those of Node');
