// An edition that others vouch for: a key changed, heads cosigned and bound, proofs of time, and a later head. Made from the
// good edition and from seeds, so that it is the same each time; `wish` says what of it to make wrong.
import { ed25519 } from '@noble/curves/ed25519';
import { bytes_of, from_hex, hex_of, joined, text_of, to_base64 } from '../src/bytes';
import { sha256 } from '../src/digest';
import { leaf_hash, Tree } from '../src/merkle';
import { consistency_proof } from '../src/merkle_proof';
import {
  append, bitcoin, constraints, curve_key, issue, kBranch, kForIssuing, kHash256, mined, ots, pending, rsa_key, token, type Issued, type StampKey,
} from './authority';
import { Case, type Keys } from './case';
import type { Files } from './edits';
import { sign_edition, sign_note, write_log, type SigningKey } from './sign';

const kOrigin = 'case.example/small';
export const kNow = seconds('2031-07-05T00:00:00Z');
export const kStampedAt = '2031-07-03T12:00:00Z';
const kBlockAt = seconds('2031-07-03T15:00:00Z');
const kHeight = 1_234_567;

export function seconds(instant: string): number {
  return Date.parse(instant) / 1000;
}

function ed25519_key(name: string, seed: string, type: number): SigningKey & { vkey: string } {
  const secret = sha256(bytes_of(`vector ${seed}`));
  const key = joined(Uint8Array.of(type), ed25519.getPublicKey(secret));
  const id = hex_of(sha256(joined(bytes_of(`${name}\n`), key)).subarray(0, 4));
  return { name, id, seed: secret, vkey: `${name}+${id}+${to_base64(key)}` };
}
export const kWitnesses = [1, 2, 3].map((i) => ed25519_key(`w${i}.example`, `witness ${i}`, 4)) as [SigningKey & { vkey: string }, SigningKey & { vkey: string }, SigningKey & { vkey: string }];
export const kNextLog = ed25519_key(kOrigin, 'log 2', 1);
export const kStranger = ed25519_key(kOrigin, 'log 3', 1);

function vkey_of(key: SigningKey): string {
  return `${key.name}+${key.id}+${to_base64(joined(Uint8Array.of(1), ed25519.getPublicKey(key.seed)))}`;
}

/** A note with one more signature line. */
function also(note: Uint8Array, line: Uint8Array): Uint8Array {
  const text = text_of(line);
  return joined(note, bytes_of(text.slice(text.lastIndexOf('\n\n') + 2)));
}
export function text_in(note: Uint8Array): string {
  const whole = text_of(note);
  return whole.slice(0, whole.lastIndexOf('\n\n') + 1);
}

export function cosigned(note: Uint8Array, witness: SigningKey, time: string): Uint8Array {
  const at = new Uint8Array(8);
  new DataView(at.buffer).setBigUint64(0, BigInt(seconds(time)));
  const signature = ed25519.sign(bytes_of(`cosignature/v1\ntime ${seconds(time)}\n${text_in(note)}`), witness.seed);
  return joined(note, bytes_of(`— ${witness.name} ${to_base64(joined(from_hex(witness.id, 4), at, signature))}\n`));
}

export function tree_of(leaves: string[]): Tree {
  const tree = new Tree();
  for (const leaf of leaves) tree.append(leaf_hash(bytes_of(leaf)));
  return tree;
}

/** A head over those leaves, signed by those keys. */
export function head_note(leaves: string[], ...keys: SigningKey[]): Uint8Array {
  const text = `${kOrigin}\n${leaves.length}\n${to_base64(tree_of(leaves).root())}\n`;
  const [first, ...others] = keys as [SigningKey, ...SigningKey[]];
  return others.reduce((note, key) => also(note, sign_note(text, key)), sign_note(text, first));
}

/** The authority of the vectors: a root, one signer below it, and one below an authority of its own. */
export interface Authority {
  root: Issued;
  root_key: StampKey;
  signer: Issued;
  middle: Issued;
  middle_key: StampKey;
  rsa: Issued;
  rsa_key: StampKey;
}

export function authority_from(pem: string): Authority {
  const root_key = curve_key('root', 'P-384');
  const root = issue({ name: 'Example Root', key: root_key, serial: 1, extensions: kForIssuing, hash: 'sha384' });
  const below = { name: root.name, key: root_key };
  const middle_key = curve_key('middle');
  const middle = issue({ name: 'Example Middle', key: middle_key, issuer: below, serial: 2, extensions: [constraints(true, 0), kForIssuing[1]!], hash: 'sha384' });
  const signer = issue({ name: 'Example Signer', key: curve_key('signer'), issuer: below, serial: 3, hash: 'sha384' });
  const rsa = issue({ name: 'Example RSA Signer', key: rsa_key(pem), issuer: { name: middle.name, key: middle_key }, serial: 4 });
  return { root, root_key, signer, middle, middle_key, rsa, rsa_key: rsa_key(pem) };
}

export interface Wish {
  key_file?: string;
  rotation?: Partial<{ origin: string; from: number; key: SigningKey; signers: SigningKey[] }>;
  heartbeat?: (note: Uint8Array, leaves: string[]) => Uint8Array;
  signed_by?: SigningKey;
  files?: (files: Files) => void;
}

export interface Witnessed {
  files: Files;
  leaves: string[];
  /** The heads that were stamped: of 29 leaves, and the edition's. */
  notes: [Uint8Array, Uint8Array];
  pin: string;
  /** The later head, as a file that lies in the edition. */
  later: Uint8Array;
  authority: Authority;
}

export function folder_of(note: Uint8Array): string {
  return `tokens/${hex_of(sha256(note))}`;
}
export function put_proof(files: Files, note: Uint8Array, bytes: Uint8Array, kind: 'tst' | 'ots'): void {
  files.set(`${folder_of(note)}/${hex_of(sha256(bytes)).slice(0, 16)}.${kind}`, bytes);
}
export function put_certificate(files: Files, certificate: Uint8Array): void {
  files.set(`tokens/certificates/${hex_of(sha256(certificate))}.der`, certificate);
}

/** Adds a leaf that binds a file. */
function bind(edition: Case, type: 'key' | 'heartbeat', refs: string, file: Uint8Array): void {
  const name = hex_of(sha256(file));
  edition.append(type, refs, `bind ${name}\n`).files.set(`bound/${name}`, file);
}

function bind_keys(edition: Case, old: SigningKey, wish: Wish): void {
  const leaves = edition.leaves;
  const first = leaves.length;
  bind(edition, 'key', '', bytes_of(wish.key_file ?? `${vkey_of(old)}\n`));
  const seen = cosigned(cosigned(head_note(leaves.slice(), old), kWitnesses[0], '2031-07-02T08:00:00Z'), kWitnesses[1], '2031-07-02T09:00:00Z');
  bind(edition, 'heartbeat', '', (wish.heartbeat ?? ((note) => note))(seen, leaves.slice()));
  const { origin = kOrigin, from = leaves.length + 1, key = kNextLog, signers = [old, kNextLog] } = wish.rotation ?? {};
  const text = `gavah/0 key\norigin ${origin}\nfrom ${from}\nkey ${vkey_of(key)}\n`;
  const [by, ...others] = signers as [SigningKey, ...SigningKey[]];
  bind(edition, 'key', `previous ${first}`, others.reduce((note, each) => also(note, sign_note(text, each)), sign_note(text, by)));
}

function stamp(files: Files, notes: [Uint8Array, Uint8Array], authority: Authority): string {
  const [changed, own] = notes;
  const { root, signer, middle, rsa } = authority;
  for (const note of notes) files.set(`${folder_of(note)}/checkpoint`, note);
  put_proof(files, changed, token({ over: changed, at: kStampedAt, signer }), 'tst');
  const nonce = sha256(bytes_of('vector nonce'));
  const message = sha256(joined(sha256(changed), nonce));
  put_proof(files, changed, ots(changed, append(nonce), kHash256, kBranch, pending('https://calendar.example'), bitcoin(kHeight)), 'ots');
  put_proof(files, own, token({ over: own, at: '2031-07-04T12:00:00Z', signer: rsa, hash: 'sha512' }), 'tst');
  for (const each of [root, middle]) put_certificate(files, each.der);
  return mined(message, kBlockAt);
}

function pin_of(keys: Keys, pin: string, leaves: string[], block: string, authority: Authority): string {
  const [origin, release] = ['origin', 'release'].map((word) => pin.split('\n').find((line) => line.startsWith(`${word} `))!);
  return `${origin}
log ${vkey_of(keys.log)} 0 29
log ${kNextLog.vkey} 29 -
${release}
head 5 ${hex_of(tree_of(leaves).root(5))}
tsa Example ${hex_of(sha256(authority.root.der))}
block ${kHeight} ${block}
witness W1 ${kWitnesses[0].vkey}
witness W2 ${kWitnesses[1].vkey}
witness W3 ${kWitnesses[2].vkey}
group two 2 W1 W2 W3
quorum two
`;
}

export function request(old_size: number, tree: Tree, note: Uint8Array): Uint8Array {
  const hashes = consistency_proof(tree, old_size).map((hash) => `${to_base64(hash)}\n`).join('');
  return joined(bytes_of(`old ${old_size}\n${hashes}\n`), note);
}

export function make_witnessed(base: Files, keys: Keys, pin: string, pem: string, wish: Wish = {}): Witnessed {
  const authority = authority_from(pem);
  const edition = new Case(base, keys);
  bind_keys(edition, keys.log, wish);
  const changed = cosigned(head_note(edition.leaves.slice(), keys.log, kNextLog), kWitnesses[2], '2031-07-03T10:00:00Z');
  bind(edition, 'heartbeat', '', changed);
  const { files } = edition;
  const leaves = edition.leaves.slice();
  write_log(files, leaves.map(bytes_of), wish.signed_by ?? kNextLog);
  const own = files.get('checkpoint')!;
  const block = stamp(files, [changed, own], authority);
  wish.files?.(files);
  sign_edition(files, keys.release);
  const longer = [...leaves, edition.append('heartbeat').leaves.at(-1)!];
  const head = cosigned(cosigned(head_note(longer, kNextLog), kWitnesses[0], '2031-07-04T08:00:00Z'), kWitnesses[2], '2031-07-04T09:30:00Z');
  const later = request(leaves.length, tree_of(longer), head);
  files.set('cosigned', later);
  return { files, leaves, notes: [changed, own], pin: pin_of(keys, pin, leaves, block, authority), later, authority };
}
