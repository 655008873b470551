// usage: node examples.mjs SPEC [--write]   the worked examples in the pages of SPEC, computed anew; exit 1 when one is not what
// its page says. An example is a block of lines "KEY VALUE", fenced by ```example NAME; those that begin with "= " follow from
// the others and from SPEC/vectors. With --write they are written.
import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { bytes_of, from_base64, from_hex, hex_of, joined, refuse, text_of, to_base64 } from '../src/bytes';
import { excerpt_from } from '../src/excerpt_lines';
import { leaf_from } from '../src/leaf';
import { entries_of } from '../src/bundle';
import { bundles_of } from '../src/log';
import { manifest_from } from '../src/manifest';
import { note_from } from '../src/note';
import { Opened } from '../src/opened';
import { policy_from } from '../src/policy';
import { Register } from '../src/register';
import { rule_from } from '../src/rule';
import { slot_at, slots_of, type LeafType } from '../src/slots';
import { recount, total_json } from '../src/total';

type Lines = [string, string][];
const spec = process.argv[2]!;

const read = (file: string): Uint8Array => new Uint8Array(fs.readFileSync(path.join(spec, 'vectors', file)));
const read_text = (file: string): string => text_of(read(file));
const lines_of = (file: string): string[] => read_text(file).split('\n').slice(0, -1);
// Hashes by Node's own library: a third opinion beside the two verifiers.
const sha256 = (...pieces: Uint8Array[]): Uint8Array => new Uint8Array(createHash('sha256').update(joined(...pieces)).digest());
const hmac = (key: Uint8Array, message: Uint8Array): Uint8Array => new Uint8Array(createHmac('sha256', key).update(message).digest());
const hkdf = (key: Uint8Array, info: string): Uint8Array => new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), bytes_of(info), 32));
const leaf_hash = (...pieces: Uint8Array[]): Uint8Array => sha256(Uint8Array.of(0), ...pieces);
const node_hash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(Uint8Array.of(1), left, right);

function lp(bytes: Uint8Array): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, bytes.length);
  return joined(size, bytes);
}

function leaves_in(edition: string): Uint8Array[] {
  const size = Number(/"checkpoint":\{"size":(\d+)/.exec(read_text(`${edition}/edition.json`))![1]);
  return bundles_of(size).flatMap((run) => entries_of(read(`${edition}/${run.path}`), run.end - run.begin));
}

/** RFC 6962: the root over hashes, by the definition. */
function root_over(hashes: Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return sha256();
  if (hashes.length === 1) return hashes[0]!;
  const left = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return node_hash(root_over(hashes.slice(0, left)), root_over(hashes.slice(left)));
}

/** What an example says before what follows from it. */
class Given {
  constructor(readonly lines: Lines) {}
  text(key: string): string {
    return this.lines.find(([name]) => name === key)?.[1] ?? refuse(`an example has no line '${key}'`);
  }
  number(key: string): number {
    return Number(this.text(key));
  }
  hex(key: string): Uint8Array {
    return from_hex(this.text(key), this.text(key).length / 2);
  }
  all(key: string): string[] {
    return this.lines.filter(([name]) => name === key).map(([, value]) => value);
  }
}

const kExamples: Record<string, (given: Given) => Lines> = {
  leaf(given) {
    const leaves = leaves_in(given.text('edition'));
    const bytes = leaves[given.number('index')]!;
    const stated = `${given.all('line').join('\n')}\n`;
    if (stated !== text_of(bytes)) refuse('the lines are not those of the leaf');
    return [['bytes', String(bytes.length)], ['hash', hex_of(leaf_hash(bytes))], ['bundle', `${hex_of(Uint8Array.of(bytes.length >> 8, bytes.length & 255))} before it in the bundle`]];
  },

  tree(given) {
    const hashes = leaves_in(given.text('edition')).slice(0, given.number('size')).map((leaf) => leaf_hash(leaf));
    const out: Lines = hashes.map((hash, i): [string, string] => [`leaf ${i}`, hex_of(hash)]);
    out.push(['node 0-1', hex_of(node_hash(hashes[0]!, hashes[1]!))], ['node 2-3', hex_of(node_hash(hashes[2]!, hashes[3]!))]);
    out.push(['node 0-3', hex_of(root_over(hashes.slice(0, 4)))], ['root', hex_of(root_over(hashes))]);
    return out;
  },

  slot(given) {
    const record = JSON.parse(lines_of(`${given.text('edition')}/records.jsonl`).find((line) => line.includes(`"entry":${given.text('entry')},`))!) as { leaf: number; slots: [number, string, string | null, string][] };
    const leaf = leaf_from(leaves_in(given.text('edition'))[record.leaf]!);
    const slot = slot_at(leaf.type, given.text('path'));
    const [, , value, key] = record.slots.find(([each]) => each === slot)!;
    const { kind } = slots_of(leaf.type)[slot]!;
    const made = commit('case.example/small', from_hex(leaf.id, 16), given.text('path'), value === null ? 'absent' : kind, value ?? '', from_hex(key, 32));
    if (to_base64(made.commitment) !== leaf.commitments[slot]) refuse('the leaf commits to something else');
    return [
      ['slot', String(slot)], ['kind', kind], ['value', value ?? 'absent'], ['slot_key', key], ['id', leaf.id], ['message', hex_of(made.message)],
      ['commitment', hex_of(made.commitment)], ['line', `c ${to_base64(made.commitment)}`],
    ];
  },

  commitment(given) {
    const path_text = given.text('path');
    const slot_key = hkdf(given.hex('entry_key'), `gavah/field/0${path_text}`);
    const [value, kind] = [given.text('value'), given.text('kind')];
    const full = commit(given.text('origin'), given.hex('id'), path_text, kind, value, slot_key);
    const absent = commit(given.text('origin'), given.hex('id'), path_text, 'absent', '', slot_key);
    return [
      ['info', hex_of(bytes_of(`gavah/field/0${path_text}`))], ['slot_key', hex_of(slot_key)], ['message', hex_of(full.message)],
      ['commitment', hex_of(full.commitment)], ['line', `c ${to_base64(full.commitment)}`],
      ['unused message', hex_of(absent.message)], ['unused commitment', hex_of(absent.commitment)],
    ];
  },

  list(given) {
    const records = given.all('record').map((line): [string, string] => [line.slice(65), line.slice(0, 64)]);
    const stated = JSON.parse(lines_of(`${given.text('edition')}/dispositions.jsonl`).find((line) => line.includes(`"leaf":${given.text('leaf')},`))!) as { records: [unknown, string][] };
    stated.records.forEach(([record, salt], i) => {
      if (records[i]?.[0] !== JSON.stringify(record) || records[i]?.[1] !== salt) refuse('the records are not those of the disposition');
    });
    const hashes = records.map(([record, salt]) => leaf_hash(from_hex(salt, 32), bytes_of(record)));
    const root = root_over(hashes);
    return [
      ...hashes.map((hash, i): [string, string] => [`hash ${i}`, hex_of(hash)]), ['node 0-1', hex_of(node_hash(hashes[0]!, hashes[1]!))],
      ['root', hex_of(root)], ['value', `${hashes.length} ${hex_of(root)}`], ['proof of 0', `${hex_of(hashes[1]!)} ${hex_of(hashes[2]!)}`],
      ['proof of 2', hex_of(node_hash(hashes[0]!, hashes[1]!))],
    ];
  },

  pages(given) {
    const key = hkdf(given.hex('epoch_key'), `gavah/page/0${given.text('role')}`);
    const mark = joined(bytes_of('gvh0'), given.hex('epoch'), given.hex('random'));
    const associated = joined(bytes_of('gavah/page/0'), bytes_of(given.text('kind')), mark, given.hex('number'));
    const sealed = xchacha20_poly1305(key, given.hex('nonce'), given.hex('plaintext'), associated);
    return [['mark', hex_of(mark)], ['key', hex_of(key)], ['associated', hex_of(associated)], ['sealed', hex_of(sealed.text)], ['tag', hex_of(sealed.tag)]];
  },

  register(given) {
    const register = new Register();
    const out: Lines = [];
    for (const line of given.all('leaf')) {
      const [type, ...refs] = line.split(' ') as [LeafType, ...string[]];
      const needs_bind = type === 'rule';
      const text = `gavah/0 ${type}\nid ${hex_of(sha256(bytes_of(String(register.types.length)))).slice(0, 32)}\nday 2031-06-01\n${refs.length === 0 ? '' : `refs ${refs.join(' ')}\n`}${needs_bind ? `bind ${'0'.repeat(64)}\n` : ''}${slots_of(type).map(() => `c ${to_base64(new Uint8Array(32))}\n`).join('')}`;
      register.apply(leaf_from(bytes_of(text)));
      out.push([`after ${register.types.length - 1}`, [...register.entries.values()].map(({ index, state, current }) => `${index} ${state}${current === index ? '' : ` by ${current}`}`).join(', ')]);
    }
    const counts = register.accounting('event');
    out.push(['accounting', JSON.stringify(counts)]);
    return out;
  },

  rule(given) {
    const bytes = read(`${given.text('edition')}/rules/${given.text('name')}.json`);
    const rule = rule_from(text_of(bytes));
    const index = leaves_in(given.text('edition')).findIndex((leaf) => text_of(leaf).includes(`bind ${hex_of(sha256(bytes))}\n`));
    return [['text', text_of(bytes).slice(0, -1)], ['sha256', hex_of(sha256(bytes))], ['bound by leaf', String(index)], ['unit', rule.unit]];
  },

  total(given) {
    const rule = rule_from(`${given.text('rule')}\n`);
    const entries = given.all('entry').map((line, i) => opened_of(line, i));
    const total = recount(rule, 0, { events: entries, victims: [], withheld: { events: given.number('withheld'), victims: 0 } });
    return [['total', total_json(total)]];
  },

  manifest(given) {
    const edition = given.text('edition');
    const bytes = read(`${edition}/edition.json`);
    const note = note_from(bytes);
    const manifest = manifest_from(note.text);
    const [signature] = note.signatures;
    const file = manifest.files.find((each) => each.path === given.text('file'))!;
    const after = leaves_in(given.text('after'));
    const bound = after.findIndex((leaf) => text_of(leaf).includes(`bind ${hex_of(sha256(bytes))}\n`));
    if (hex_of(sha256(read(`${edition}/${file.path}`))) !== file.sha256) refuse('the file has another hash');
    return [
      ['text bytes', String(bytes_of(note.text).length)], ['text sha256', hex_of(sha256(bytes_of(note.text)))], ['signature', hex_of(signature!.bytes)],
      ['key id', signature!.id], ['stamp', `{"path":${JSON.stringify(file.path)},"size":${file.size},"sha256":"${file.sha256}"}`],
      ['root', manifest.root], ['sha256', hex_of(sha256(bytes))], ['edition leaf after it', String(bound)],
    ];
  },

  policy(given) {
    const bytes = read(`${given.text('edition')}/policy.json`);
    const policy = policy_from(text_of(bytes));
    const manifest = manifest_from(note_from(read(`${given.text('edition')}/edition.json`)).text);
    if (manifest.policy !== hex_of(sha256(bytes))) refuse('the manifest names another policy');
    return [['bytes', String(bytes.length)], ['sha256', hex_of(sha256(bytes))], ['slots of victims', policy.slots['victim']!.join(' ')], ['passages', policy.passages], ['batch', String(policy.batch)]];
  },

  excerpt(given) {
    const excerpt = excerpt_from(read(given.text('file')));
    const leaf = excerpt.leaves.find((each) => each.index === given.number('index'))!;
    const [, size] = excerpt.checkpoint.split('\n');
    const out: Lines = [['leaf hash', hex_of(leaf_hash(bytes_of(leaf.leaf)))]];
    let at = leaf_hash(bytes_of(leaf.leaf));
    let [first, last] = [leaf.index, Number(size) - 1];
    for (const step of leaf.proof) {
      const is_right = first % 2 === 1 || first === last;
      at = is_right ? node_hash(from_hex(step, 32), at) : node_hash(at, from_hex(step, 32));
      out.push([is_right ? 'left of it' : 'right of it', step], ['node', hex_of(at)]);
      while (is_right && first % 2 === 0 && first !== 0) [first, last] = [Math.floor(first / 2), Math.floor(last / 2)];
      [first, last] = [Math.floor(first / 2), Math.floor(last / 2)];
    }
    out.push(['root', hex_of(from_base64(excerpt.checkpoint.split('\n')[2]!))]);
    if (out.at(-1)![1] !== hex_of(at)) refuse('the proof leads elsewhere');
    return out;
  },

  checkpoint(given) {
    const note = note_from(read(given.text('file')));
    const vkey = given.text('vkey');
    const [name, id] = vkey.split('+') as [string, string];
    const base64 = vkey.slice(name.length + id.length + 2);
    const line = note.signatures.find((each) => each.name === name && each.id === id)!;
    const made = hex_of(sha256(bytes_of(`${name}\n`), from_base64(base64)).subarray(0, 4));
    if (made !== id) refuse('the id of the key is another');
    return [
      ['key', hex_of(from_base64(base64))], ['key id', made], ['signed', hex_of(bytes_of(note.text))], ['signature', hex_of(line.bytes)],
    ];
  },

  cosignature(given) {
    const note = note_from(read(given.text('file')));
    const [name, id] = given.text('vkey').split('+') as [string, string];
    const line = note.signatures.find((each) => each.name === name && each.id === id)!;
    const time = new DataView(line.bytes.buffer, line.bytes.byteOffset).getBigUint64(0);
    const message = `cosignature/v1\ntime ${time}\n${note.text}`;
    return [['time bytes', hex_of(line.bytes.subarray(0, 8))], ['time', new Date(Number(time) * 1000).toISOString().replace('.000', '')], ['signed', hex_of(bytes_of(message))], ['signature', hex_of(line.bytes.subarray(8))]];
  },

  ots(given) {
    const proof = read(given.text('file'));
    const note = read(given.text('note'));
    const header = from_hex(given.text('block'), 80);
    const begin = hex_of(proof.subarray(0, 33));
    const [operation, size] = [proof[65]!, proof[66]!];
    const argument = proof.subarray(67, 67 + size);
    const message = joined(sha256(note), argument);
    const root = sha256(message);
    if (operation !== 0xf0 || hex_of(proof.subarray(33, 65)) !== hex_of(sha256(note)) || hex_of(root) !== hex_of(header.subarray(36, 68))) refuse('the proof leads elsewhere');
    const time = new DataView(header.buffer, header.byteOffset).getUint32(68, true);
    return [
      ['magic, version, tag', begin], ['note sha256', hex_of(sha256(note))], ['f0 argument', hex_of(argument)], ['message', hex_of(message)], ['08', hex_of(root)],
      ['branches', hex_of(proof.subarray(68 + size))], ['block hash', hex_of(sha256(sha256(header)).reverse())], ['header time', String(time)],
      ['proves', new Date((time + 7200) * 1000).toISOString().replace('.000', '')],
    ];
  },
};

function commit(origin: string, id: Uint8Array, path_text: string, kind: string, value: string, key: Uint8Array): { message: Uint8Array; commitment: Uint8Array } {
  const message = joined(bytes_of('gavah/commit/0'), Uint8Array.of(0), lp(bytes_of(origin)), lp(id), lp(bytes_of(path_text)), lp(bytes_of(kind)), lp(bytes_of(value)));
  return { message, commitment: hmac(key, message) };
}

/** "PATH=VALUE PATH=absent …" as an opened event. */
function opened_of(line: string, index: number): Opened {
  const out = new Opened('event', index, index, 'event');
  for (const pair of line.split(' ')) {
    const [path_text, value] = pair.split('=') as [string, string];
    out.open(slot_at('event', path_text), value === 'absent' ? null : value);
  }
  return out;
}

/** draft-irtf-cfrg-xchacha, section 2.2: the key and the first 16 bytes of the nonce give another key. */
function hchacha20(key: Uint8Array, nonce: Uint8Array): Uint8Array {
  const state = new Uint32Array(16);
  state.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
  const words = (bytes: Uint8Array): number[] => Array.from({ length: bytes.length / 4 }, (_, i) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(4 * i, true));
  state.set(words(key.slice()), 4);
  state.set(words(nonce.slice()), 12);
  const turn = (a: number, by: number): number => ((a << by) | (a >>> (32 - by))) >>> 0;
  const quarter = (a: number, b: number, c: number, d: number): void => {
    for (const [x, y, z, by] of [[a, b, d, 16], [c, d, b, 12], [a, b, d, 8], [c, d, b, 7]] as const) {
      state[x] = state[x]! + state[y]!;
      state[z] = turn(state[z]! ^ state[x]!, by);
    }
  };
  for (let round = 0; round < 10; round += 1) {
    for (const i of [0, 1, 2, 3]) quarter(i, 4 + i, 8 + i, 12 + i);
    for (const i of [0, 1, 2, 3]) quarter(i, 4 + ((i + 1) % 4), 8 + ((i + 2) % 4), 12 + ((i + 3) % 4));
  }
  const out = new Uint8Array(32);
  [0, 1, 2, 3, 12, 13, 14, 15].forEach((word, i) => new DataView(out.buffer).setUint32(4 * i, state[word]!, true));
  return out;
}

function xchacha20_poly1305(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, associated: Uint8Array): { text: Uint8Array; tag: Uint8Array } {
  const cipher = createCipheriv('chacha20-poly1305', hchacha20(key, nonce.subarray(0, 16)), joined(new Uint8Array(4), nonce.subarray(16)), { authTagLength: 16 });
  cipher.setAAD(associated, { plaintextLength: plaintext.length });
  const text = joined(new Uint8Array(cipher.update(plaintext)), new Uint8Array(cipher.final()));
  return { text, tag: new Uint8Array(cipher.getAuthTag()) };
}

const kBlock = /^```example ([a-z]+)\n([\s\S]*?)^```$/gm;

function rewritten(page: string, seen: Set<string>): string {
  return page.replace(kBlock, (_, name: string, body: string) => {
    const given = body.split('\n').slice(0, -1).filter((line) => !line.startsWith('= ')).map((line): [string, string] => {
      const space = line.indexOf(' ');
      return [line.slice(0, space), line.slice(space + 1)];
    });
    seen.add(name);
    const made = (kExamples[name] ?? refuse(`there is no example '${name}'`))(new Given(given));
    const lines = [...given.map(([key, value]) => `${key} ${value}`), ...made.map(([key, value]) => `= ${key}: ${value}`)];
    return `\`\`\`example ${name}\n${lines.join('\n')}\n\`\`\``;
  });
}

let wrong = 0;
const seen = new Set<string>();
for (const name of fs.readdirSync(spec).filter((each) => each.endsWith('.md')).sort()) {
  const file = path.join(spec, name);
  const page = fs.readFileSync(file, 'utf8');
  const made = rewritten(page, seen);
  if (made === page) continue;
  if (process.argv.includes('--write')) fs.writeFileSync(file, made);
  else {
    wrong += 1;
    const at = [...page].findIndex((letter, i) => letter !== made[i]);
    console.log(`${name}: an example says\n  ${page.slice(Math.max(0, at - 60), at + 60)}\nand it should say\n  ${made.slice(Math.max(0, at - 60), at + 60)}`);
  }
}
for (const name of Object.keys(kExamples)) {
  if (seen.has(name)) continue;
  wrong += 1;
  console.log(`no page has the example '${name}'`);
}
console.log(`${seen.size} kinds of examples, ${wrong} wrong`);
process.exitCode = wrong > 0 ? 1 : 0;
