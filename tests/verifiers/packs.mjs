// Where parts lie, at the borders that no small edition reaches, and what is found in a pack of several pieces.
// usage: node packs.mjs CORE
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { Layout, MemorySource, read_evidence } = await import(pathToFileURL(path.resolve(process.argv[2])).href);
const kMiB = 1 << 20;
const digest = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const named = (number) => digest(`part ${number}`);

// Sixteen parts of one MiB fill a pack; one byte more lies alone and leaves the pack open; the same bytes lie once.
const layout = new Layout();
for (let i = 0; i < 16; i += 1) assert.equal(layout.place(named(i), kMiB), i);
assert.equal(layout.place(named(99), kMiB + 1), 16);
assert.equal(layout.place(named(3), kMiB), 3);
assert.throws(() => layout.place(named(3), kMiB - 1), /another length/);
assert.equal(layout.place(named(17), 1), 17);
assert.equal(layout.place(named(98), 20 * kMiB), 18);
assert.equal(layout.place(named(19), 0), 19);
assert.equal(layout.place(named(20), 5), 20);
const hex = (number) => Buffer.from(named(number)).toString('hex');
assert.deepEqual(layout.files.map(({ path: name, size, parts }) => [name, size, parts.length]), [
  ['evidence/pack/0', 16 * kMiB, 16], [`evidence/${hex(99)}`, kMiB + 1, 1], ['evidence/pack/1', 6, 3], [`evidence/${hex(98)}`, 20 * kMiB, 1],
]);
assert.deepEqual([15, 16, 17, 18, 19, 20].map((number) => layout.begins[number]), [15 * kMiB, 0, 0, 0, 1, 1]);

// A pack ends before the part that would make it longer, however little is missing.
const tight = new Layout();
for (let i = 0; i < 15; i += 1) tight.place(named(i), kMiB);
tight.place(named(15), kMiB - 1);
tight.place(named(16), 2);
assert.deepEqual(tight.files.map(({ size }) => size), [16 * kMiB - 1, 2]);

// What is listed otherwise is named: another size, another hash of a lone part, a file that no part needs.
function complaints(change) {
  const stamps = new Map(layout.files.map(({ path: name, size }) => [name, { path: name, size, sha256: name.slice('evidence/'.length) }]));
  change(stamps);
  const found = [];
  layout.listed({ stamps }, { add: (check, file) => found.push([check, file]) });
  return found;
}
assert.deepEqual(complaints(() => undefined), []);
assert.deepEqual(complaints((stamps) => stamps.delete('evidence/pack/1')), [['evidence', 'evidence/pack/1']]);
assert.deepEqual(complaints((stamps) => { stamps.get('evidence/pack/0').size -= 1; }), [['evidence', 'evidence/pack/0']]);
assert.deepEqual(complaints((stamps) => { stamps.get(`evidence/${hex(99)}`).sha256 = hex(0); }), [['evidence', `evidence/${hex(99)}`]]);
assert.deepEqual(complaints((stamps) => stamps.set('evidence/pack/2', { path: 'evidence/pack/2', size: 0 })), [['evidence', 'evidence/pack/2']]);

// Twelve parts of nearly a MiB are read in several pieces, and a long one in chunks: each byte counts, in parts and in passages.
const sizes = Array.from({ length: 12 }, (_, i) => (i === 5 ? 0 : kMiB - i));
const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0)).map((_, i) => (i * 7 + (i >>> 9)) & 255);
const ends = Float64Array.from(sizes, (_, i) => sizes.slice(0, i + 1).reduce((sum, size) => sum + size, 0));
const begin = (i) => ends[i] - sizes[i];
const joined = (hashes) => Uint8Array.from(hashes.flatMap((hash) => [...hash]));
const ranges = [[0, 0], [10, 90], [begin(3), ends[3]], [begin(4), begin(4)], [begin(11) + 1, ends[11]], [ends[11], ends[11]]];
function task(is_pack) {
  return {
    kind: 'evidence', path: 'file', ends: is_pack ? ends : new Float64Array(), digests: is_pack ? joined(sizes.map((_, i) => digest(bytes.subarray(begin(i), ends[i])))) : new Uint8Array(),
    ranges: Float64Array.from(ranges.flat()), passages: joined(ranges.map(([from, to]) => digest(bytes.subarray(from, to)))),
  };
}
const read = (is_pack, file) => read_evidence(task(is_pack), new MemorySource(new Map([['file', file]])));
for (const is_pack of [true, false]) {
  assert.deepEqual(await read(is_pack, bytes), { sha256: Buffer.from(digest(bytes)).toString('hex'), wrong_parts: [], wrong_passages: [] });
  for (const [at, parts, passages] of [[50, [0], [1]], [begin(3), [3], [2]], [ends[3] - 1, [3], [2]], [ends[4] - 1, [4], []], [ends[11] - 1, [11], [4]]]) {
    const spoiled = bytes.slice();
    spoiled[at] ^= 1;
    const found = await read(is_pack, spoiled);
    assert.deepEqual([found.wrong_parts, found.wrong_passages], [is_pack ? parts : [], passages]);
    assert.equal(found.sha256, Buffer.from(digest(spoiled)).toString('hex'));
  }
}
console.log('packs: parts lie where their lines say');
