// What an operator can do who has the true keys: stamp and sign an edition anew, and its log too.
import { createPrivateKey, sign } from 'node:crypto';
import { bytes_of, compare_texts, from_base64, from_hex, hex_of, joined, refuse, text_of, to_base64 } from '../src/bytes';
import { sha256 } from '../src/digest';
import { entries_of } from '../src/bundle';
import { bundles_of, tiles_of } from '../src/log';
import { leaf_hash, Tree } from '../src/merkle';
import type { Files } from './edits';

const kPkcs8 = '302e020100300506032b657004220420'; // RFC 8410: what stands before an Ed25519 seed

export interface SigningKey {
  name: string;
  id: string;
  seed: Uint8Array;
}

/** "PRIVATE+KEY+NAME+ID+BASE64(01 ‖ seed)" */
export function signing_key_from(text: string): SigningKey {
  const parts = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+?)\n?$/.exec(text);
  if (parts === null) return refuse('no private key');
  return { name: parts[1]!, id: parts[2]!, seed: from_base64(parts[3]!).slice(1) };
}

export function sign_note(text: string, key: SigningKey): Uint8Array {
  const der = joined(from_hex(kPkcs8, 16), key.seed);
  const secret = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  const signature = new Uint8Array(sign(null, bytes_of(text), secret));
  return bytes_of(`${text}\n— ${key.name} ${to_base64(joined(from_hex(key.id, 4), signature))}\n`);
}

/** The text that is signed, also when its signature is wrong. */
export function note_text(bytes: Uint8Array): string {
  const whole = text_of(bytes);
  return whole.slice(0, whole.lastIndexOf('\n\n') + 1);
}

function stamp(path: string, bytes: Uint8Array): string {
  return `{"path":${JSON.stringify(path)},"size":${bytes.length},"sha256":"${hex_of(sha256(bytes))}"}`;
}

function paths_in_order(files: Files, wanted: (path: string) => boolean): string[] {
  return [...files.keys()].filter(wanted).sort(compare_texts);
}

/** Lists all files as they are now and signs the manifest. */
export function sign_edition(files: Files, release: SigningKey): void {
  const below = paths_in_order(files, (path) => path.includes('/'));
  files.set('files.jsonl', bytes_of(below.map((path) => `${stamp(path, files.get(path)!)}\n`).join('')));
  sign_manifest(files, release);
}

/** Lists the files at the top and signs, whatever files.jsonl says. */
export function sign_manifest(files: Files, release: SigningKey): void {
  const top = paths_in_order(files, (path) => !path.includes('/') && path !== 'edition.json' && path !== 'cosigned');
  const text = note_text(files.get('edition.json') ?? new Uint8Array());
  const at = text.lastIndexOf(',"files":[');
  const listed = top.map((path) => stamp(path, files.get(path)!)).join(',');
  files.set('edition.json', sign_note(`${text.slice(0, at)},"files":[${listed}]}\n`, release));
}

/** All leaves of the edition's log, as bytes. */
export function leaves_of(files: Files, size: number): Uint8Array[] {
  return bundles_of(size).flatMap((run) => entries_of(files.get(run.path)!, run.end - run.begin).map((entry) => entry.slice()));
}

function bundle_of(leaves: Uint8Array[]): Uint8Array {
  return joined(...leaves.flatMap((leaf) => [Uint8Array.of(leaf.length >>> 8, leaf.length & 255), leaf]));
}

/** Puts another log in place of the edition's: bundles, tiles, checkpoint, and the manifest's word of them. */
export function write_log(files: Files, leaves: Uint8Array[], log: SigningKey): void {
  for (const path of [...files.keys()]) if (path.startsWith('log/tile/')) files.delete(path);
  const tree = new Tree();
  for (const leaf of leaves) tree.append(leaf_hash(leaf));
  for (const run of bundles_of(leaves.length)) files.set(run.path, bundle_of(leaves.slice(run.begin, run.end)));
  for (const { run, height } of tiles_of(leaves.length)) files.set(run.path, tree.run(height, run.begin, run.end).slice());
  const root = tree.root();
  const head = sign_note(`${log.name}\n${leaves.length}\n${to_base64(root)}\n`, log);
  files.set('checkpoint', head);
  files.set('log/checkpoint', head);
  const stated = `"checkpoint":{"size":${leaves.length},"root":"${hex_of(root)}"}`;
  const manifest = text_of(files.get('edition.json')!);
  files.set('edition.json', bytes_of(manifest.replace(/"checkpoint":\{[^}]*\}/, stated)));
}
