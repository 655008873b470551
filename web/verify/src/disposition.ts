// dispositions.jsonl: what became of every part of every capture.
import { refuse } from './bytes';
import { is_whole, status_from } from './list_line';
import { PartSet } from './part_set';
import type { Records } from './records';
import type { Register } from './register';
import { Scanner } from './scanner';
import { list_from } from './slots';
import { for_each_line, type Source } from './source';
import type { Findings } from './verdict';

const kFile = 'dispositions.jsonl';

interface Line {
  capture: number;
  leaf: number;
  records: [string, string][]; // record, salt
}

function line_from(text: string): Line {
  const scan = new Scanner(text);
  scan.expect('{"type":"disposition","capture":');
  const capture = scan.count();
  scan.expect(',"leaf":');
  const leaf = scan.count();
  scan.expect(',"records":');
  const records = scan.list((): [string, string] => {
    scan.expect('[');
    const record = scan.value();
    scan.expect(',');
    const salt = scan.hex(64);
    scan.expect(']');
    return [record, salt];
  });
  scan.expect('}');
  scan.end();
  return { capture, leaf, records };
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
  for (const [record] of line.records) {
    const { part, status } = status_from(record);
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
  const head = records.at.get(line.leaf)?.value('statuses') ?? refuse('no record opens its list');
  if (!is_whole(line.records, head)) refuse('the statuses are not those of the leaf');
  const count = records.at.get(line.capture)?.value('part-count');
  if (count === null || count === undefined) return refuse('the capture does not open how many parts it has');
  const parts = list_from(records.at.get(line.capture)?.value('parts') ?? '');
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
  await for_each_line(source, kFile, {
    wrong: (message) => findings.add('disposition', kFile, null, message),
    line: (text) => {
      const line = findings.attempt('disposition', kFile, null, () => line_from(text));
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
    },
  });
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
