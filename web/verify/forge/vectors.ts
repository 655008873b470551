// usage: node vectors.mjs VECTORS   writes VECTORS/bad.jsonl: for each failure name the rules that it stands for, spoiled one by one.
// Everything follows from the good vectors and a counter, so that the same editions give the same lines.
import fs from 'node:fs';
import path from 'node:path';
import { bytes_of, hex_of, joined } from '../src/bytes';
import { sha256 } from '../src/digest';
import { Case, type Keys } from './case';
import type { Files } from './edits';
import { excerpt_vectors } from './excerpt_vectors';
import { reader_vectors } from './reader_vectors';
import { sign_edition, signing_key_from } from './sign';

const vectors = process.argv[2]!;
const read = (name: string): string => fs.readFileSync(path.join(vectors, name), 'utf8');
const keys: Keys = { release: signing_key_from(read('release.skey')), log: signing_key_from(read('log.skey')) };
const pin = read('pin.txt');

function files_of(directory: string, below = '', out: Files = new Map()): Files {
  for (const entry of fs.readdirSync(path.join(directory, below), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) files_of(directory, name, out);
    else out.set(name, new Uint8Array(fs.readFileSync(path.join(directory, name))));
  }
  return out;
}

const bases = { good: files_of(path.join(vectors, 'good')), next: files_of(path.join(vectors, 'next')) };
const out: string[] = [];

interface Also {
  base?: 'good' | 'next';
  previous?: string;
  pin?: string;
  /** False: the bytes are as they are, nothing is signed again. */
  signed?: boolean;
}

function bad(fails: string, name: string, spoil: (edition: Case) => unknown, also: Also = {}): void {
  const { base = 'good', previous, pin: other, signed = true } = also;
  const edition = new Case(bases[base], keys);
  spoil(edition);
  const line = { name, base, ...(previous === undefined ? {} : { previous }), ...(other === undefined ? {} : { pin: other }), edits: edition.edits(signed), signed, fails };
  out.push(`${JSON.stringify(line)}\n`);
}

/** The entry whose record holds a text. */
function entry_with(base: Files, part: string): number {
  return Number(/"entry":(\d+)/.exec(new Case(base, keys).line_of('records.jsonl', part))![1]);
}
const entries = (type: string, base: Files = bases.good): number[] =>
  [...new Case(base, keys).text('records.jsonl').matchAll(new RegExp(`^\\{"type":"${type}","entry":(\\d+)`, 'gm'))].map((found) => Number(found[1]));

const events = entries('event');
const [capture] = entries('capture') as [number];
const [victim] = entries('victim') as [number];
const [distinct] = entries('distinct') as [number];
const [dispose] = entries('dispose') as [number];
const shots = entry_with(bases.good, '"2..3"');
const umbrella = entry_with(bases.good, '"extent","umbrella"');
const plain = events.filter((entry) => entry !== shots && entry !== umbrella);
const [first, second] = plain as [number, number];

function manifest_vectors(): void {
  const signed = false;
  bad('manifest', 'edition.json altered without the key', (e) => e.replace('edition.json', '"number":1', '"number":2'), { signed });
  bad('manifest', 'another policy than was signed', (e) => e.replace('policy.json', '"name":"open"', '"name":"shut"'));
  bad('manifest', 'signed by a key that the pin does not name', (e) => e.manifest((text) => text, keys.log), { signed });
  bad('manifest', 'white space in the manifest', (e) => e.manifest((text) => text.replace('"number":1', '"number": 1')), { signed });
  bad('manifest', 'the manifest of another log', (e) => e.manifest((text) => text.replace('"origin":"case', '"origin":"cave')), { signed });
  bad('manifest', 'rules that do not ascend', (e) => e.manifest((text) => text.replace(/"rules":\[(\{[^}]*\}),(\{[^}]*\})/, '"rules":[$2,$1')), { signed });
  bad('manifest', 'a path that leaves the edition', (e) => e.manifest((text) => text.replace('"path":"places.json"', '"path":"../places.json"')), { signed });
  bad('manifest', 'a file in the list where it does not belong', (e) => e.manifest((text) => text.replace('"path":"places.json"', '"path":"a/places.json"').replace(/(.*"files":\[)(.*?),(\{"path":"a\/places.json"[^}]*\})/, '$1$3,$2')), { signed });
  bad('manifest', 'files.jsonl in another order', (e) => {
    sign_edition(e.files, keys.release);
    e.lines('files.jsonl', (lines) => lines.reverse());
    const digest = hex_of(sha256(e.files.get('files.jsonl')!));
    e.files = new Map(e.files);
    const text = e.text('edition.json').replace(/("path":"files.jsonl","size":\d+,"sha256":")[0-9a-f]{64}/, `$1${digest}`);
    const note = text.slice(0, text.lastIndexOf('\n\n') + 1);
    e.files.set('edition.json', sign(note));
  }, { signed });
}

function sign(text: string): Uint8Array {
  const made = new Case(bases.good, keys);
  return made.manifest(() => text).files.get('edition.json')!;
}

function file_vectors(): void {
  const signed = false;
  bad('file', 'a total altered without the key', (e) => e.replace('totals.json', '"low":4,', '"low":5,'), { signed });
  bad('file', 'changes out of nowhere', (e) => e.remove('changes.jsonl'), { signed });
  bad('file', 'a file too many', (e) => e.put('site/extra.html', 'x'), { signed });
  bad('file', 'no list of dispositions at all', (e) => e.remove('dispositions.jsonl'));
  bad('file', 'one byte more', (e) => e.put('places.json', `${e.text('places.json')} `), { signed });
}

function checkpoint_vectors(): void {
  bad('checkpoint', 'a head signed by nobody', (e) => e.replace('checkpoint', 'case.example/small\n', 'case.example/other\n'));
  bad('checkpoint', 'a signature altered', (e) => e.replace('checkpoint', /(?<=\n— \S+ \S{20})..../, 'AAAA').put('log/checkpoint', e.text('checkpoint')));
  bad('checkpoint', 'two copies that differ', (e) => e.put('log/checkpoint', `${e.text('log/checkpoint')}— other AAAAAAAA\n`));
  bad('checkpoint', 'a key that may not sign this size', () => undefined, { signed: false, pin: pin.replace(/ 0 -\n/, ' 0 10\n') });
  bad('checkpoint', 'another size in the manifest', (e) => e.manifest((text) => text.replace(/"checkpoint":\{"size":(\d+)/, (_, size: string) => `"checkpoint":{"size":${Number(size) - 1}`)), { signed: false });
}

function log_vectors(): void {
  const tile = [...bases.good.keys()].find((name) => name.startsWith('log/tile/0/'))!;
  const bundle = [...bases.good.keys()].find((name) => name.startsWith('log/tile/entries/'))!;
  bad('log', 'a leaf that the root does not hold', (e) => e.files.set(bundle, e.files.get(bundle)!.map((byte, i) => (i === 70 ? byte ^ 1 : byte))));
  bad('log', 'a tile that the leaves do not give', (e) => e.files.set(tile, e.files.get(tile)!.map((byte, i) => (i === 40 ? byte ^ 1 : byte))));
  bad('log', 'a tile too many', (e) => e.files.set('log/tile/1/000.p/1', e.files.get(tile)!.slice(0, 32)));
  bad('log', 'a bundle that goes on', (e) => e.files.set(bundle, joined(e.files.get(bundle)!, Uint8Array.of(0))));
  bad('log', 'a bundle that is missing', (e) => e.remove(bundle));
  bad('log', 'a leaf of no type', (e) => e.leaf(first, (leaf) => leaf.replace('gavah/0 event', 'gavah/0 rumour')));
  bad('log', 'an id in capitals', (e) => e.leaf(0, (leaf) => leaf.replace(/^id .*$/m, (line) => `id ${line.slice(3).toUpperCase()}`)));
  bad('log', 'a day that is none', (e) => e.leaf(0, (leaf) => leaf.replace('2031-06-01', '2031-02-30')));
  bad('log', 'roles out of order', (e) => e.append('merge', `into ${first} from ${second}`));
  bad('log', 'references out of order', (e) => e.append('withdraw', `entry ${second},${first}`));
  bad('log', 'a rule that binds nothing', (e) => e.append('rule'));
  bad('log', 'an event with an object', (e) => e.append('event', '', `object ${'0'.repeat(64)}\n`));
  bad('log', 'a key that is left out', (e) => e.append('key', '', `bind ${'2'.repeat(64)}\n`));
  bad('log', 'a bound file that is another', (e) => e.append('heartbeat', '', `bind ${'1'.repeat(64)}\n`).put(`bound/${'1'.repeat(64)}`, 'x'));
}

function head_vectors(): void {
  bad('head', 'another history at a remembered size', () => undefined, { signed: false, pin: `${pin}head 5 ${'0'.repeat(64)}\n` });
  bad('head', 'a log that was longer once', () => undefined, { signed: false, pin: `${pin}head 1000 ${'0'.repeat(64)}\n` });
  bad('head', 'an edition before this one, which it does not name', () => undefined, { signed: false, previous: 'good' });
  bad('head', 'another edition before than the named one', () => undefined, { signed: false, base: 'next', previous: 'next' });
}

function register_vectors(): void {
  const refused: [string, (e: Case) => unknown][] = [
    ['a leaf that cites a later one', (e) => e.append('amend', `entry ${e.leaves.length + 3}`)],
    ['a leaf with a slot too few', (e) => e.leaf(first, (leaf) => leaf.replace(/c .*\n$/, ''))],
    ['a role that the type does not have', (e) => e.append('amend', `target ${first}`)],
    ['a withhold leaf that cites nothing', (e) => e.append('withhold')],
    ['an act on what is no entry', (e) => e.append('amend', `entry ${capture}`)],
    ['an act on a dead entry', (e) => e.append('withdraw', `entry ${first}`).append('amend', `entry ${first}`)],
    ['an event merged into a victim', (e) => e.append('merge', `from ${first} into ${victim}`)],
    ['an entry merged into itself', (e) => e.append('merge', `from ${first} into ${first}`)],
    ['a victim split', (e) => e.append('split', `entry ${victim}`)],
    ['a split without children', (e) => e.append('split', `entry ${first}`)],
    ['a child of what was not split', (e) => e.append('event', `parent ${first}`)],
    ['withheld twice', (e) => e.append('withhold', `entry ${first}`).append('withhold', `entry ${first}`)],
    ['lifted without being withheld', (e) => e.append('withhold', `lift ${first}`)],
    ['one event distinct from nothing', (e) => e.append('distinct', `entry ${first}`)],
    ['a set and a cell at once', (e) => e.append('distinct', `entry ${first},${second} through ${first}`)],
    ['a victim distinct from an event', (e) => e.append('distinct', `entry ${first},${victim}`)],
    ['a rule redacted', (e) => e.append('redact', 'target 5')],
    ['parts destroyed of what is no capture', (e) => e.append('redact', `within ${first}`)],
    ['parts destroyed of a capture that is redacted', (e) => e.append('redact', `target ${capture}`).append('redact', `within ${capture}`)],
    ['a redaction of nothing', (e) => e.append('redact')],
    ['a disposition of what is no capture', (e) => e.append('dispose', `capture ${first}`)],
    ['a rule that replaces none', (e) => e.append('rule', `replaces ${first}`, `bind ${'0'.repeat(64)}\n`)],
    ['an edition that is not the next of its chain', (e) => e.append('edition', '', `bind ${'0'.repeat(64)}\n`).append('edition', '', `bind ${'1'.repeat(64)}\n`)],
  ];
  for (const [name, spoil] of refused) bad('register', name, spoil);
}

function opening_vectors(): void {
  bad('opening', 'another value for a slot', (e) => e.replace('records.jsonl', '"2..3"', '"2..9"'));
  bad('opening', "a slot's path changed", (e) => e.replace('records.jsonl', '[1,"act/name"', '[1,"act/nome"'));
  bad('opening', 'another key', (e) => e.replace('records.jsonl', /("act\/name","[a-z]+",")[0-9a-f]{64}/, `"act/name","killing","${'0'.repeat(64)}`));
  bad('opening', 'nothing for an empty text', (e) => e.commit(shots, 'status/method', '').replace('records.jsonl', '"status/method",""', '"status/method",null'));
  const spelled: [string, string, string][] = [
    ['a number with a zero before it', 'lineages', '02'], ['an interval the wrong way round', 'count/killed/interval', '3..2'],
    ['a month that is none', 'time/month', '2031-13'], ['a year of five digits', 'time/year', '12031'], ['JSON with a space', 'place/all', '[ ]'],
    ['a list without a root', 'evidence', '1 00'], ['a word of no letters', 'act/name', ''], ['a number beyond 64 bits', 'lineages', '9223372036854775808'],
  ];
  for (const [name, slot, value] of spelled) bad('opening', name, (e) => e.commit(shots, slot, value));
}

function record_vectors(): void {
  const file = 'records.jsonl';
  bad('record', 'an entry of another type', (e) => e.replace(file, '{"type":"event"', '{"type":"victim"'));
  bad('record', 'the records are gone', (e) => e.put(file, ''));
  bad('record', 'an entry without its record', (e) => e.lines(file, (lines) => lines.splice(lines.findIndex((line) => line.startsWith('{"type":"event"')), 1)));
  bad('record', 'a record twice', (e) => e.lines(file, (lines) => lines.splice(1, 0, lines[0]!)));
  bad('record', 'records that do not ascend', (e) => e.lines(file, (lines) => lines.reverse()));
  bad('record', 'a record of no leaf', (e) => e.lines(file, (lines) => lines.push('{"type":"event","entry":900,"leaf":900,"slots":[]}')));
  bad('record', 'a slot opened twice', (e) => e.replace(file, /\[0,"act\/family"[^\]]*\],/, `${/\[0,"act\/family"[^\]]*\],/.exec(e.text(file))![0].repeat(2)}`));
  bad('record', 'a line that is cut', (e) => e.put(file, e.text(file).slice(0, -1)));
  bad('record', 'an entry by the leaf that was restated', (e) => {
    const amended = JSON.parse(e.text(file).split('\n').find((line) => /^\{"type":"event","entry":(\d+),"leaf":(?!\1,)/.test(line))!) as { entry: number };
    e.lines(file, (lines) => {
      const at = lines.findIndex((line) => line.includes(`"entry":${amended.entry},"leaf":`));
      lines[at] = `{"type":"event","entry":${amended.entry},"leaf":${amended.entry},"slots":[]}`;
    });
  }, { base: 'next' });
  bad('record', 'a day outside of its month', (e) => e.commit(first, 'time/day', '2031-06-04'));
  bad('record', 'a lower bound that the interval does not have', (e) => e.commit(shots, 'count/killed/low', '1'));
  bad('record', 'a lower bound above the upper', (e) => e.commit(shots, 'count/killed/low', '9').commit(shots, 'count/killed/high', '3').close(shots, 'count/killed/interval'));
  bad('record', 'a bound where nothing is stated', (e) => e.commit(shots, 'count/killed/interval', null));
  bad('record', 'part of what is no umbrella', (e) => e.commit(first, 'umbrella', String(shots)));
  bad('record', 'part of a victim', (e) => e.commit(first, 'umbrella', String(victim)));
  bad('record', 'a victim of another town than its event', (e) => e.commit(victim, 'place/town', 'ZZ-01-a'));
  bad('record', 'a victim of another month than its day', (e) => e.commit(victim, 'time/month', '2031-06'));
  bad('record', 'a victim of what is no event', (e) => e.commit(victim, 'victim/events', `[${capture}]`));
  bad('record', 'one town in two countries', (e) => e.commit(first, 'place/country', 'YY').close(first, 'place/province'));
  bad('record', 'what was redacted', (e) => e.append('redact', `target ${distinct}`));
  bad('record', 'one town in two provinces', (e) => e.commit(first, 'place/town', 'ZZ-02-c'));
}

function status_vectors(): void {
  bad('status', 'verified without a decision', (e) => e.lines('records.jsonl', (lines) => lines.splice(lines.findIndex((line) => line.startsWith('{"type":"decision"')), 1)));
  bad('status', 'corroborated by one lineage', (e) => e.commit(first, 'status', 'corroborated'));
  bad('status', 'verified without a method', (e) => e.commit(shots, 'status/method', null));
  bad('status', 'verified by a decision of another verb', (e) => e.commit(entries('decision')[0]!, 'verb', 'correct'));
  bad('status', 'verified by what is no decision', (e) => e.commit(shots, 'status/decision', String(capture)));
}

function rule_vectors(): void {
  const name = 'rules/events.json';
  bad('rule', 'a rule changed in silence', (e) => e.replace(name, '"where":[]', '"where":[{"slot":"side","in":["protest"]}]'));
  bad('rule', 'a rule left out', (e) => e.remove('rules/umbrellas.json'));
  bad('rule', 'a rule too many', (e) => e.put('rules/other.json', e.text(name)));
  bad('rule', 'a rule in force that is not counted by', (e) => e.append('rule', '', `bind ${'0'.repeat(64)}\n`));
  const bound = (find: string, put: string) => (e: Case): unknown => {
    const digest = hex_of(sha256(bytes_of(e.text(name).replace(find, put))));
    const old = hex_of(sha256(e.files.get(name)!));
    const leaf = e.leaves.findIndex((text) => text.includes(`bind ${old}`));
    return e.replace(name, find, put).leaf(leaf, (text) => text.replace(old, digest)).replace('edition.json', old, digest);
  };
  bad('rule', 'a rule over no slot', bound('"where":[]', '"where":[{"slot":"made-by","in":["person"]}]'));
  bad('rule', 'values that do not ascend', bound('"where":[]', '"where":[{"slot":"side","in":["state","protest"]}]'));
  bad('rule', 'a window that ends before it begins', bound('"window":null', '"window":{"from":"2031-05-02","to":"2031-05-01"}'));
  bad('rule', 'four levels of cells', bound('"cells":[]', '"cells":["act/name","side","extent","status"]'));
  bad('rule', 'a sum of what is not counted', bound('{"count":"entries"}', '{"sum":"hurt"}'));
  bad('rule', 'victims by the side of an act', bound('"unit":"events","umbrellas":"excluded","where":[]', '"unit":"victims","umbrellas":"excluded","where":[{"slot":"side","in":["state"]}]'));
}

function total_vectors(): void {
  bad('total', 'a total that its members do not give', (e) => e.replace('totals.json', '"low":4,', '"low":5,'));
  bad('total', 'a cell that its members do not give', (e) => e.replace('totals.json', /"cell":\["ZZ-01"\],"low":\d+/, '"cell":["ZZ-01"],"low":9'));
  bad('total', 'an upper end that its members do not give', (e) => e.replace('totals.json', /"high":4,/, '"high":3,'));
  bad('total', 'a victim outside of the window counted', (e) => e.replace('totals.json', /("rule":"victims-killed-in-may".*?"all":\{"cell":\[\],"low":)1/, '"rule":"victims-killed-in-may","all":0'), { base: 'next' });
  bad('total', 'totals in another order', (e) => {
    const { totals } = JSON.parse(e.text('totals.json')) as { totals: unknown[] };
    return e.put('totals.json', `${JSON.stringify({ type: 'totals', totals: totals.reverse() })}\n`);
  });
  bad('total', 'a total that no rule gives', (e) => {
    const { totals } = JSON.parse(e.text('totals.json')) as { totals: unknown[] };
    return e.put('totals.json', `${JSON.stringify({ type: 'totals', totals: [...totals, totals[0]] })}\n`);
  });
  bad('total', 'a negative bound that hides others', (e) => e.commit(shots, 'count/killed/interval', '-5..-5').commit(shots, 'count/killed/low', '-5').commit(shots, 'count/killed/high', '-5').replace('totals.json', /("rule":"killed-in-events".*?"all":\{"cell":\[\],"low":)\d+,"high":\d+/, '"rule":"killed-in-events","all":0'));
}

function accounting_vectors(): void {
  bad('accounting', 'numbers that the log does not give', (e) => e.replace('edition.json', /"created":(\d+),"split_off":0,"disclosed":(\d+),"withheld":0/, '"created":7,"split_off":0,"disclosed":6,"withheld":1'));
  bad('accounting', 'an identity that does not hold', (e) => e.replace('edition.json', '"merged":0', '"merged":1'));
}

function duplicate_vectors(): void {
  bad('duplicate', 'two entries that nothing tells apart', (e) => e.leaf(distinct, (leaf) => leaf.replace(/^refs .*$/m, `refs entry ${first},${shots}`)));
  bad('duplicate', 'a coarse day hides nothing', (e) => e.leaf(distinct, (leaf) => leaf.replace(/^refs .*$/m, `refs entry ${first},${shots}`)).close(plain[plain.length - 2]!, 'time/day'));
  bad('duplicate', 'nobody says who found two entries distinct', (e) => e.close(distinct, 'made-by'));
  bad('duplicate', 'a cell of which a slot is closed', (e) => e.leaf(distinct, (leaf) => leaf.replace(/^refs .*$/m, `refs through ${distinct - 1}`)).close(distinct, 'place/town'));
}

function disposition_vectors(): void {
  const file = 'dispositions.jsonl';
  bad('disposition', 'the dispositions are gone', (e) => e.put(file, ''));
  bad('disposition', 'another status for a part', (e) => e.replace(file, '"status":"linked"', '"status":"hollow"'));
  bad('disposition', 'lines that do not ascend', (e) => e.lines(file, (lines) => lines.reverse()));
  bad('disposition', 'a disposition that is not the latest', (e) => e.append('dispose', `capture ${capture}`));
  bad('disposition', 'another number of parts than the list has', (e) => { e.commit_list(capture, 'parts', ['{}', '{}']); });
  bad('disposition', 'a capture that does not open its number of parts', (e) => e.close(capture, 'part-count'));
  const restated = (change: (records: string[]) => string[]) => (e: Case): unknown => {
    const line = JSON.parse(e.line_of(file, `"leaf":${dispose},`)) as { records: [unknown, string][] };
    const salted = e.commit_list(dispose, 'statuses', change(line.records.map(([record]) => JSON.stringify(record))));
    const made = `{"type":"disposition","capture":${capture},"leaf":${dispose},"records":[${salted.map(([record, salt]) => `[${record},"${salt}"]`).join(',')}]}`;
    return e.lines(file, (lines) => { lines[0] = made; });
  };
  bad('disposition', 'a part with two statuses', restated((records) => [records[0]!, ...records.slice(0, -1)]));
  bad('disposition', 'a part that the capture does not have', restated((records) => [...records.slice(0, -1), records[records.length - 1]!.replace(/"part":\d+/, '"part":99')]));
  bad('disposition', 'a status of no list', restated((records) => records.map((record) => record.replace('backlog', 'lost'))));
  bad('disposition', 'parts were destroyed, and none is called so', (e) => e.append('redact', `within ${capture}`));
  bad('disposition', 'a part called destroyed that nothing destroyed', restated((records) => records.map((record) => record.replace('backlog', 'destroyed'))));
  bad('evidence', 'a part that was destroyed, opened after all', (e) => {
    e.append('redact', `within ${capture}`);
    return restated((records) => records.map((record) => record.replace('linked', 'destroyed')))(e);
  });
  bad('disposition', 'evidence in a part that is not linked', restated((records) => records.map((record) => record.replace('linked', 'no act found'))));
}

function evidence_vectors(): void {
  const claims = 'claims.jsonl';
  bad('evidence', 'another passage', (e) => e.replace(claims, 'Two people were shot', 'Ten people were shot'));
  bad('evidence', 'another lineage', (e) => e.replace(claims, '"lineage":0', '"lineage":7'));
  bad('evidence', 'a claim without its evidence', (e) => e.lines(claims, (lines) => lines.splice(0, 1)));
  bad('evidence', 'lines that do not ascend', (e) => e.lines(claims, (lines) => lines.reverse()));
  bad('evidence', 'a list that no record opens', (e) => e.close(first, 'claims'));
  bad('evidence', 'bytes that no capture has', (e) => e.put(`evidence/${hex_of(sha256(bytes_of('planted')))}`, 'planted'));
  bad('evidence', 'a part opened twice', (e) => e.lines('parts.jsonl', (lines) => lines.splice(0, 0, lines[0]!)));
  bad('evidence', 'more reports than claims', (e) => e.commit(first, 'reports', '9'));
  bad('evidence', 'lists of one entry that differ in length', (e) => {
    e.lines(claims, (lines) => lines.splice(lines.findIndex((line) => line.includes(`"entry":${first},`) && line.includes('"slot":"origins"')), 1));
    e.commit_list(first, 'origins', ['null', 'null']);
  });
  bad('evidence', 'more lineages than there are', (e) => e.commit(first, 'lineages', '9'));
  const restated = (change: (record: string) => string) => (e: Case): unknown => {
    const old = e.line_of(claims, `"entry":${first},"leaf":${first},"slot":"evidence","index":0`);
    const record = /"record":(.*),"salt":/.exec(old)![1]!;
    const [[made, salt]] = e.commit_list(first, 'evidence', [change(record)]) as [[string, string]];
    return e.replace(claims, old, `{"type":"opened","entry":${first},"leaf":${first},"slot":"evidence","index":0,"record":${made},"salt":"${salt}","proof":[]}`);
  };
  bad('evidence', 'an anchor in another capture than its leaf', restated((record) => record.replace(/"leaf":\d+/, `"leaf":${capture + 1}`)));
  bad('evidence', 'an anchor by half', restated((record) => record.replace(/"leaf":\d+/, '"leaf":null')));
  bad('evidence', 'a polarity of no list', restated((record) => record.replace('asserted', 'whispered')));
  bad('evidence', 'a passage that is longer than its anchor', restated((record) => record.replace(/"bytes":\[(\d+),(\d+)\]/, '"bytes":[0,1]')));
}

/** Parts in another place than their lines give them. */
function pack_vectors(): void {
  const pack = 'evidence/pack/0';
  const sizes = (e: Case): number[] => [...e.text('parts.jsonl').matchAll(/"size":(\d+)\}/g)].map((found) => Number(found[1]));
  const bytes_in = (e: Case): Uint8Array => e.files.get(pack)!;
  bad('evidence', 'other bytes for a part', (e) => e.put(pack, e.text(pack).replace('Two people', 'Ten people')));
  bad('evidence', 'a pack that goes on behind its last part', (e) => e.put(pack, `${e.text(pack)}!`));
  bad('evidence', 'two parts of a pack that changed places', (e) => {
    const [one, two] = sizes(e) as [number, number];
    const bytes = bytes_in(e);
    e.files.set(pack, joined(bytes.subarray(one, one + two), bytes.subarray(0, one), bytes.subarray(one + two)));
  });
  bad('evidence', 'a small part that lies alone', (e) => {
    const begin = bytes_in(e).length - sizes(e).at(-1)!;
    const part = bytes_in(e).subarray(begin);
    e.files.set(pack, bytes_in(e).subarray(0, begin));
    e.files.set(`evidence/${hex_of(sha256(part))}`, part);
  });
  bad('evidence', 'a part in a pack and alone', (e) => {
    const part = bytes_in(e).subarray(0, sizes(e)[0]);
    e.files.set(`evidence/${hex_of(sha256(part))}`, part);
  });
  bad('evidence', 'a pack that is missing', (e) => e.remove(pack));
  bad('evidence', 'a pack of another name', (e) => { e.put('evidence/pack/00', e.text(pack)).remove(pack); });
  bad('evidence', 'a second pack that no part needs', (e) => e.put('evidence/pack/1', ''));
  bad('evidence', 'a pack that ends before it is full', (e) => {
    const [one] = sizes(e) as [number];
    e.files.set('evidence/pack/1', bytes_in(e).subarray(one));
    e.files.set(pack, bytes_in(e).subarray(0, one));
  });
  bad('evidence', 'lines of parts in another order', (e) => e.lines('parts.jsonl', (lines) => lines.reverse()));
  bad('evidence', 'one SHA-256 with two lengths', (e) => {
    const [one, two] = sizes(e) as [number, number];
    e.commit_parts(capture, (records) => { records[1] = records[0]!.replace('"part":0', '"part":1').replace(/"size":\d+/, `"size":${one + 1}`); });
    e.files.set(pack, joined(bytes_in(e).subarray(0, one), bytes_in(e).subarray(one + two)));
    const rests = new RegExp(`"entry":(\\d+),[^{]*"record":\\{"leaf":${capture},"anchor":\\{"capture":"[0-9a-f]*","part":1,`);
    const resting = rests.exec(e.text('claims.jsonl'))![1]!; // whose passages would fail for themselves
    e.lines('claims.jsonl', (lines) => lines.splice(0, lines.length, ...lines.filter((line) => !line.includes(`"entry":${resting},`))));
  });
}

function change_vectors(): void {
  const file = 'changes.jsonl';
  const base = 'next';
  bad('change', 'a first edition of another number', (e) => e.replace('edition.json', '"number":1', '"number":2'));
  bad('change', 'changes of a first edition', (e) => e.put(file, `{"type":"change","rule":"events","entry":${first},"from":"out","to":"in  1..1","cause":"leaf","leaf":${first}}\n`));
  bad('change', 'a change that is not stated', (e) => e.lines(file, (lines) => lines.splice(lines.findIndex((line) => line.includes('"rule":"events",')), 1)), { base, previous: 'good' });
  bad('change', 'a number that the changes do not give', (e) => e.lines(file, (lines) => lines.splice(lines.findIndex((line) => line.includes('"rule":"events",') && line.includes('"from":"out"')), 1)), { base });
  bad('change', 'a cause that did not change it', (e) => e.replace(file, '"cause":"leaf"', '"cause":"rule"'), { base });
  bad('change', 'a change to what is not so', (e) => e.replace(file, /"to":"in [^"]*"/, '"to":"in  7..7"'), { base });
  bad('change', 'changes in another order', (e) => e.lines(file, (lines) => lines.reverse()), { base });
  bad('change', 'the past of another edition', (e) => e.replace('edition.json', /"previous":\{"manifest":"[0-9a-f]{64}"/, `"previous":{"manifest":"${'0'.repeat(64)}"`), { base });
  bad('change', 'a past that is denied', (e) => e.replace('edition.json', /"previous":\{.*?\]\}/, '"previous":null').replace('edition.json', '"number":2', '"number":1').put(file, ''), { base });
  const previous = 'good';
  const said = (find: RegExp, put: (...found: string[]) => string) => (e: Case): unknown => e.put('edition.json', e.text('edition.json').replace(find, put));
  bad('change', 'a number that the log does not give', said(/^(.*?"number":)2(.*"number":)1/, (_, a, b) => `${a}3${b}2`), { base });
  bad('change', 'a past that is shorter than it was', said(/("previous":.*?"size":)(\d+)/, (_, a, size) => `${a}${Number(size) - 1}`), { base, previous });
  bad('change', 'a past behind its own leaf', said(/("previous":.*?"size":)(\d+)/, (_, a, size) => `${a}${Number(size) + 1}`), { base });
  bad('change', 'a number of the past left out', said(/("totals":\[)\{[^}]*\},/, (_, a) => a!), { base });
  bad('change', 'another number of the past', said(/("totals":\[\{[^}]*"high":)\d+/, (_, a) => `${a}null`), { base, previous });
  bad('change', 'a total that vanished', (e) => e.replace('edition.json', '"totals":[{"rule":"arrested-in-events"', '"totals":[{"rule":"arrested-in-evenings"'), { base });
}

function policy_vectors(): void {
  const policy = 'policy.json';
  const stated = (find: string | RegExp, put: string) => (e: Case): unknown => {
    const old = hex_of(sha256(e.files.get(policy)!));
    return e.replace(policy, find, put).replace('edition.json', old, hex_of(sha256(e.files.get(policy)!)));
  };
  bad('policy', 'a slot opened that the policy withholds', stated('"side",', ''));
  bad('policy', 'a policy in another spelling', stated('"passages":"all"', '"passages": "all"'));
  bad('policy', 'claims under a policy that opens none', stated('"passages":"all"', '"passages":"none"'));
  bad('policy', 'a claim that names a person', stated('"passages":"all"', '"passages":"without persons"'));
  bad('policy', 'origins under a policy that opens none', stated('"origins":"opened"', '"origins":"withheld"'));
  bad('policy', 'bytes under a policy that opens none', stated('"evidence":"cited"', '"evidence":"none"'));
  bad('policy', 'a victim under a policy that discloses none', stated('"victims":"opened"', '"victims":"withheld"'));
  bad('policy', 'victims in too small a batch', stated(/"batch":\d+/, '"batch":9'));
  bad('policy', 'origins in too small a batch', stated(/"batch":\d+/, '"batch":99'), { base: 'next', previous: 'good' });
  bad('policy', 'attributes of too few', stated(/"min_cell":\d+/, '"min_cell":9'));
}

for (const part of [manifest_vectors, file_vectors, checkpoint_vectors, log_vectors, head_vectors, register_vectors, record_vectors, opening_vectors, status_vectors, rule_vectors, total_vectors, accounting_vectors, duplicate_vectors, disposition_vectors, evidence_vectors, pack_vectors, change_vectors, policy_vectors]) part();
bad('time', 'a stranger among the proofs of time', (e) => e.put('tokens/note.txt', 'x'));
fs.writeFileSync(path.join(vectors, 'bad.jsonl'), out.join(''));

// Excerpts: what is found is replaced, the first of each, in order; a line that is signed anew is put in whole.
const excerpts = excerpt_vectors({ entry: read('entry.excerpt'), total: read('total.excerpt') }, keys);
fs.writeFileSync(path.join(vectors, 'bad-excerpts.jsonl'), excerpts.join(''));
console.log(`${excerpts.length} bad excerpts`);

// An edition that others vouch for, with its own pin, and what readers bring to it.
const reader = reader_vectors(bases.good, keys, pin, read('authority.key'));
const witnessed = path.join(vectors, 'witnessed');
fs.rmSync(witnessed, { recursive: true, force: true });
for (const [name, bytes] of reader.edition.files) {
  fs.mkdirSync(path.dirname(path.join(witnessed, name)), { recursive: true });
  fs.writeFileSync(path.join(witnessed, name), bytes);
}
fs.writeFileSync(`${witnessed}.pin`, reader.edition.pin);
fs.writeFileSync(path.join(vectors, 'reader.jsonl'), reader.lines.join(''));
console.log(`${reader.lines.length} vectors of what readers bring`);
console.log(`${out.length} bad vectors`);
