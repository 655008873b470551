// Spoils what a reader brings and what others vouch for: tokens, cosignatures, pins, memories, policies, excerpts. A seed decides.
import { bytes_of, hex_of, joined, Malformed, text_of, to_base64 } from '../src/bytes';
import { der_from, type Der } from '../src/der';
import { sha256 } from '../src/digest';
import {
  curve_key, der, ess_v1, general_time, integer, issue, kForIssuing, kForStamping, nothing, oid, seq, token, type Issued, type TokenWish,
} from './authority';
import type { Files } from './edits';
import { Dice, kBytes, kTexts } from './mutate';
import { sign_edition, type SigningKey } from './sign';
import { authority_from, folder_of, head_note, kNow, kStampedAt, put_certificate, put_proof, text_in, type Authority } from './witnessed';

/** An edition that others vouch for, and the reader's side of it. */
export interface ReaderBase {
  files: Files;
  release: SigningKey;
  log: SigningKey;
  pin: string;
  authority: Authority;
}

export function reader_base(files: Files, release: SigningKey, log: SigningKey, pin: string, pem: string): ReaderBase {
  return { files, release, log, pin, authority: authority_from(pem) };
}

/** What the verifiers are asked: members that are not there were not brought. */
export interface ReaderQuestion {
  files: Files;
  pin: string;
  now?: number;
  max_age_days?: number;
  cosigned?: string;
  remembered?: string;
}

function spoiled_text(text: string, dice: Dice): string {
  try {
    return kTexts[dice.pick(Object.keys(kTexts))]!(text, dice);
  } catch (error) {
    if (error instanceof Malformed) return text;
    throw error;
  }
}

function spoiled_bytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  return kBytes[dice.pick(Object.keys(kBytes))]!(bytes, dice);
}

/** Text most of the time, bytes now and then. */
function spoiled_file(bytes: Uint8Array, dice: Dice): Uint8Array {
  if (dice.below(4) === 0) return spoiled_bytes(bytes, dice);
  try {
    return bytes_of(spoiled_text(text_of(bytes), dice));
  } catch (error) {
    if (error instanceof Malformed) return spoiled_bytes(bytes, dice);
    throw error;
  }
}

// Tokens as trees of values: one value altered, the lengths around it right again.

interface Node {
  tag: number;
  content: Uint8Array | null;
  parts: Node[];
}

function node_of(value: Der): Node {
  // What lies in a string of octets is looked into where it is DER itself: TSTInfo, extensions.
  return value.parts.length > 0 ? { tag: value.tag, content: null, parts: value.parts.map(node_of) } : { tag: value.tag, content: value.content, parts: [] };
}
function bytes_of_node(node: Node): Uint8Array {
  return der(node.tag, ...(node.content === null ? node.parts.map(bytes_of_node) : [node.content]));
}
function all_nodes(node: Node, out: Node[] = []): Node[] {
  out.push(node);
  for (const part of node.parts) all_nodes(part, out);
  return out;
}

const kTags = [0x02, 0x04, 0x05, 0x06, 0x0c, 0x17, 0x18, 0x30, 0x31, 0x80, 0xa0, 0xa1];
const kOids = ['1.2.840.113549.1.7.1', '1.2.840.113549.1.7.2', '2.16.840.1.101.3.4.2.1', '2.16.840.1.101.3.4.2.3', '1.3.14.3.2.26', '1.2.840.113549.1.1.1', '1.2.840.113549.1.1.11', '1.2.840.10045.4.3.2', '1.2.840.10045.2.1', '1.2.840.113549.1.1.10'];

function spoiled_der(bytes: Uint8Array, dice: Dice): Uint8Array {
  if (dice.below(5) === 0) return spoiled_bytes(bytes, dice);
  const root = node_of(der_from(bytes));
  const nodes = all_nodes(root);
  const node = dice.pick(nodes);
  const what = dice.below(8);
  if (node.content !== null && what < 3) node.content = spoiled_bytes(node.content, dice);
  else if (node.content !== null && node.tag === 6) node.content = oid(dice.pick(kOids)).subarray(2);
  else if (what === 3) node.tag = dice.pick(kTags);
  else if (node.parts.length > 0) {
    const at = dice.below(node.parts.length);
    if (what === 4) node.parts.splice(at, 1);
    else if (what === 5) node.parts.splice(at, 0, node.parts[at]!);
    else if (what === 6) [node.parts[at], node.parts[0]] = [node.parts[0]!, node.parts[at]!];
    else node.parts.push(dice.pick(nodes.filter((each) => each.content !== null)));
  } else node.content = joined(node.content ?? new Uint8Array(), Uint8Array.of(dice.below(256)));
  return bytes_of_node(root);
}

/** A token made anew with the authority's own keys, some of it another way. */
function fresh_token(over: Uint8Array, authority: Authority, dice: Dice): { bytes: Uint8Array; more: Issued[] } {
  const { root, root_key, signer, middle, middle_key, rsa } = authority;
  const key = curve_key(`dice ${dice.below(3)}`);
  const issuers = [{ name: root.name, key: root_key }, { name: middle.name, key: middle_key }, { name: 'Example Strange', key: curve_key('strange') }];
  const times = ['2020-01-01T00:00:00Z', '2031-07-03T11:59:59Z', kStampedAt, '2031-07-03T12:00:01Z', '2060-01-01T00:00:00Z'];
  const extensions = dice.below(3) === 0 ? [...kForStamping, dice.pick(kForIssuing)].slice(dice.below(2)) : dice.pick([kForStamping, kForStamping.slice(1), kForIssuing]);
  const own = issue({
    name: 'Example Dice', key, issuer: dice.pick(issuers), serial: dice.pick([3, 9, 200, 70_000]), from: dice.pick(times), until: dice.pick(times), extensions,
    hash: dice.pick(['sha256', 'sha384', 'sha512'] as const),
  });
  const made = dice.pick([own, own, signer, rsa]);
  const wish: TokenWish = { over: dice.below(8) === 0 ? bytes_of('other') : over, at: dice.pick(times), signer: made, hash: dice.pick(['sha256', 'sha384', 'sha512'] as const) };
  const others = [own, signer, middle, root];
  wish.certificates = others.filter(() => dice.below(2) === 0);
  if (dice.below(3) > 0) wish.certificates.push(made);
  if (dice.below(3) === 0) wish.rest = dice.pick([[], [seq()], [seq(integer(86_400))], [seq(integer(86_401))], [seq(integer(1), der(0x80, Uint8Array.of(5)))], [Uint8Array.of(1, 1, 0xff)], [seq(integer(2)), integer(12_345)]]);
  if (dice.below(6) === 0) wish.time = dice.pick([der(0x18, bytes_of('20310703120000.5Z')), der(0x18, bytes_of('20310230120000Z')), der(0x18, bytes_of('203107031200Z')), general_time('2031-07-03T12:00:60Z')]);
  if (dice.below(6) === 0) wish.ess = dice.pick([null, root.der, signer.der]);
  if (dice.below(6) === 0) wish.attributes = (usual) => dice.pick([[...usual, ess_v1(made.der)], usual.slice(1), [...usual].reverse(), [...usual, usual[0]!], [usual[0]!, usual[1]!, ess_v1(made.der)]]);
  if (dice.below(6) === 0) wish.algorithm = seq(oid(dice.pick(kOids)), ...(dice.below(2) === 0 ? [nothing] : []));
  return { bytes: token(wish), more: others.filter(() => dice.below(2) === 0) };
}

function proofs_in(files: Files, kind: string): string[] {
  return [...files.keys()].filter((path) => path.startsWith('tokens/') && path.endsWith(kind)).sort();
}

function change_proofs(files: Files, base: ReaderBase, dice: Dice): void {
  const what = dice.below(8);
  const notes = proofs_in(files, '/checkpoint');
  if (what < 3) {
    const path = dice.pick(proofs_in(files, '.tst'));
    files.set(path, spoiled_der(files.get(path)!, dice));
  } else if (what < 5) {
    const note = files.get(dice.pick(notes))!;
    const { bytes, more } = fresh_token(note, base.authority, dice);
    put_proof(files, note, bytes, 'tst');
    for (const each of more) put_certificate(files, each.der);
  } else if (what === 5) {
    const path = dice.pick(proofs_in(files, '.ots'));
    files.set(path, spoiled_bytes(files.get(path)!, dice));
  } else if (what === 6) {
    const path = dice.pick(proofs_in(files, '.der'));
    const made = spoiled_der(files.get(path)!, dice);
    files.delete(path);
    put_certificate(files, made);
  } else {
    const path = dice.pick(notes);
    const made = spoiled_file(files.get(path)!, dice);
    files.set(`${folder_of(made)}/checkpoint`, made);
  }
}

function memory_of(base: ReaderBase, dice: Dice): string {
  const own = base.files.get('checkpoint')!;
  const later = text_of(base.files.get('cosigned')!);
  const notes = [own, bytes_of(later.slice(later.indexOf('\n\n') + 2)), ...proofs_in(base.files, '/checkpoint').map((path) => base.files.get(path)!), head_note(['x', 'y'], base.log)];
  const lines = notes.filter(() => dice.below(2) === 0).map((note) => {
    const [origin, size] = text_in(note).split('\n');
    return { size: Number(size), line: `{"type":"head","origin":${JSON.stringify(origin)},"size":${size},"note":${JSON.stringify(text_of(note))}}\n` };
  });
  lines.sort((a, b) => a.size - b.size || (a.line < b.line ? -1 : 1));
  const text = lines.map(({ line }) => line).join('');
  return dice.below(2) === 0 ? text : spoiled_text(text, dice);
}

/** Alters the policy and says so in the manifest, as an operator would. */
function change_policy(files: Files, dice: Dice): void {
  const old = hex_of(sha256(files.get('policy.json')!));
  const made = bytes_of(spoiled_text(text_of(files.get('policy.json')!), dice));
  files.set('policy.json', made);
  files.set('edition.json', bytes_of(text_of(files.get('edition.json')!).replace(old, hex_of(sha256(made)))));
}

/** The edition and what the reader brings, one of them spoiled as the seed says. */
export function mutated_reader(base: ReaderBase, seed: number): ReaderQuestion {
  const dice = new Dice(seed);
  const files = new Map(base.files);
  const out: ReaderQuestion = { files, pin: base.pin };
  if (dice.below(4) > 0) out.now = kNow + dice.pick([0, 0, 0, -86_400, 86_400, 86_400 * 400]);
  if (dice.below(3) === 0) out.max_age_days = dice.pick([0, 1, 2, 3, 36_500]);
  const what = dice.below(10);
  if (what < 5) change_proofs(files, base, dice);
  else if (what === 5) out.pin = spoiled_text(base.pin, dice);
  else if (what === 6) out.remembered = memory_of(base, dice);
  else if (what === 7) {
    const made = spoiled_file(files.get('cosigned')!, dice);
    if (dice.below(2) === 0) out.cosigned = to_base64(made);
    else files.set('cosigned', made);
  } else if (what === 8) change_policy(files, dice);
  else {
    const path = dice.pick([...files.keys()].filter((each) => each.startsWith('bound/') || each === 'checkpoint').sort());
    const made = spoiled_file(files.get(path)!, dice);
    files.set(path, made);
    if (path === 'checkpoint') files.set('log/checkpoint', made);
  }
  if (dice.below(8) > 0) sign_edition(files, base.release);
  return out;
}

/** An excerpt, spoiled. */
export function mutated_excerpt(text: string, seed: number): Uint8Array {
  const dice = new Dice(seed);
  const rounds = dice.below(6) === 0 ? 2 : 1;
  let bytes = bytes_of(text);
  for (let round = 0; round < rounds; round += 1) bytes = dice.below(10) === 0 ? spoiled_bytes(bytes, dice) : spoiled_file(bytes, dice);
  return bytes;
}

