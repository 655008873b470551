// What readers bring to an edition that others vouch for, and what must come of it: spec/vectors/witnessed and reader.jsonl.
import { bytes_of, hex_of, joined, text_of, to_base64 } from '../src/bytes';
import { sha256 } from '../src/digest';
import {
  append, attestation, attribute_of, bitcoin, constraints, curve_key, der, digest, ess_v1, hash_oid, integer, issue, kBitcoin,
  kContentType, key_usage, kForStamping, kHash256, kMessageDigest, kStamping, mined, nothing, octets, oid, ots, ots_number, pending,
  purposes, seq, token, type Extension, type Issued, type TokenWish,
} from './authority';
import type { Keys } from './case';
import { edits_between, type Files } from './edits';
import { sign_edition } from './sign';
import {
  cosigned, folder_of, head_note, kNextLog, kNow, kStampedAt, kStranger, kWitnesses, make_witnessed, put_certificate, put_proof, request,
  seconds, text_in, tree_of, type Wish, type Witnessed,
} from './witnessed';

/** What a reader brings besides pin and edition. */
export interface Brings {
  pin?: string;
  now?: number | null;
  max_age_days?: number;
  remembered?: string;
  cosigned?: string;
}

export interface ReaderVectors {
  edition: Witnessed;
  lines: string[];
}

class Maker {
  readonly lines: string[] = [];
  readonly good: Witnessed;
  constructor(readonly base: Files, readonly keys: Keys, readonly pin: string, readonly pem: string) {
    this.good = make_witnessed(base, keys, pin, pem);
  }

  /** A line: how to spoil the edition, what the reader brings, and what must come of it. */
  line(name: string, outcome: string, fails: string, made: Files, brings: Brings = {}): void {
    const all = edits_between(this.good.files, made);
    const plain = new Map(made);
    for (const file of ['edition.json', 'files.jsonl']) plain.set(file, this.good.files.get(file)!);
    const again = new Map(plain);
    sign_edition(again, this.keys.release);
    const signed = ['edition.json', 'files.jsonl'].every((file) => text_of(again.get(file)!) === text_of(made.get(file)!)) && all.length > 0;
    const edits = signed ? edits_between(this.good.files, plain) : all;
    const { pin, now = kNow, ...rest } = brings;
    this.lines.push(`${JSON.stringify({ name, base: 'witnessed', ...(pin === undefined ? {} : { pin }), edits, signed, ...(now === null ? {} : { now }), ...rest, outcome, fails })}\n`);
  }

  with(change: (files: Files) => void): Files {
    const files = new Map(this.good.files);
    change(files);
    sign_edition(files, this.keys.release);
    return files;
  }

  /** A line for the edition made anew with something wrong in it, under a pin that fits it otherwise. */
  made(name: string, outcome: string, fails: string, wish: Wish, pin: (text: string) => string = (text) => text): void {
    const made = make_witnessed(this.base, this.keys, this.pin, this.pem, wish);
    this.line(name, outcome, fails, made.files, { pin: pin(made.pin) });
  }

  /** In place of all proofs over the first stamped head, one token. */
  token(wish: Partial<TokenWish>, more: Issued[] = []): Files {
    const [note] = this.good.notes;
    return this.proof(token({ over: note, at: kStampedAt, signer: this.good.authority.signer, ...wish }), 'tst', more);
  }

  proof(bytes: Uint8Array, kind: 'tst' | 'ots', more: Issued[] = []): Files {
    const [note] = this.good.notes;
    return this.with((files) => {
      for (const path of [...files.keys()]) if (path.startsWith(`${folder_of(note)}/`) && !path.endsWith('/checkpoint')) files.delete(path);
      put_proof(files, note, bytes, kind);
      for (const each of more) put_certificate(files, each.der);
    });
  }

  /** A signer below the root with another certificate. */
  signer(wish: { extensions?: Extension[]; from?: string; until?: string; serial?: number }): Issued {
    const { root, root_key, signer } = this.good.authority;
    return issue({ name: 'Example Other Signer', key: signer.key, issuer: { name: root.name, key: root_key }, serial: 9, ...wish });
  }
}

function time_lines(m: Maker): void {
  const { signer, root, root_key } = m.good.authority;
  const [note, own] = m.good.notes;
  const good = token({ over: note, at: kStampedAt, signer });
  const failing = (name: string, wish: Partial<TokenWish>): void => m.line(name, 'failed', 'time', m.token(wish));
  failing('a token dated back to before the lower end of time', { at: '2031-07-01T12:00:00Z' });
  failing('a token over other bytes', { imprint: { hash: 'sha256', digest: sha256(bytes_of('other')) } });
  failing('an imprint by SHA-1', { imprint: { hash: 'sha1', digest: digest('sha1', note) } });
  failing('a TSTInfo of version 2', { version: 2 });
  failing('an accuracy above a day', { rest: [seq(integer(86_401))] });
  failing('a time without seconds', { time: der(0x18, bytes_of('203107031200Z')) });
  failing('a time that is not in UTC', { time: der(0x18, bytes_of('20310703120000+0100')) });
  failing('an ESSCertID that names another certificate', { ess: root.der });
  failing('no ESSCertID', { ess: null });
  failing('no certificate of the signer', { certificates: [] });
  failing('a digest by SHA-1', { digest_algorithm: seq(hash_oid('sha1'), nothing), listed: [seq(hash_oid('sha256'), nothing)] });
  failing('a digest that the token does not list', { listed: [seq(hash_oid('sha512'), nothing)] });
  failing('an algorithm of another kind of key', { algorithm: seq(oid('1.2.840.113549.1.1.11'), nothing) });
  failing('an algorithm with another digest', { algorithm: seq(oid('1.2.840.10045.4.3.3')) });
  failing('two signers', { signers: (one) => [one, one] });
  failing('no signer', { signers: () => [] });
  failing('no signed attributes', { attributes: () => [] });
  failing('what is signed is said to be data', { attributes: (usual) => [attribute_of(kContentType, oid('1.2.840.113549.1.7.1')), ...usual.slice(1)] });
  failing('no digest among the attributes', { attributes: (usual) => [usual[0]!, usual[2]!] });
  failing('an attribute twice', { attributes: (usual) => [...usual, usual[0]!] });
  failing('another digest among the attributes', { attributes: (usual) => [usual[0]!, attribute_of(kMessageDigest, octets(sha256(note))), usual[2]!] });
  m.line('a signature of another key', 'failed', 'time', m.token({ signer: { ...signer, key: root_key }, certificates: [signer], ess: signer.der, algorithm: seq(oid('1.2.840.10045.4.3.2')) }));
  const signers: [string, Parameters<Maker['signer']>[0]][] = [
    ['two purposes', { extensions: [constraints(false), key_usage(0), purposes(true, kStamping, '1.3.6.1.5.5.7.3.4')] }],
    ['a purpose that is not critical', { extensions: [constraints(false), key_usage(0), purposes(false, kStamping)] }],
    ['no purpose at all', { extensions: [constraints(false), key_usage(0)] }],
    ['a key for certificates', { extensions: [constraints(false), key_usage(0, 5), purposes(true, kStamping)] }],
    ['a critical extension that nobody knows', { extensions: [...kForStamping, { name: '1.3.6.1.4.1.99999.2', is_critical: true, value: nothing }] }],
    ['a certificate that had expired', { until: '2031-07-03T12:00:00Z' }],
    ['a certificate that was not valid yet', { from: '2031-07-03T12:00:01Z' }],
  ];
  for (const [name, wish] of signers) failing(`a signer with ${name}`, { signer: m.signer(wish) });
  failing('an impostor with the signer\'s issuer and serial', { certificates: [m.signer({ serial: 3 })] });
  m.line('a token with something behind it', 'failed', 'time', m.proof(joined(good, Uint8Array.of(0)), 'tst'));
  m.line('a token that is cut', 'failed', 'time', m.proof(good.subarray(0, -1), 'tst'));
  m.line('a length that is longer than it need be', 'failed', 'time', m.proof(joined(Uint8Array.of(0x30, 0x83, 0), good.subarray(2)), 'tst'));
  m.line('a length that is open', 'failed', 'time', m.proof(joined(Uint8Array.of(0x30, 0x80), good.subarray(4), Uint8Array.of(0, 0)), 'tst'));
  m.line('a signature altered', 'failed', 'time', m.proof(good.map((byte, i) => (i === good.length - 3 ? byte ^ 1 : byte)), 'tst'));
  // What holds, and what of it is told.
  const told = (name: string, files: Files, brings: Brings = {}): void => m.line(name, 'witnessed', '', files, brings);
  told('an impostor beside the signer', m.token({ certificates: [m.signer({ serial: 3 }), signer] }));
  told('an ESSCertID by SHA-1 beside', m.token({ attributes: (usual) => [...usual, ess_v1(signer.der)] }));
  told('an ESSCertID by SHA-1 alone', m.token({ ess: null, attributes: (usual) => [...usual, ess_v1(signer.der)] }));
  told('a fraction and an accuracy of a part of a second', m.token({ time: der(0x18, bytes_of('20310703120000.25Z')), rest: [seq(der(0x80, Uint8Array.of(100)))] }));
  told('a certificate valid from that second on', m.token({ signer: m.signer({ from: kStampedAt, until: '2031-07-03T12:00:01Z' }) }));
  const stranger = issue({ name: 'Strange Root', key: curve_key('stranger'), serial: 1, extensions: kForStamping });
  told('an authority that the pin does not name', m.token({ signer: stranger }));
  chain_lines(m, told);
  ots_lines(m);
  head_lines(m, own);
}

/** Chains that do not lead to what the pin names: the token holds, nobody vouches for it. */
function chain_lines(m: Maker, told: (name: string, files: Files) => void): void {
  const { root, root_key } = m.good.authority;
  const below = { name: root.name, key: root_key };
  const chains: [string, { extensions?: Extension[]; until?: string }][] = [
    ['that is no authority', { extensions: [constraints(false), key_usage(5)] }],
    ['whose key is not for certificates', { extensions: [constraints(true), key_usage(0)] }],
    ['with a demand that nobody knows', { extensions: [constraints(true), key_usage(5), { name: '2.5.29.30', is_critical: true, value: seq() }] }],
    ['that had expired', { until: '2031-07-01T00:00:00Z' }],
  ];
  const key = curve_key('another middle');
  for (const [name, wish] of chains) {
    const middle = issue({ name: 'Another Middle', key, issuer: below, serial: 20, extensions: [constraints(true), key_usage(5)], ...wish });
    const signer = issue({ name: 'Its Signer', key: curve_key('its signer'), issuer: { name: middle.name, key }, serial: 21 });
    told(`a chain through a certificate ${name}`, m.token({ signer }, [middle]));
  }
  const upper = issue({ name: 'Upper', key, issuer: below, serial: 30, extensions: [constraints(true, 0), key_usage(5)] });
  const lower_key = curve_key('lower');
  const lower = issue({ name: 'Lower', key: lower_key, issuer: { name: upper.name, key }, serial: 31, extensions: [constraints(true), key_usage(5)] });
  const signer = issue({ name: 'Lowest', key: curve_key('lowest'), issuer: { name: lower.name, key: lower_key }, serial: 32 });
  told('a chain longer than an authority allows', m.token({ signer }, [upper, lower]));
}

function ots_lines(m: Maker): void {
  const [note] = m.good.notes;
  const failing = (name: string, bytes: Uint8Array): void => m.line(name, 'failed', 'time', m.proof(bytes, 'ots'));
  failing('an OpenTimestamps proof over other bytes', ots(bytes_of('other'), pending('https://calendar.example')));
  failing('a proof with something behind it', joined(ots(note, pending('https://calendar.example')), Uint8Array.of(0)));
  failing('a proof of another version', ots(note, pending('a')).map((byte, i) => (i === 31 ? 2 : byte)));
  failing('an operation that nobody knows', ots(note, Uint8Array.of(0xf7), pending('a')));
  failing('an operation that adds nothing', ots(note, Uint8Array.of(0xf0, 0), pending('a')));
  failing('257 operations on a path', ots(note, new Uint8Array(257).fill(8), pending('a')));
  failing('a message beyond 4,096 bytes', ots(note, append(new Uint8Array(4090)), pending('a')));
  failing('a number of more than 63 bits', ots(note, attestation(kBitcoin, new Uint8Array(10).fill(0x80))));
  failing("a calendar's address with a space", ots(note, pending('a b')));
  failing('another root than that of the block', ots(note, append(bytes_of('x')), kHash256, bitcoin(1_234_567)));
  failing('an attestation that goes on', ots(note, attestation(kBitcoin, joined(ots_number(5), Uint8Array.of(0)))));
  m.line('256 operations of every kind', 'witnessed', '', m.proof(ots(note, Uint8Array.of(0xf2, 0xf3, 2, 3, 0x67), new Uint8Array(251).fill(8), pending('a')), 'ots'));
  m.line('a block that the pin does not have', 'witnessed', '', m.proof(ots(note, bitcoin(7)), 'ots'));
  m.line('an attestation of another kind', 'witnessed', '', m.proof(ots(note, attestation(bytes_of('8 letter'), bytes_of('whatever'))), 'ots'));
}

/** The files beside proofs. */
function head_lines(m: Maker, own: Uint8Array): void {
  const { keys, good } = m;
  const failing = (name: string, change: (files: Files) => void): void => m.line(name, 'failed', 'time', m.with(change));
  const moved = (note: Uint8Array) => (files: Files): unknown => files.set(`${folder_of(note)}/checkpoint`, note);
  failing('a stranger among the proofs', (files) => files.set('tokens/note.txt', bytes_of('x')));
  failing('a certificate that is none', (files) => put_certificate(files, bytes_of('x')));
  failing('a certificate under another name', (files) => files.set(`tokens/certificates/${'0'.repeat(64)}.der`, good.authority.root.der));
  failing('a proof without its head', (files) => files.delete(`${folder_of(own)}/checkpoint`));
  failing('a head under another name', (files) => files.set(`tokens/${'0'.repeat(64)}/checkpoint`, own));
  failing('a head of another history', moved(head_note(good.leaves.slice(0, 4).concat('x'), keys.log)));
  failing('a head that is longer than the edition', moved(head_note([...good.leaves, 'x'], kNextLog)));
  failing('a head that the log did not sign', moved(head_note(good.leaves.slice(0, 4), kStranger)));
  failing('a head by a key outside of its range', moved(head_note(good.leaves.slice(0, 4), kNextLog)));
}

function trust_lines(m: Maker): void {
  const { keys, good } = m;
  const { files, pin } = good;
  const failing = (name: string, fails: string, wish: Wish): void => m.made(name, 'failed', fails, wish);
  m.line('as it is', 'witnessed', '', files);
  m.line('without a clock', 'witnessed', '', files, { now: null });
  m.line('cosignatures of the last three days', 'witnessed', '', files, { max_age_days: 3 });
  m.line('cosignatures older than that', 'unwitnessed', '', files, { now: seconds('2031-08-05T00:00:00Z'), max_age_days: 3 });
  m.line('one of two is older than that', 'unwitnessed', '', files, { now: seconds('2031-07-07T09:00:00Z'), max_age_days: 3 });
  m.line('a clock before the cosignatures', 'unwitnessed', '', files, { now: seconds('2031-07-04T07:00:00Z') });
  m.line('ten minutes before one of them', 'witnessed', '', files, { now: seconds('2031-07-04T09:20:00Z') });
  m.line('no file cosigned', 'unwitnessed', '', m.with((all) => all.delete('cosigned')));
  m.line('the file cosigned beside the edition', 'witnessed', '', m.with((all) => all.delete('cosigned')), { cosigned: to_base64(good.later) });
  m.line('another beside it, which alone is looked at', 'failed', 'checkpoint', files, { cosigned: to_base64(bytes_of('old 3\n\nx')) });
  // Changes of key.
  failing('a head signed by the key that the log has retired', 'checkpoint', { signed_by: keys.log });
  m.made('the same, under a pin that still grants it', 'failed', 'checkpoint', { signed_by: keys.log }, (text) => text.replace(' 0 29\n', ' 0 -\n'));
  failing('a change of key that the new key did not sign', 'log', { rotation: { signers: [keys.log] } });
  failing('a change of key that the old key did not sign', 'log', { rotation: { signers: [kNextLog] } });
  failing('a change of key from another size', 'log', { rotation: { from: 5 } });
  failing('a change of key of another log', 'log', { rotation: { origin: 'case.example/other' } });
  failing('a key without its newline', 'log', { key_file: `${good.pin.split('\n')[1]!.split(' ')[1]!}` });
  failing('a key that is none', 'log', { key_file: 'nothing\n' });
  m.line('a key that the pin does not name yet', 'failed', 'checkpoint', files, { pin: pin.replace(/^log .* 29 -\n/m, '') });
  // Heartbeats.
  failing('a heartbeat that binds no note', 'log', { heartbeat: () => bytes_of('x\n') });
  failing('a heartbeat that binds a head of another history', 'head', { heartbeat: (_, leaves) => cosigned(head_note([...leaves.slice(0, 3), 'x'], keys.log), kWitnesses[0], '2031-07-02T08:00:00Z') });
  failing('a heartbeat that binds a head from after it', 'log', { heartbeat: (_, leaves) => cosigned(head_note([...leaves, 'x', 'y'], keys.log), kWitnesses[0], '2031-07-02T08:00:00Z') });
  failing('a heartbeat with a wrong cosignature', 'log', { heartbeat: (note) => bytes_of(text_of(note).replace(/(w1\.example \S{40})./, '$1A').replace(/(w2\.example \S{40})./, '$1B')) });
  m.made('a heartbeat cosigned by strangers alone', 'witnessed', '', { heartbeat: (_, leaves) => cosigned(head_note(leaves, keys.log), { ...kStranger, name: 'w9.example' }, '2031-07-02T08:00:00Z') });
  later_lines(m);
  memory_lines(m);
  pin_lines(m);
}

/** The file `cosigned`, spoiled. */
function later_lines(m: Maker): void {
  const { good } = m;
  const text = text_of(good.later);
  const longer = [...good.leaves, 'x'];
  const failing = (name: string, later: Uint8Array): void => m.line(name, 'failed', 'checkpoint', m.with((all) => all.set('cosigned', later)));
  failing('a later head of another history', request(good.leaves.length, tree_of(longer), cosigned(head_note(['x', ...good.leaves], kNextLog), kWitnesses[0], '2031-07-04T08:00:00Z')));
  failing('a later head that the log did not sign', request(good.leaves.length, tree_of(longer), head_note(longer, kStranger)));
  failing('a later head from another size', bytes_of(text.replace(/^old 30/, 'old 29')));
  failing('a way with a hash too many', bytes_of(text.replace('\n', `\n${to_base64(sha256(bytes_of('x')))}\n`)));
  failing('a later head without its empty line', bytes_of(text.replace('\n\n', '\n')));
  m.line('an empty file cosigned', 'unwitnessed', '', m.with((all) => all.set('cosigned', new Uint8Array())));
}

function memory_lines(m: Maker): void {
  const { good, keys } = m;
  const { files } = good;
  const line = (note: Uint8Array): string => {
    const [origin, size] = text_in(note).split('\n');
    return `{"type":"head","origin":${JSON.stringify(origin)},"size":${size},"note":${JSON.stringify(text_of(note))}}\n`;
  };
  const own = files.get('checkpoint')!;
  const early = head_note(good.leaves.slice(0, 7), keys.log);
  const later = good.later.subarray(text_of(good.later).indexOf('\n\n') + 2);
  const longest = head_note([...good.leaves, 'x', 'y'], kNextLog);
  const told = (name: string, outcome: string, fails: string, remembered: string): void => m.line(name, outcome, fails, files, { remembered });
  told('heads remembered that all hold', 'witnessed', '', line(early) + line(own) + line(later));
  told('another head remembered at an earlier size', 'failed', 'head', line(head_note([...good.leaves.slice(0, 6), 'x'], keys.log)));
  told('another head remembered at the later size', 'failed', 'head', line(head_note([...good.leaves, 'z'], kNextLog)));
  told('a longer log remembered', 'failed', 'head', line(longest));
  told('a longer log remembered, and this edition before it', 'witnessed', '', line(own) + line(longest));
  told('a head remembered that the log did not sign', 'failed', 'head', line(head_note(good.leaves.slice(0, 7), kStranger)));
  told("another log's head remembered", 'witnessed', '', line(early).replaceAll('case.example/small', 'case.example/other'));
  told('heads remembered in another order', 'error', '', line(own) + line(early));
  told('a head remembered twice', 'error', '', line(early) + line(early));
  told('a memory with a space', 'error', '', line(early).replace(',"size"', ', "size"'));
  told('a memory that is cut', 'error', '', line(early).slice(0, -1));
  told('a memory that says another size than its note', 'error', '', line(early).replace('"size":7', '"size":8'));
}

function pin_lines(m: Maker): void {
  const { files, pin } = m.good;
  const told = (name: string, outcome: string, fails: string, other: string): void => m.line(name, outcome, fails, files, { pin: other });
  const line = (word: string): string => pin.split('\n').find((each) => each.startsWith(`${word} `))!;
  told('a pin with other line ends', 'witnessed', '', pin.replaceAll('\n', '\r\n'));
  told('words of a policy parted by tabs', 'witnessed', '', pin.replace(`${line('witness')}`, line('witness').replace(/ (\S+) /, ' $1\t')));
  told('a pin that names no authority', 'witnessed', '', pin.replace(`${line('tsa')}\n`, ''));
  told('a pin that has no block', 'witnessed', '', pin.replace(`${line('block')}\n`, ''));
  told('the signer itself in the pin', 'witnessed', '', pin.replace(/^(tsa \S+) .*$/m, `$1 ${hex_of(sha256(m.good.authority.signer.der))}`));
  told('another root at the height of the block', 'failed', 'time', pin.replace(/^(block \S+) .*$/m, `$1 ${mined(sha256(bytes_of('x')), seconds(kStampedAt))}`));
  told('a remembered head with another root', 'failed', 'head', pin.replace(/^(head 5) .*$/m, `$1 ${'0'.repeat(64)}`));
  const refused: [string, string][] = [
    ['a size with a zero before it', pin.replace('head 5 ', 'head 05 ')],
    ['a size of 2^63', pin.replace('head 5 ', 'head 9223372036854775808 ')],
    ['a log key twice', `${pin}${line('log')}\n`],
    ['a block twice', `${pin}${line('block')}\n`],
    ['a header that does not meet its target', pin.replace(/^(block \S+ .*)..$/m, '$1ff').replace('ffff7f20', 'ffff001d')],
    ['a certificate by half', pin.replace(/^(tsa \S+ \S{62})../m, '$1')],
    ['a hash in capitals', pin.replace(/^(head 5 )(.*)$/m, (_, word: string, hash: string) => word + hash.toUpperCase())],
    ['a policy by its file and by its lines', `${pin}policy other.policy\n`],
    ['a word that a pin does not have', `${pin}trust nobody\n`],
    ['a witness named none', pin.replace('witness W1 ', 'witness none ').replace(' W1 W2 W3', ' W2 W3')],
  ];
  for (const [name, other] of refused) told(`a pin with ${name}`, 'error', '', other);
}

export function reader_vectors(base: Files, keys: Keys, pin: string, pem: string): ReaderVectors {
  const maker = new Maker(base, keys, pin, pem);
  trust_lines(maker);
  time_lines(maker);
  return { edition: maker.good, lines: maker.lines };
}

