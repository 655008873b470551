// claims.jsonl and parts.jsonl: from a member down to preserved bytes, and what is closed on the way.
import { hex_of, refuse } from './bytes';
import type { Listed } from './files';
import { kClaimsList, kEvidenceList, kLists, kNone, kOriginsList, kPartsList, ListRead, type ListBatch } from './list_batch';
import { check_member, list_head_from, type ListHead } from './list_line';
import type { Stamp } from './manifest';
import type { Opened } from './opened';
import { PartSet } from './part_set';
import { Passages } from './passages';
import type { Policy } from './policy';
import { in_order, type Pool } from './pool';
import type { Records } from './records';
import type { Register } from './register';
import { list_from } from './slots';
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
    const text = opened?.entry === entry ? opened.value(name) : null;
    const head = list_head_from(text ?? refuse(`no record opens the list '${name}'`));
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
    if (is_cut) findings.add('evidence', path, null, kLastCut);
    progress(end);
  });
}

/** Parts whose bytes travel with the edition, by the leaf of the capture and their number. */
class Parts {
  count = 0;
  readonly #by_leaf = new Map<number, Map<number, Stamp>>();
  at(leaf: number, part: number): Stamp | undefined {
    return this.#by_leaf.get(leaf)?.get(part);
  }
  add(leaf: number, part: number, stamp: Stamp): void {
    let parts = this.#by_leaf.get(leaf);
    if (parts === undefined) this.#by_leaf.set(leaf, (parts = new Map()));
    parts.set(part, stamp);
    this.count += 1;
  }
  /** Calls `look` for each, in the order in which they were opened. */
  each(look: (leaf: number, part: number) => void): void {
    for (const [leaf, parts] of this.#by_leaf) for (const part of parts.keys()) look(leaf, part);
  }
}

async function read_parts(source: Source, listed: Listed, { records, policy, pool }: Known, findings: Findings): Promise<Parts> {
  const parts = new Parts();
  const heads = new Heads(records);
  const cited = new Set<Stamp>();
  const check = (line: ListRead): void => {
    heads.check(line);
    if (line.slot !== kPartsList) return refuse('its list is none of parts');
    if (line.record_problem !== null) return refuse(line.record_problem);
    const sha256 = hex_of(line.named);
    const stamp = listed.stamps.get(`evidence/${sha256}`);
    if (stamp?.size !== line.part_bytes || stamp.sha256 !== sha256) return refuse(`evidence/${sha256} is not the part that the capture committed to`);
    if (line.part !== line.index) refuse(`part ${line.part} stands at place ${line.index} of its list`);
    if (parts.at(line.leaf, line.part) !== undefined) refuse(`part ${line.part} is opened twice`);
    parts.add(line.leaf, line.part, stamp);
    if (policy?.evidence === 'none') findings.add('policy', kParts, line.leaf, 'opens a part, which the policy withholds');
    cited.add(stamp);
  };
  await for_each_opened(source, kParts, pool, false, (line) => {
    const { problem } = line;
    if (problem !== null) findings.add('evidence', kParts, null, problem);
    else findings.attempt('evidence', kParts, line.leaf, () => check(line));
  }, () => undefined, findings);
  for (const [path, stamp] of listed.stamps) {
    if (path.startsWith('evidence/') && !cited.has(stamp)) findings.add('evidence', path, null, 'no part of a capture has these bytes');
  }
  findings.count('parts', parts.count);
  return parts;
}

function check_anchor(line: ListRead, register: Register): void {
  if (line.capture === kNone) return;
  if (register.types[line.capture] !== 'capture' || register.ids[line.capture] !== hex_of(line.named.subarray(0, 16))) {
    refuse(`leaf ${line.capture} is not the capture that the anchor names`);
  }
}

interface Place {
  entry: number;
  index: number;
  slot: number;
}

function is_after(a: Place, b: Place): boolean {
  return (a.entry - b.entry || a.index - b.index || a.slot - b.slot) > 0;
}

/** What of an entry's evidence is open. */
interface Seen {
  records: number;
  lineages: Set<number>;
}

class Walk {
  readonly seen = new Map<number, Seen>();
  readonly expected = new Passages();
  claims = 0;
  no_bytes = 0;
  no_anchor = 0;
  #last: Place = { entry: -1, index: 0, slot: 0 };
  #evidence: ListRead | null = null;
  readonly #heads: Heads;
  readonly #register: Register;
  readonly #policy: Policy | undefined;

  readonly cited = new PartSet();
  /** Opened records of origins, as "LEAF/INDEX". */
  readonly origins = new Set<string>();
  #copies = { leaf: -1, lineages: new Map<string, number>() };

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
      if (!is_after(place, this.#last)) refuse('the lines are not ascending, or open a record twice');
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
    if (this.#copies.leaf !== line.leaf) this.#copies = { leaf: line.leaf, lineages: new Map() };
    const where = `${this.parts.at(capture, part)?.path ?? `${capture}/${part}`} ${line.where}`;
    const first = this.#copies.lineages.get(where) ?? lineage;
    this.#copies.lineages.set(where, first);
    if (first !== lineage) {
      this.findings.add('evidence', kClaims, line.leaf, 'the same bytes are counted as two independent lineages');
    }
  }

  #take_evidence(line: ListRead): void {
    if (line.record_problem !== null) refuse(line.record_problem);
    check_anchor(line, this.#register);
    this.#take_place(line);
    this.#evidence = line;
    let seen = this.seen.get(line.leaf);
    if (seen === undefined) this.seen.set(line.leaf, (seen = { records: 0, lineages: new Set() }));
    seen.records += 1;
    seen.lineages.add(line.lineage);
  }

  #take_claim(line: ListRead, evidence: ListRead | null): void {
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
    const stamp = this.parts.at(evidence.capture, evidence.part);
    if (stamp === undefined) this.no_bytes += 1;
    else this.expected.add(stamp.path, begin, end, line.leaf, line.named);
  }
}

interface Closed {
  claims: number;
  lists: number;
}

/** Independent lineages: as stated where all evidence of an entry is open, and at most as many where it is not. */
function check_lineages(opened: Opened, seen: Seen | undefined, closed: Closed, findings: Findings): void {
  const list = list_from(opened.value('evidence') ?? '');
  if (list === null) {
    closed.lists += 1;
    return;
  }
  for (const path of ['claims', 'origins']) {
    const count = list_from(opened.value(path) ?? '')?.count ?? list.count;
    if (count !== list.count) findings.add('evidence', kClaims, opened.leaf, `its list of evidence has ${list.count} records, that of ${path} has ${count}`);
  }
  const reports = opened.value('reports');
  if (reports !== null && BigInt(reports) > BigInt(list.count)) {
    findings.add('evidence', kClaims, opened.leaf, `states ${reports} reports and has ${list.count} claims`);
  }
  const records = seen?.records ?? 0;
  const lineages = seen?.lineages.size ?? 0;
  closed.claims += Math.max(0, list.count - records);
  const stated = opened.value('lineages');
  if (stated === null) return;
  if (records === list.count ? String(lineages) !== stated : BigInt(lineages) > BigInt(stated)) {
    findings.add('evidence', kClaims, opened.leaf, `states ${stated} independent lineages, its evidence gives ${lineages}`);
  }
}

export interface Evidence {
  /** Opened records of origins, as "LEAF/INDEX". */
  origins: Set<string>;
  /** Passages that files must hold. */
  expected: Passages;
  /** Says what came of them; to be called once, when the files were read. */
  finish: (whole: number) => void;
}

/** What the checks before found, and who reads the lines. */
export interface Known {
  records: Records;
  register: Register;
  /** Parts that are called linked. */
  linked: PartSet;
  policy: Policy | undefined;
  pool: Pool;
}

/** Checks the lists; what their passages say of files is left to the one reading of the files. */
export async function check_evidence(source: Source, listed: Listed, known: Known, progress: (end: number) => void, findings: Findings): Promise<Evidence> {
  const { records, policy, pool } = known;
  const parts = await read_parts(source, listed, known, findings);
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
  const finish = (whole: number): void => {
    findings.count('claims', walk.claims);
    findings.count('walked', whole);
    findings.keep_back('claims without bytes', walk.no_bytes);
    findings.keep_back('claims without passage', walk.no_anchor);
    findings.keep_back('closed claims', closed.claims);
    findings.keep_back('closed lists', closed.lists);
  };
  return { expected: walk.expected, origins: walk.origins, finish };
}

/** A passage that its file does not hold. */
export function say_passage(leaf: number, findings: Findings): void {
  findings.add('evidence', kClaims, leaf, "a passage is not what its anchor's bytes say");
}
