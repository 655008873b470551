// claims.jsonl and parts.jsonl: from a member down to preserved bytes, and what is closed on the way.
import { bytes_of, from_base64, Malformed, refuse, text_of } from './bytes';
import { sha256 } from './digest';
import type { Expected, Listed } from './files';
import { check_listed, evidence_from, list_line_from, part_from, type EvidenceRecord, type ListLine } from './list_line';
import type { Opened } from './opened';
import type { Records } from './records';
import { names_person, type Policy } from './policy';
import type { Register } from './register';
import { Scanner } from './scanner';
import { list_from } from './slots';
import { for_each_line, type Source } from './source';
import type { Findings } from './verdict';

const kClaims = 'claims.jsonl';
const kParts = 'parts.jsonl';
const kSlots = ['evidence', 'claims', 'origins'];

/** The head that the list's slot opens to. */
function head_of(line: ListLine, records: Records): string {
  const opened = records.at.get(line.leaf);
  const head = opened?.entry === line.entry ? opened.value(line.slot) : null;
  return head ?? refuse(`no record opens the list '${line.slot.slice(0, 60)}'`);
}

/** Parts whose bytes travel with the edition: path by "CAPTURE/PART". */
async function read_parts(source: Source, listed: Listed, records: Records, policy: Policy | undefined, findings: Findings): Promise<Map<string, string>> {
  const parts = new Map<string, string>();
  const cited = new Set<string>();
  const take = (text: string): void => {
    const line = findings.attempt('evidence', kParts, null, () => list_line_from(text));
    if (line === undefined) return;
    findings.attempt('evidence', kParts, line.leaf, () => {
      check_listed(line, head_of(line, records));
      const part = part_from(line.record);
      const path = `evidence/${part.sha256}`;
      const stamp = listed.stamps.get(path);
      if (line.slot !== 'parts' || stamp?.size !== part.size || stamp.sha256 !== part.sha256) {
        refuse(`${path} is not the part that the capture committed to`);
      }
      const key = `${line.leaf}/${part.part}`;
      if (parts.has(key)) refuse(`part ${part.part} is opened twice`);
      parts.set(key, path);
      if (policy?.evidence === 'none') findings.add('policy', kParts, line.leaf, 'opens a part, which the policy withholds');
      cited.add(path);
    });
  };
  await for_each_line(source, kParts, { line: take, wrong: (message) => findings.add('evidence', kParts, null, message) });
  for (const path of listed.stamps.keys()) {
    if (path.startsWith('evidence/') && !cited.has(path)) findings.add('evidence', path, null, 'no part of a capture has these bytes');
  }
  findings.count('parts', parts.size);
  return parts;
}

/** The claim of a record, and its passage: null when it has none. */
export function claim_from(text: string): { claim: string; passage: Uint8Array | null } {
  const scan = new Scanner(text);
  scan.expect('{"claim":');
  const claim = scan.value();
  scan.expect(',"text":');
  scan.text();
  scan.expect(',"encoding":');
  const encoding = scan.text();
  scan.expect(',"passage":');
  const passage = scan.nullable_text();
  scan.expect('}');
  scan.end();
  if (encoding !== 'utf-8' && encoding !== 'base64') refuse('a passage is neither utf-8 nor base64');
  if (passage === null || encoding === 'utf-8') return { claim, passage: passage === null ? null : bytes_of(passage) };
  const bytes = from_base64(passage);
  if (is_utf8(bytes)) refuse('a passage of text is spelled as base64');
  return { claim, passage: bytes };
}

function is_utf8(bytes: Uint8Array): boolean {
  try {
    text_of(bytes);
    return true;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

function check_anchor(record: EvidenceRecord, register: Register): void {
  if (record.leaf === null) return;
  if (register.types[record.leaf] !== 'capture' || register.ids[record.leaf] !== record.anchor!.capture) {
    refuse(`leaf ${record.leaf} is not the capture that the anchor names`);
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
  readonly expected = new Map<string, Expected[]>();
  claims = 0;
  no_bytes = 0;
  no_anchor = 0;
  #last: Place = { entry: -1, index: 0, slot: 0 };
  #evidence: { leaf: number; index: number; record: EvidenceRecord } | null = null;

  readonly cited = new Set<string>();
  #copies = { leaf: -1, lineages: new Map<string, number>() };

  constructor(readonly parts: Map<string, string>, readonly linked: Set<string>, readonly policy: Policy | undefined, readonly records: Records, readonly register: Register, readonly findings: Findings) {}

  take(text: string): void {
    const line = this.findings.attempt('evidence', kClaims, null, () => list_line_from(text));
    const before = this.#evidence;
    this.#evidence = null;
    if (line === undefined) return;
    this.findings.attempt('evidence', kClaims, line.leaf, () => {
      const slot = kSlots.indexOf(line.slot);
      if (slot < 0) refuse(`'${line.slot.slice(0, 60)}' is no list of an entry`);
      check_listed(line, head_of(line, this.records));
      const place = { entry: line.entry, index: line.index, slot };
      if (!is_after(place, this.#last)) refuse('the lines are not ascending, or open a record twice');
      this.#last = place;
      this.#check_allowed(line.leaf, slot);
      if (slot === 0) this.#take_evidence(line);
      else if (slot === 1) this.#take_claim(line, before?.leaf === line.leaf && before.index === line.index ? before.record : null);
    });
  }

  #beyond(leaf: number, what: string): void {
    this.findings.add('policy', kClaims, leaf, `opens ${what}, which the policy withholds`);
  }

  #check_allowed(leaf: number, slot: number): void {
    if (slot === 2 && this.policy?.origins === 'withheld') this.#beyond(leaf, 'where a claim comes from');
    if (slot !== 2 && this.policy?.passages === 'none') this.#beyond(leaf, 'a claim');
  }

  /** A part that evidence lies in is called linked; the same bytes are of one lineage. */
  #take_place(line: ListLine, record: EvidenceRecord): void {
    if (record.anchor === null) return;
    const key = `${record.leaf}/${record.anchor.part}`;
    const is_redacted = this.register.captures.get(record.leaf!)?.is_redacted ?? true;
    if (!is_redacted && !this.linked.has(key)) {
      this.findings.add('disposition', kClaims, line.leaf, `rests on part ${record.anchor.part} of the capture at leaf ${record.leaf}, which is not called linked`);
    }
    this.cited.add(key);
    if (this.#copies.leaf !== line.leaf) this.#copies = { leaf: line.leaf, lineages: new Map() };
    const where = `${this.parts.get(key) ?? key} ${record.anchor.where}`;
    const first = this.#copies.lineages.get(where) ?? record.lineage;
    this.#copies.lineages.set(where, first);
    if (first !== record.lineage) {
      this.findings.add('evidence', kClaims, line.leaf, 'the same bytes are counted as two independent lineages');
    }
  }

  #take_evidence(line: ListLine): void {
    const record = evidence_from(line.record);
    check_anchor(record, this.register);
    this.#take_place(line, record);
    this.#evidence = { leaf: line.leaf, index: line.index, record };
    const seen = this.seen.get(line.leaf) ?? { records: 0, lineages: new Set() };
    seen.records += 1;
    seen.lineages.add(record.lineage);
    this.seen.set(line.leaf, seen);
  }

  #take_claim(line: ListLine, evidence: EvidenceRecord | null): void {
    const { claim, passage } = claim_from(line.record);
    this.claims += 1;
    if (this.policy?.passages === 'without persons' && names_person(claim)) this.#beyond(line.leaf, 'a claim that names a person');
    if (evidence === null) return refuse('a claim is opened without its evidence');
    const range = evidence.anchor?.bytes ?? null;
    if (range === null || passage === null) {
      this.no_anchor += 1;
      return;
    }
    if (passage.length !== range.end - range.begin) refuse('a passage is not as long as its anchor');
    const path = this.parts.get(`${evidence.leaf}/${evidence.anchor!.part}`);
    if (path === undefined) {
      this.no_bytes += 1;
      return;
    }
    const wanted = this.expected.get(path) ?? [];
    wanted.push({ ...range, sha256: sha256(passage), leaf: line.leaf });
    this.expected.set(path, wanted);
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
  /** Passages that files must hold, by path. */
  expected: Map<string, Expected[]>;
  /** Says what came of them; to be called once, when the files were read. */
  finish: (whole: number) => void;
}

/** What the checks before found. */
export interface Known {
  records: Records;
  register: Register;
  /** Parts that are called linked, as "CAPTURE/PART". */
  linked: Set<string>;
  policy: Policy | undefined;
}

/** Checks the lists; what their passages say of files is left to the one reading of the files. */
export async function check_evidence(source: Source, listed: Listed, { records, register, linked, policy }: Known, progress: (end: number) => void, findings: Findings): Promise<Evidence> {
  const parts = await read_parts(source, listed, records, policy, findings);
  const walk = new Walk(parts, linked, policy, records, register, findings);
  await for_each_line(source, kClaims, {
    wrong: (message) => findings.add('evidence', kClaims, null, message),
    line: (text, end) => {
      walk.take(text);
      progress(end);
    },
  });
  if (policy?.evidence === 'cited') {
    for (const key of parts.keys()) if (!walk.cited.has(key)) findings.add('policy', kParts, null, `opens part ${key}, and no opened claim lies in it`);
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
  return { expected: walk.expected, finish };
}

/** A passage that its file does not hold. */
export function say_passage(passage: Expected, findings: Findings): void {
  findings.add('evidence', kClaims, passage.leaf, "a passage is not what its anchor's bytes say");
}
