// claims.jsonl and parts.jsonl: from a member down to preserved bytes, and what is closed on the way.
import { hex_of, refuse } from './bytes';
import type { EvidenceRead, EvidenceTask } from './evidence_file';
import type { Listed } from './files';
import { kHash } from './hashes';
import { Layout, type EvidenceFile } from './layout';
import { kClaimsList, kEvidenceList, kLists, kNone, kOriginsList, kPartsList, ListRead, type ListBatch } from './list_batch';
import { check_member } from './list_line';
import type { ListHead, Opened } from './opened';
import { PartSet } from './part_set';
import { Passages } from './passages';
import type { Policy } from './policy';
import { in_order, type Pool } from './pool';
import type { Records } from './records';
import type { Register } from './register';
import { kLastCut, line_chunks, type LineChunk, type Source } from './source';
import type { Findings } from './verdict';

const kClaims = 'claims.jsonl';
const kParts = 'parts.jsonl';

/** Heads of lists by leaf, one of each list kept: lines of one list follow each other. */
class Heads {
  readonly #kept: { leaf: number; entry: number; head: ListHead }[] = [];
  constructor(readonly records: Records) {}

  /** What the line's list commits to. */
  of(line: ListRead): ListHead {
    const { slot, leaf, entry } = line;
    const kept = this.#kept[slot];
    if (kept?.leaf === leaf && kept.entry === entry) return kept.head;
    const name = kLists[slot] ?? refuse('no entry has such a list');
    const opened = this.records.at.get(leaf);
    const head = (opened?.entry === entry ? opened.list(name) : null) ?? refuse(`no record opens the list '${name}'`);
    this.#kept[slot] = { leaf, entry, head };
    return head;
  }

  check(line: ListRead): void {
    check_member(this.of(line), line.index, line.hash, line.proof);
  }
}

async function for_each_opened(source: Source, path: string, pool: Pool, wants_persons: boolean, take: (line: ListRead) => void, progress: (end: number) => void, findings: Findings): Promise<void> {
  const work = ({ bytes }: LineChunk): Promise<ListBatch> => pool.run({ kind: 'lists', bytes, wants_persons });
  await in_order(line_chunks(source, path), pool.width, work, (batch, { end, is_cut }) => {
    for (let i = 0; i < batch.count; i += 1) take(new ListRead(batch, i));
    pool.forget(batch);
    if (is_cut) findings.add('evidence', path, null, kLastCut);
    progress(end);
  });
}

interface Place {
  entry: number;
  index: number;
  slot: number;
}

function is_after(a: Place, b: Place): boolean {
  return (a.entry - b.entry || a.index - b.index || a.slot - b.slot) > 0;
}

const kBeforeAll: Place = { entry: -1, index: 0, slot: 0 };
const kOutOfOrder = 'the lines are not ascending, or open a record twice';

/** Parts whose bytes travel with the edition: numbers of the layout, by the leaf of the capture and their place in it. */
class Parts {
  readonly layout = new Layout();
  count = 0;
  readonly #by_leaf = new Map<number, Map<number, number>>();
  at(leaf: number, part: number): number | undefined {
    return this.#by_leaf.get(leaf)?.get(part);
  }
  add(leaf: number, part: number, number: number): void {
    let parts = this.#by_leaf.get(leaf);
    if (parts === undefined) this.#by_leaf.set(leaf, (parts = new Map()));
    parts.set(part, number);
    this.count += 1;
  }
  /** Calls `look` for each, in the order in which they were opened. */
  each(look: (leaf: number, part: number) => void): void {
    for (const [leaf, parts] of this.#by_leaf) for (const part of parts.keys()) look(leaf, part);
  }
}

async function read_parts(source: Source, { records, policy, pool, destroyed }: Known, findings: Findings): Promise<Parts> {
  const parts = new Parts();
  const heads = new Heads(records);
  let last: Place = kBeforeAll;
  const check = (line: ListRead): void => {
    if (line.slot !== kPartsList) refuse('its list is none of parts');
    if (line.record_problem !== null) return refuse(line.record_problem);
    const number = parts.layout.place(line.named, line.part_bytes);
    const place = { entry: line.entry, index: line.index, slot: line.slot };
    if (!is_after(place, last)) refuse(kOutOfOrder);
    last = place;
    heads.check(line);
    if (line.part !== line.index) refuse(`part ${line.part} stands at place ${line.index} of its list`);
    if (destroyed.has(line.leaf, line.part)) findings.add('evidence', kParts, line.leaf, `part ${line.part} was destroyed, yet it is opened`);
    parts.add(line.leaf, line.part, number);
    if (policy?.evidence === 'none') findings.add('policy', kParts, line.leaf, 'opens a part, which the policy withholds');
  };
  await for_each_opened(source, kParts, pool, false, (line) => {
    const { problem } = line;
    if (problem !== null) findings.add('evidence', kParts, null, problem);
    else findings.attempt('evidence', kParts, line.leaf, () => check(line));
  }, () => undefined, findings);
  findings.count('parts', parts.count);
  return parts;
}

function check_anchor(line: ListRead, register: Register): void {
  if (line.capture === kNone) return;
  if (register.captures.get(line.capture)?.id !== hex_of(line.named.subarray(0, 16))) {
    refuse(`leaf ${line.capture} is not the capture that the anchor names`);
  }
}

/** Where the evidence lies that the next claim belongs to. */
type Anchored = Pick<ListRead, 'leaf' | 'index' | 'capture' | 'part' | 'begin' | 'end'>;

/** How much of an entry's evidence is open. */
interface Seen {
  records: number;
  lineages: number;
}

class Walk {
  readonly seen = new Map<number, Seen>();
  readonly expected = new Passages();
  claims = 0;
  no_bytes = 0;
  no_anchor = 0;
  #last = kBeforeAll;
  #evidence: Anchored | null = null;
  readonly #heads: Heads;
  readonly #register: Register;
  readonly #policy: Policy | undefined;

  readonly cited = new PartSet();
  /** Opened records of origins, as "LEAF/INDEX". */
  readonly origins = new Set<string>();
  // Of the entry that is being read: lines of one entry follow each other.
  #now = { leaf: kNone, places: new Map<string, number>(), lineages: new Set<number>() };

  constructor(readonly parts: Parts, readonly known: Known, readonly findings: Findings) {
    this.#heads = new Heads(known.records);
    this.#register = known.register;
    this.#policy = known.policy;
  }

  take(line: ListRead): void {
    const { problem } = line;
    const before = this.#evidence;
    this.#evidence = null;
    if (problem !== null) return this.findings.add('evidence', kClaims, null, problem);
    this.findings.attempt('evidence', kClaims, line.leaf, () => {
      const { slot } = line;
      if (slot === kNone || slot === kPartsList) refuse('its list is none of an entry');
      this.#heads.check(line);
      const place = { entry: line.entry, index: line.index, slot };
      if (!is_after(place, this.#last)) refuse(kOutOfOrder);
      this.#last = place;
      this.#check_allowed(line.leaf, slot);
      if (slot === kEvidenceList) this.#take_evidence(line);
      else if (slot === kOriginsList) this.origins.add(`${line.leaf}/${line.index}`);
      else if (slot === kClaimsList) this.#take_claim(line, before?.leaf === line.leaf && before.index === line.index ? before : null);
    });
  }

  #beyond(leaf: number, what: string): void {
    this.findings.add('policy', kClaims, leaf, `opens ${what}, which the policy withholds`);
  }

  #check_allowed(leaf: number, slot: number): void {
    if (slot === kOriginsList && this.#policy?.origins === 'withheld') this.#beyond(leaf, 'where a claim comes from');
    if (slot !== kOriginsList && this.#policy?.passages === 'none') this.#beyond(leaf, 'a claim');
  }

  /** A part that evidence lies in is called linked; the same bytes are of one lineage. */
  #take_place(line: ListRead): void {
    const { capture, part, lineage } = line;
    if (capture === kNone) return;
    const is_redacted = this.#register.captures.get(capture)?.is_redacted ?? true;
    if (!is_redacted && !this.known.linked.has(capture, part)) {
      this.findings.add('disposition', kClaims, line.leaf, `rests on part ${part} of the capture at leaf ${capture}, which is not called linked`);
    }
    this.cited.add(capture, part);
    const where = `${this.parts.at(capture, part) ?? `${capture}/${part}`} ${line.where}`;
    const first = this.#now.places.get(where) ?? lineage;
    this.#now.places.set(where, first);
    if (first !== lineage) {
      this.findings.add('evidence', kClaims, line.leaf, 'the same bytes are counted as two independent lineages');
    }
  }

  #take_evidence(line: ListRead): void {
    if (line.record_problem !== null) refuse(line.record_problem);
    check_anchor(line, this.#register);
    const now = this.#now;
    if (now.leaf !== line.leaf) {
      now.leaf = line.leaf;
      now.places.clear();
      now.lineages.clear();
    }
    this.#take_place(line);
    const { leaf, index, capture, part, begin, end } = line;
    this.#evidence = { leaf, index, capture, part, begin, end };
    now.lineages.add(line.lineage);
    let seen = this.seen.get(line.leaf);
    if (seen === undefined) this.seen.set(line.leaf, (seen = { records: 0, lineages: 0 }));
    seen.records += 1;
    seen.lineages = now.lineages.size;
  }

  #take_claim(line: ListRead, evidence: Anchored | null): void {
    if (line.record_problem !== null) refuse(line.record_problem);
    this.claims += 1;
    if (line.names_person && this.#policy?.passages === 'without persons') this.#beyond(line.leaf, 'a claim that names a person');
    if (evidence === null) return refuse('a claim is opened without its evidence');
    if (evidence.begin === kNone || line.passage_bytes === kNone) {
      this.no_anchor += 1;
      return;
    }
    const { begin, end } = evidence;
    if (line.passage_bytes !== end - begin) refuse('a passage is not as long as its anchor');
    const part = this.parts.at(evidence.capture, evidence.part);
    if (part === undefined) this.no_bytes += 1;
    else if (end > this.parts.layout.sizes[part]!) refuse('a passage goes beyond the end of its part');
    else this.expected.add(part, begin, end, line.leaf, line.named);
  }
}

interface Closed {
  claims: number;
  lists: number;
}

/** Independent lineages: as stated where all evidence of an entry is open, and at most as many where it is not. */
function check_lineages(opened: Opened, seen: Seen | undefined, closed: Closed, findings: Findings): void {
  const list = opened.list('evidence');
  if (list === null) {
    closed.lists += 1;
    return;
  }
  for (const path of ['claims', 'origins']) {
    const count = opened.list(path)?.count ?? list.count;
    if (count !== list.count) findings.add('evidence', kClaims, opened.leaf, `its list of evidence has ${list.count} records, that of ${path} has ${count}`);
  }
  const reports = opened.value('reports');
  if (reports !== null && BigInt(reports) > BigInt(list.count)) {
    findings.add('evidence', kClaims, opened.leaf, `states ${reports} reports and has ${list.count} claims`);
  }
  const records = seen?.records ?? 0;
  const lineages = seen?.lineages ?? 0;
  closed.claims += Math.max(0, list.count - records);
  const stated = opened.value('lineages');
  if (stated === null) return;
  if (records === list.count ? String(lineages) !== stated : BigInt(lineages) > BigInt(stated)) {
    findings.add('evidence', kClaims, opened.leaf, `states ${stated} independent lineages, its evidence gives ${lineages}`);
  }
}

/** What the checks before found, and who reads the lines. */
export interface Known {
  records: Records;
  register: Register;
  /** Parts that are called linked. */
  linked: PartSet;
  /** Parts that were destroyed, and may not be opened. */
  destroyed: PartSet;
  policy: Policy | undefined;
  pool: Pool;
}

/** The preserved bytes: where the lines say that they are, and with the passages that claims were read from. */
export class Evidence {
  constructor(readonly walk: Walk, readonly listed: Listed, readonly pool: Pool, readonly findings: Findings) {}

  /** Opened records of origins, as "LEAF/INDEX". */
  get origins(): Set<string> {
    return this.walk.origins;
  }

  /** What a helper needs to know of the file, and which passages it looks for. */
  #task({ path, parts, is_pack }: EvidenceFile): { task: EvidenceTask; passages: number[] } {
    const { parts: { layout }, expected } = this.walk;
    const passages = parts.flatMap((part) => [...expected.of(part)].map((passage) => ({ passage, part })));
    const task: EvidenceTask = {
      kind: 'evidence', path, ends: new Float64Array(is_pack ? parts.length : 0), digests: new Uint8Array(is_pack ? parts.length * kHash : 0),
      ranges: new Float64Array(2 * passages.length), passages: new Uint8Array(passages.length * kHash),
    };
    task.ends.forEach((_, i) => {
      task.ends[i] = layout.begins[parts[i]!]! + layout.sizes[parts[i]!]!;
      task.digests.set(layout.digests.at(parts[i]!), i * kHash);
    });
    passages.forEach(({ passage, part }, i) => {
      task.ranges[2 * i] = layout.begins[part]! + expected.begins[passage]!;
      task.ranges[2 * i + 1] = layout.begins[part]! + expected.ends[passage]!;
      task.passages.set(expected.digests.at(passage), i * kHash);
    });
    return { task, passages: passages.map(({ passage }) => passage) };
  }

  /** Reads each file from front to back and says what came of the passages. */
  async check_bytes(source: Source, progress: (bytes: number) => void): Promise<void> {
    const { walk, findings, pool } = this;
    const { layout } = walk.parts;
    let whole = 0;
    const work = async (file: EvidenceFile): Promise<{ read: EvidenceRead; passages: number[] } | null> => {
      if (source.size(file.path) !== file.size) return null; // told with the files
      const { task, passages } = this.#task(file);
      return { read: await pool.run(task), passages };
    };
    await in_order(layout.listed(this.listed, findings), pool.width, work, (done, { path, parts, size }) => {
      if (done === null) return findings.add('evidence', path, null, 'has not the bytes of its parts');
      const { read, passages } = done;
      source.digested?.set(path, read.sha256);
      for (const i of read.wrong_parts) findings.add('evidence', path, null, `from byte ${layout.begins[parts[i]!]} on it has not the part ${hex_of(layout.digests.at(parts[i]!))}`);
      for (const i of read.wrong_passages) findings.add('evidence', kClaims, walk.expected.leaves[passages[i]!]!, "a passage is not what its anchor's bytes say");
      whole += passages.length - read.wrong_passages.length;
      progress(size);
    });
    findings.count('walked', whole);
  }
}

/** Checks the lists; what they say of bytes is left to the one reading of those. */
export async function check_evidence(source: Source, listed: Listed, known: Known, progress: (end: number) => void, findings: Findings): Promise<Evidence> {
  const { records, policy, pool } = known;
  const parts = await read_parts(source, known, findings);
  const walk = new Walk(parts, known, findings);
  await for_each_opened(source, kClaims, pool, policy?.passages === 'without persons', (line) => walk.take(line), progress, findings);
  if (policy?.evidence === 'cited') {
    parts.each((leaf, part) => {
      if (!walk.cited.has(leaf, part)) findings.add('policy', kParts, null, `opens part ${part} of the capture at leaf ${leaf}, and no opened claim lies in it`);
    });
  }
  const closed: Closed = { claims: 0, lists: 0 };
  for (const opened of records.at.values()) {
    if (opened.type === 'event' || opened.type === 'victim') check_lineages(opened, walk.seen.get(opened.leaf), closed, findings);
  }
  findings.count('claims', walk.claims);
  findings.keep_back('claims without bytes', walk.no_bytes);
  findings.keep_back('claims without passage', walk.no_anchor);
  findings.keep_back('closed claims', closed.claims);
  findings.keep_back('closed lists', closed.lists);
  return new Evidence(walk, listed, pool, findings);
}
