// dispositions.jsonl: what became of every part of every capture.
import { refuse } from './bytes';
import { Hashes, kHash } from './hashes';
import { is_whole, status_from } from './list_line';
import { leaf_hash_into } from './merkle';
import { PartSet } from './part_set';
import type { Records } from './records';
import type { Register } from './register';
import { Scanner } from './scanner';
import { each_line, kLastCut, line_chunks, type Source } from './source';
import type { Findings } from './verdict';

const kFile = 'dispositions.jsonl';

interface Line {
  capture: number;
  leaf: number;
  bytes: Uint8Array;
  /** Where each record begins and ends. */
  records: number[];
  hashes: Hashes;
}

const salt = new Uint8Array(kHash);

function line_from(bytes: Uint8Array, begin: number, end: number): Line {
  const scan = new Scanner(bytes, begin, end);
  scan.expect('{"type":"disposition","capture":');
  const capture = scan.count();
  scan.expect(',"leaf":');
  const line: Line = { capture, leaf: scan.count(), bytes, records: [], hashes: new Hashes() };
  scan.expect(',"records":');
  scan.each(() => {
    scan.expect('[');
    const from = scan.at;
    scan.pass();
    const to = scan.at;
    scan.expect(',');
    scan.hex_into(kHash, salt, 0);
    scan.expect(']');
    line.records.push(from, to);
    const place = line.hashes.grow();
    leaf_hash_into(salt, bytes.subarray(from, to), place.bytes, place.at);
  });
  scan.expect('}');
  scan.end();
  return line;
}

/** Parts by what they are called. */
interface Called {
  linked: Set<number>;
  destroyed: Set<number>;
}

/** Each part of the capture has one status; the counts of statuses grow by them. */
function count_statuses(line: Line, part_count: number, counts: Map<string, number>): Called {
  const linked = new Set<number>();
  const destroyed = new Set<number>();
  const parts = new Set<number>();
  for (let i = 0; i < line.records.length; i += 2) {
    const { part, status } = status_from(new Scanner(line.bytes, line.records[i], line.records[i + 1]));
    if (part >= part_count || parts.has(part)) refuse(`part ${part} has two statuses, or is none of the capture's`);
    parts.add(part);
    if (status === 'linked') linked.add(part);
    if (status === 'destroyed') destroyed.add(part);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  if (parts.size !== part_count) refuse(`the capture has ${part_count} parts, ${parts.size} have a status`);
  return { linked, destroyed };
}

function check_line(line: Line, records: Records, register: Register, counts: Map<string, number>): Called {
  const capture = register.captures.get(line.capture);
  if (capture?.dispose !== line.leaf) {
    return refuse(`is not the latest disposition of the capture at leaf ${line.capture}`);
  }
  const head = records.at.get(line.leaf)?.list('statuses') ?? refuse('no record opens its list');
  if (!is_whole(line.hashes, head)) refuse('the statuses are not those of the leaf');
  const count = records.at.get(line.capture)?.value('part-count');
  if (count === null || count === undefined) return refuse('the capture does not open how many parts it has');
  const parts = records.at.get(line.capture)?.list('parts') ?? null;
  if (parts !== null && String(parts.count) !== count) refuse(`the capture states ${count} parts and its list has ${parts.count}`);
  const called = count_statuses(line, Number(count), counts);
  const said = called.destroyed.size;
  if (capture.reductions === 0 ? said > 0 : said < capture.reductions) {
    refuse(`${capture.reductions} leaves destroyed parts of it, and ${said} are called destroyed`);
  }
  return called;
}

/** Parts that are called linked, and destroyed. */
export interface CalledParts {
  linked: PartSet;
  destroyed: PartSet;
}

export async function check_dispositions(source: Source, records: Records, register: Register, findings: Findings): Promise<CalledParts> {
  const linked = new PartSet();
  const destroyed = new PartSet();
  const disposed = new Set<number>();
  const counts = new Map<string, number>();
  let last = -1;
  const take = (bytes: Uint8Array, begin: number, end: number): void => {
    const line = findings.attempt('disposition', kFile, null, () => line_from(bytes, begin, end));
    if (line === undefined) return;
    const holds = findings.attempt('disposition', kFile, line.leaf, () => {
      const called = check_line(line, records, register, counts);
      for (const part of called.linked) linked.add(line.capture, part);
      for (const part of called.destroyed) destroyed.add(line.capture, part);
      if (line.capture <= last) refuse('the lines are not ascending');
      return true;
    });
    last = line.capture;
    if (holds) disposed.add(line.capture);
  };
  for await (const { bytes, is_cut } of line_chunks(source, kFile)) {
    each_line(bytes, (begin, end) => take(bytes, begin, end));
    if (is_cut) findings.add('disposition', kFile, null, kLastCut);
  }
  let redacted = 0;
  for (const capture of register.captures.values()) {
    if (capture.is_redacted) redacted += 1;
    else if (!disposed.has(capture.leaf)) findings.add('disposition', kFile, capture.leaf, 'no line says what became of this capture');
  }
  findings.count('dispositions', disposed.size);
  for (const status of [...counts.keys()].sort()) findings.count('status', counts.get(status)!, status);
  findings.keep_back('redacted captures', redacted);
  return { linked, destroyed };
}
