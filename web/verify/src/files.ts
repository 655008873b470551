// Every file that the release key vouches for: there, of its size and its hash, and no other beside them.
import { compare_texts, hex_of, refuse } from './bytes';
import { hasher, sha256 } from './digest';
import { manifest_from, stamp_line_from, type Manifest, type Stamp } from './manifest';
import { kMaxNoteBytes, note_from, signers_of } from './note';
import type { Pin } from './pin';
import { in_order } from './pool';
import { for_each_chunk, for_each_line, read_whole, type Source } from './source';
import type { Findings } from './verdict';

const kManifest = 'edition.json';
const kCosigned = 'cosigned'; // comes later and from others: no list can hold it
const kList = 'files.jsonl';
const kRequired = [
  'changes.jsonl', 'checkpoint', 'claims.jsonl', 'dispositions.jsonl', 'log/checkpoint', 'parts.jsonl', 'policy.json',
  'records.jsonl', 'totals.json',
];
// Browsers take a tenth of a millisecond for each file that they open, and less for many that are asked for together.
const kGroupFiles = 100;
const kGroupBytes = 4 << 20;
const kGroupsAtOnce = 8;
const kSmallBytes = 1 << 20; // read in one piece

/** What the edition says of itself, once its signature holds. */
export interface Listed {
  manifest: Manifest;
  manifest_sha256: string;
  stamps: Map<string, Stamp>;
}

/** The manifest, signed by a key of the pin; undefined when it cannot be read. */
export async function read_manifest(source: Source, pin: Pin, findings: Findings): Promise<Listed | undefined> {
  const bytes = await read_whole(source, kManifest, kMaxNoteBytes * 2);
  const manifest = findings.attempt('manifest', kManifest, null, () => {
    const note = note_from(bytes);
    if (signers_of(note, pin.release).length === 0) refuse('no release key of the pin signed it');
    return manifest_from(note.text);
  });
  if (manifest === undefined) return undefined;
  if (manifest.origin !== pin.origin) findings.add('manifest', kManifest, null, "it is of another log than the pin's");
  const listed: Listed = { manifest, manifest_sha256: hex_of(sha256(bytes)), stamps: new Map() };
  for (const stamp of manifest.files) add_stamp(listed, stamp, kManifest, findings);
  await read_list(source, listed, findings);
  return listed;
}

function add_stamp(listed: Listed, stamp: Stamp, list: string, findings: Findings): void {
  const is_top = !stamp.path.includes('/');
  if (is_top !== (list === kManifest) || stamp.path === kManifest || stamp.path === kCosigned) {
    findings.add('manifest', list, null, `${stamp.path} does not belong in this list`);
  } else if (listed.stamps.has(stamp.path)) {
    findings.add('manifest', list, null, `${stamp.path} is listed twice`);
  } else {
    listed.stamps.set(stamp.path, stamp);
  }
}

async function read_list(source: Source, listed: Listed, findings: Findings): Promise<void> {
  if (!listed.stamps.has(kList)) return findings.add('manifest', kManifest, null, 'it lists no files.jsonl');
  let last: string | null = null;
  await for_each_line(source, kList, {
    wrong: (message) => findings.add('file', kList, null, message),
    line: (line) => {
      const stamp = findings.attempt('file', kList, null, () => stamp_line_from(line));
      if (stamp === undefined) return;
      if (last !== null && compare_texts(last, stamp.path) >= 0) {
        findings.add('manifest', kList, null, 'the files are not ascending by path');
      }
      last = stamp.path;
      add_stamp(listed, stamp, kList, findings);
    },
  });
}

export interface FileCheck {
  /** Digests of files that were read from beginning to end before. */
  digested: ReadonlyMap<string, string>;
  /** Called now and then with how many bytes were read. */
  progress: (bytes: number) => void;
}

async function digest_of(source: Source, path: string): Promise<string> {
  const state = hasher();
  await for_each_chunk(source, path, (chunk) => void state.update(chunk));
  return hex_of(state.digest());
}

/** Digests of files, of which those that are small are read together. */
async function read_group(source: Source, stamps: Stamp[], digested: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const out = new Map<string, string>();
  const fresh = stamps.map(({ path }) => path).filter((path) => !digested.has(path) && source.size(path) !== null);
  const small = fresh.filter((path) => source.size(path)! <= kSmallBytes);
  const read = source.read_all !== undefined ? await source.read_all(small) : await Promise.all(small.map((path) => source.read(path, 0, kSmallBytes)));
  small.forEach((path, i) => out.set(path, hex_of(sha256(read[i]!))));
  for (const path of fresh) if (!out.has(path)) out.set(path, await digest_of(source, path));
  return out;
}

function judge(stamp: Stamp, size: number | null, digest: string | undefined, findings: Findings): void {
  if (size === null) findings.add('file', stamp.path, null, 'is missing');
  else if (size !== stamp.size) findings.add('file', stamp.path, null, `has ${size} bytes, not ${stamp.size}`);
  else if (digest !== stamp.sha256) findings.add('file', stamp.path, null, 'its SHA-256 is not that in the manifest');
}

/** Stamps in their order, as many as are read together. */
function* groups_of(source: Source, stamps: Iterable<Stamp>): Iterable<Stamp[]> {
  let group: Stamp[] = [];
  let bytes = 0;
  for (const stamp of stamps) {
    group.push(stamp);
    bytes += Math.min(source.size(stamp.path) ?? 0, kSmallBytes);
    if (group.length < kGroupFiles && bytes < kGroupBytes) continue;
    yield group;
    group = [];
    bytes = 0;
  }
  if (group.length > 0) yield group;
}

/** Size and hash of every listed file; then files that no list has. */
export async function check_files(source: Source, listed: Listed, check: FileCheck, findings: Findings): Promise<void> {
  await source.ready?.();
  const { digested, progress } = check;
  await in_order(groups_of(source, listed.stamps.values()), kGroupsAtOnce, (group) => read_group(source, group, digested), (read, group) => {
    for (const stamp of group) {
      const size = source.size(stamp.path);
      judge(stamp, size, digested.get(stamp.path) ?? read.get(stamp.path), findings);
      if (!digested.has(stamp.path)) progress(size ?? 0);
    }
  });
  for (const path of kRequired) {
    if (!listed.stamps.has(path)) findings.add('file', path, null, 'is not listed; it belongs to an edition even when it is empty');
  }
  for (const path of source.paths()) {
    if (path !== kManifest && path !== kCosigned && !listed.stamps.has(path)) findings.add('file', path, null, 'is in no list of the manifest');
  }
  findings.count('files', listed.stamps.size);
}
