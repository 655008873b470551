// Every file that the release key vouches for: there, of its size and its hash, and no other beside them.
import { compare_texts, hex_of, refuse } from './bytes';
import { hasher, sha256 } from './digest';
import { manifest_from, stamp_line_from, type Manifest, type Stamp } from './manifest';
import { kMaxNoteBytes, note_from, signers_of } from './note';
import type { Pin } from './pin';
import { for_each_chunk, for_each_line, read_whole, type Source } from './source';
import type { Findings } from './verdict';

const kManifest = 'edition.json';
const kCosigned = 'cosigned'; // comes later and from others: no list can hold it
const kList = 'files.jsonl';
const kRequired = [
  'changes.jsonl', 'checkpoint', 'claims.jsonl', 'dispositions.jsonl', 'log/checkpoint', 'parts.jsonl', 'policy.json',
  'records.jsonl', 'totals.json',
];
const kAtOnce = 32; // files read at a time: hides the latency of small reads
const kSmallBytes = 1 << 20; // hashed in one piece

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
  if (is_top !== (list === kManifest) || stamp.path === kManifest) {
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

/** A passage that must stand in a file, from a claim that was opened. */
export interface Expected {
  begin: number;
  end: number;
  sha256: Uint8Array;
  leaf: number;
}

export interface FileCheck {
  /** Passages by path; what comes of each is given to `found`. */
  expected: Map<string, Expected[]>;
  found: (passage: Expected, holds: boolean) => void;
  /** Called now and then with how many bytes were read. */
  progress: (bytes: number) => void;
}

async function digest_of(source: Source, path: string, progress: (bytes: number) => void): Promise<string> {
  const state = hasher();
  await for_each_chunk(source, path, (chunk) => {
    state.update(chunk);
    progress(chunk.length);
  });
  return hex_of(state.digest());
}

async function check_passages(source: Source, path: string, whole: Uint8Array | null, check: FileCheck): Promise<void> {
  const size = source.size(path)!;
  for (const passage of check.expected.get(path) ?? []) {
    const inside = passage.end <= size;
    const bytes = !inside ? null : whole?.subarray(passage.begin, passage.end) ?? (await source.read(path, passage.begin, passage.end));
    check.found(passage, bytes !== null && hex_of(sha256(bytes)) === hex_of(passage.sha256));
  }
}

async function check_file(source: Source, stamp: Stamp, check: FileCheck, findings: Findings): Promise<void> {
  const size = source.size(stamp.path);
  if (size === null) {
    for (const passage of check.expected.get(stamp.path) ?? []) check.found(passage, false);
    return findings.add('file', stamp.path, null, 'is missing');
  }
  let whole: Uint8Array | null = null;
  let digest: string;
  if (size <= kSmallBytes) {
    whole = await read_whole(source, stamp.path, kSmallBytes);
    digest = hex_of(sha256(whole));
    check.progress(size);
  } else {
    digest = await digest_of(source, stamp.path, check.progress);
  }
  if (size !== stamp.size) findings.add('file', stamp.path, null, `has ${size} bytes, not ${stamp.size}`);
  else if (digest !== stamp.sha256) findings.add('file', stamp.path, null, 'its SHA-256 is not that in the manifest');
  await check_passages(source, stamp.path, whole, check);
}

/** Size and hash of every listed file, and passages in them; then files that no list has. */
export async function check_files(source: Source, listed: Listed, check: FileCheck, findings: Findings): Promise<void> {
  const stamps = [...listed.stamps.values()];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let stamp = stamps[next]; stamp !== undefined; stamp = stamps[next]) {
      next += 1;
      await check_file(source, stamp, check, findings);
    }
  };
  await Promise.all(Array.from({ length: kAtOnce }, worker));
  for (const path of kRequired) {
    if (!listed.stamps.has(path)) findings.add('file', path, null, 'is not listed; it belongs to an edition even when it is empty');
  }
  for (const path of source.paths()) {
    if (path !== kManifest && path !== kCosigned && !listed.stamps.has(path)) findings.add('file', path, null, 'is in no list of the manifest');
  }
  findings.count('files', listed.stamps.size);
}
