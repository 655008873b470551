// One record or one total of an edition, handed over alone: spec/excerpt.md.
import { bytes_of, from_hex, hex_of, refuse, to_base64 } from './bytes';
import { claim_from, names_person } from './claim';
import { Committer } from './commitment';
import { sha256 } from './digest';
import { excerpt_from, type Excerpt } from './excerpt_lines';
import { open_head } from './head';
import { leaf_from, type Leaf } from './leaf';
import { check_listed, evidence_from, list_line_from, part_from, type EvidenceRecord, type ListLine } from './list_line';
import { manifest_from, type Manifest } from './manifest';
import { is_included, leaf_hash } from './merkle';
import { note_from, signers_of } from './note';
import type { Opened } from './opened';
import type { Pin } from './pin';
import { openable, policy_from, type Policy } from './policy';
import { record_from, type RecordLine } from './record_line';
import { opened_from } from './records';
import { membership, rule_from, type Rule } from './rule';
import { Scanner } from './scanner';
import { is_spelled, slots_of } from './slots';
import { recount, total_json } from './total';
import { Findings, type TotalVerdict, type Verdict } from './verdict';
import { is_quorum, judge_witnesses, type Clock } from './witness';

const kManifest = 'edition.json';
const kRecord = 'record';
const kClaim = 'claim';
const kTotals = 'totals.json';
const kSlots = ['evidence', 'claims', 'origins'];

class ExcerptCheck {
  readonly findings = new Findings();
  manifest!: Manifest;
  policy: Policy | undefined;
  is_witnessed = false;
  total: TotalVerdict | null = null;
  readonly #leaves = new Map<number, Leaf>();
  readonly #records: Opened[] = [];
  readonly #used = new Set<number>();
  readonly #cited = new Set<string>();
  #evidence: { index: number; record: EvidenceRecord } | null = null;
  #last_claim = { index: -1, slot: 0 };
  #claims = 0;
  #passages = 0;
  #slots = 0;

  constructor(readonly excerpt: Excerpt, readonly pin: Pin, readonly clock: Clock) {}

  run(): void {
    if (!this.#read_manifest() || !this.#read_head()) return;
    this.#read_files();
    this.#read_leaves();
    for (const line of this.excerpt.records) this.#read_record(line);
    if (this.excerpt.entry !== null) this.#check_entry(this.excerpt.entry);
    else this.#check_total(this.excerpt.total!);
    for (const index of this.#leaves.keys()) {
      if (!this.#used.has(index)) this.findings.add('log', '', index, 'it holds a leaf that nothing in it is about');
    }
    this.findings.count('excerpt leaves', this.#leaves.size);
    this.findings.count('records', this.#records.length);
    this.findings.count('slots', this.#slots);
  }

  #read_manifest(): boolean {
    const manifest = this.findings.attempt('manifest', kManifest, null, () => {
      const note = note_from(bytes_of(this.excerpt.manifest));
      if (signers_of(note, this.pin.release).length === 0) refuse('no release key of the pin signed it');
      const out = manifest_from(note.text);
      return out.origin === this.pin.origin ? out : refuse("it is of another log than the pin's");
    });
    if (manifest !== undefined) this.manifest = manifest;
    return manifest !== undefined;
  }

  #read_head(): boolean {
    const { findings, pin, manifest } = this;
    const head = findings.attempt('checkpoint', 'checkpoint', null, () => {
      const opened = open_head(bytes_of(this.excerpt.checkpoint), pin);
      if (opened.size_text !== String(manifest.size) || opened.root !== manifest.root) refuse('it is not the head that the edition names');
      return opened;
    });
    if (head === undefined) return false;
    for (const known of pin.heads) {
      if (known.size === head.size && known.root !== head.root) findings.add('head', 'checkpoint', null, 'the reader remembers another root at this size: two histories were signed');
    }
    findings.witnesses = judge_witnesses(pin.witnesses, head.cosignatures, this.clock);
    this.is_witnessed = is_quorum(pin.witnesses, findings.witnesses);
    return true;
  }

  /** The policy; of a total also its rule and the totals. Nothing else, and each as the manifest lists it. */
  #read_files(): void {
    const { findings, manifest, excerpt } = this;
    const rule = `rules/${excerpt.total ?? ''}.json`;
    for (const [path, text] of excerpt.files) {
      const bytes = bytes_of(text);
      const digest = hex_of(sha256(bytes));
      const is_rule = excerpt.total !== null && path === rule;
      const is_about = path === 'policy.json' || (excerpt.total !== null && (path === kTotals || is_rule));
      const is_listed = is_rule ? manifest.rules.some((each) => each.name === excerpt.total && each.sha256 === digest)
        : manifest.files.some((each) => each.path === path && each.size === bytes.length && each.sha256 === digest);
      if (!is_about || !is_listed) findings.add('file', path, null, 'is not the file that the edition lists, or not one that belongs here');
    }
    const policy = excerpt.files.get('policy.json');
    if (policy === undefined || hex_of(sha256(bytes_of(policy))) !== manifest.policy) {
      findings.add('manifest', 'policy.json', null, "the edition's policy did not come with it");
    } else {
      this.policy = findings.attempt('policy', 'policy.json', null, () => policy_from(policy));
    }
  }

  #read_leaves(): void {
    const root = from_hex(this.manifest.root, 32);
    for (const { index, leaf, proof } of this.excerpt.leaves) {
      this.findings.attempt('log', '', index, () => {
        const bytes = bytes_of(leaf);
        const path = proof.map((hash) => from_hex(hash, 32));
        if (!is_included(index, this.manifest.size, leaf_hash(bytes), path, root)) refuse('the leaf is not at that place of the log');
        this.#leaves.set(index, leaf_from(bytes));
      });
    }
  }

  #read_record(line: string): void {
    this.findings.attempt('record', kRecord, null, () => {
      const record = record_from(line);
      const leaf = this.#leaves.get(record.leaf) ?? refuse(`the leaf ${record.leaf} of a record did not come with it`);
      const opened = opened_from(record, leaf.type);
      const is_spelled_right = this.#check_slots(record, leaf);
      const entry = this.#leaves.get(record.entry);
      const restated = leaf.type === 'amend' && leaf.refs.get('entry')?.join() === String(record.entry) && (opened.type === 'event' || opened.type === 'victim');
      if (entry?.type !== opened.type || (record.leaf !== record.entry && !restated)) refuse(`the leaf ${record.leaf} is not of the entry that it states`);
      if (this.#records.length > 0 && this.#records.at(-1)!.entry >= opened.entry) refuse('the records are not ascending, or state an entry twice');
      this.#used.add(record.leaf).add(record.entry);
      if (is_spelled_right) this.#records.push(opened);
    });
  }

  /** False when a value is not spelled as its kind says: nothing is read from such a record. */
  #check_slots(record: RecordLine, leaf: Leaf): boolean {
    const { findings, policy } = this;
    const committer = new Committer(this.pin.origin);
    const allowed = policy === undefined ? null : openable(policy, record.type);
    const table = slots_of(leaf.type);
    let is_spelled_right = true;
    for (const { slot, path, value, key } of record.openings) {
      this.#slots += 1;
      const { path: wanted, kind } = table[slot]!;
      const wrong = (message: string): void => findings.add('opening', kRecord, record.leaf, `slot ${slot}: ${message}`);
      if (path !== wanted) wrong(`its path is '${wanted}', not '${path.slice(0, 60)}'`);
      else if (to_base64(committer.commit(from_hex(key, 32), from_hex(leaf.id, 16), path, kind, value)) !== leaf.commitments[slot]) wrong('the opening does not give the commitment in the leaf');
      if (value !== null && !is_spelled(kind, value)) {
        is_spelled_right = false;
        wrong(`the value is not spelled as kind ${kind} is`);
      }
      if (allowed !== null && !allowed.has(path)) findings.add('policy', kRecord, record.leaf, `opens ${path.slice(0, 60)}, which the policy withholds`);
    }
    if (policy?.victims === 'withheld' && record.type === 'victim') findings.add('policy', kRecord, record.leaf, 'a victim is disclosed, and the policy withholds all');
    return is_spelled_right;
  }

  #record_of(leaf: number): Opened | undefined {
    return this.#records.find((each) => each.leaf === leaf);
  }

  #check_entry(index: number): void {
    const { findings } = this;
    const entry = this.#records.find((each) => each.entry === index);
    if (entry?.type !== 'event' && entry?.type !== 'victim') return findings.add('record', kRecord, index, 'the record that it should hold is not there');
    for (const line of this.excerpt.claims) this.#read_claim(line, entry);
    const captures = this.#read_parts();
    const decision = this.#check_status(entry);
    for (const other of this.#records) {
      const is_about = other === entry || (other.type === 'capture' && captures.has(other.leaf)) || other.leaf === decision;
      if (!is_about) findings.add('record', kRecord, other.leaf, 'it holds a record that it is not about');
    }
    findings.count('claims', this.#claims);
    if (this.#passages > 0) findings.leave_open('excerpt bytes', this.#passages);
    findings.leave_open('excerpt entry', index, String(this.manifest.size));
    findings.leave_open('excerpt same act');
  }

  /** The leaf of the decision that an entry called verified cites; null when it cites none. */
  #check_status(entry: Opened): number | null {
    if (entry.value('status') !== 'verified') return null;
    const decision = entry.value('status/decision');
    const opened = decision === null ? undefined : this.#record_of(Number(decision));
    if ((entry.value('status/method') ?? '') === '' || opened?.value('verb') !== 'verify') {
      this.findings.add('status', kRecord, entry.leaf, 'is called verified without a method and a decision');
    }
    return opened?.type === 'decision' ? opened.leaf : null;
  }

  #read_claim(text: string, entry: Opened): void {
    const { findings } = this;
    const line = findings.attempt('evidence', kClaim, null, () => list_line_from(text));
    if (line === undefined) return;
    findings.attempt('evidence', kClaim, line.leaf, () => {
      const slot = kSlots.indexOf(line.slot);
      if (slot < 0 || line.entry !== entry.entry || line.leaf !== entry.leaf) refuse('no record opens its list');
      check_listed(line, entry.list(line.slot) ?? refuse('the head of the list is none'));
      const last = this.#last_claim;
      if (line.index < last.index || (line.index === last.index && slot <= last.slot)) refuse('the lines are not ascending, or open a record twice');
      this.#last_claim = { index: line.index, slot };
      this.#check_allowed(line.leaf, slot);
      if (slot === 0) this.#read_evidence(line);
      else if (slot === 1) this.#read_passage(line);
    });
  }

  #check_allowed(leaf: number, slot: number): void {
    const wrong = (what: string): void => this.findings.add('policy', kClaim, leaf, `opens ${what}, which the policy withholds`);
    if (slot === 2 && this.policy?.origins === 'withheld') wrong('where a claim comes from');
    if (slot !== 2 && this.policy?.passages === 'none') wrong('a claim');
  }

  #read_evidence(line: ListLine): void {
    const record = evidence_from(line.record);
    this.#evidence = { index: line.index, record };
    if (record.leaf === null) return;
    const capture = this.#leaves.get(record.leaf);
    if (capture?.type !== 'capture' || capture.id !== record.anchor!.capture) refuse(`leaf ${record.leaf} is not the capture that the anchor names`);
    this.#used.add(record.leaf);
    this.#cited.add(`${record.leaf}/${record.anchor!.part}`);
  }

  #read_passage(line: ListLine): void {
    const { claim, passage } = claim_from(line.record);
    this.#claims += 1;
    if (this.policy?.passages === 'without persons' && names_person(claim)) this.findings.add('policy', kClaim, line.leaf, 'opens a claim that names a person, which the policy withholds');
    if (this.#evidence?.index !== line.index) return refuse('a claim is opened without its evidence');
    const range = this.#evidence.record.anchor?.bytes ?? null;
    if (range === null || passage === null) return;
    this.#passages += 1;
    if (passage.length !== range.end - range.begin) refuse('a passage is not as long as its anchor');
  }

  /** Leaves of captures of which a part is opened. */
  #read_parts(): Set<number> {
    const captures = new Set<number>();
    let parts = 0;
    let last = { leaf: -1, index: -1 };
    for (const text of this.excerpt.parts) {
      const line = this.findings.attempt('evidence', kClaim, null, () => list_line_from(text));
      if (line === undefined) continue;
      this.findings.attempt('evidence', kClaim, line.leaf, () => {
        const capture = this.#record_of(line.leaf);
        if (line.entry !== line.leaf || line.slot !== 'parts' || capture?.type !== 'capture') refuse('no record opens its list');
        check_listed(line, capture!.list('parts') ?? refuse('the head of the list is none'));
        const part = part_from(line.record);
        if (line.leaf < last.leaf || (line.leaf === last.leaf && line.index <= last.index)) refuse('the parts are not ascending, or one is opened twice');
        last = { leaf: line.leaf, index: line.index };
        if (!this.#cited.has(`${line.leaf}/${part.part}`)) refuse('no evidence here lies in that part');
        if (this.policy?.evidence === 'none') this.findings.add('policy', kClaim, line.leaf, 'opens a part, which the policy withholds');
        captures.add(line.leaf);
        parts += 1;
      });
    }
    this.findings.count('parts', parts);
    return captures;
  }

  #read_rule(name: string): { rule: Rule; leaf: number } | undefined {
    const stamp = this.manifest.rules.find((each) => each.name === name);
    const text = this.excerpt.files.get(`rules/${name}.json`);
    return this.findings.attempt('rule', name, stamp?.leaf ?? null, () => {
      const leaf = stamp === undefined ? undefined : this.#leaves.get(stamp.leaf);
      if (stamp === undefined || text === undefined || leaf?.type !== 'rule' || leaf.bind !== hex_of(sha256(bytes_of(text)))) return refuse('the rule is not one that a leaf of this log binds');
      this.#used.add(stamp.leaf);
      const rule = rule_from(text);
      return rule.name === name ? { rule, leaf: stamp.leaf } : refuse('the rule has another name');
    });
  }

  /** What totals.json says under a rule's name. */
  #stated(name: string): string | undefined {
    return this.findings.attempt('total', kTotals, null, () => {
      const scan = new Scanner(this.excerpt.files.get(kTotals) ?? refuse('totals.json did not come with it'));
      scan.expect('{"type":"totals","totals":');
      const totals = scan.list(() => scan.value());
      return totals.find((text) => text.startsWith(`{"rule":${JSON.stringify(name)},`)) ?? refuse(`states no total of '${name.slice(0, 60)}'`);
    });
  }

  #check_total(name: string): void {
    const { findings, manifest } = this;
    if (this.excerpt.claims.length + this.excerpt.parts.length > 0) findings.add('evidence', kClaim, null, 'a total comes without claims');
    const found = this.#read_rule(name);
    const stated = this.#stated(name);
    if (found === undefined || stated === undefined) return;
    const { rule, leaf } = found;
    const type = rule.unit === 'events' ? 'event' : 'victim';
    for (const member of this.#records) {
      if (member.type !== type || membership(rule, member) === 'out') findings.add('total', kTotals, member.leaf, 'it holds a record that the rule does not count');
    }
    const waiting = this.policy === undefined ? 0 : this.policy.batch - 1;
    const members = this.#records.filter((each) => each.type === type);
    const withheld = { events: manifest.events.withheld, victims: manifest.victims.withheld + waiting };
    const total = recount(rule, leaf, { events: members, victims: members, withheld });
    const holds = total_json(total) === stated;
    if (!holds) findings.add('total', kTotals, leaf, `says ${stated.slice(0, 200)}, the members here give ${total_json(total).slice(0, 200)}`);
    this.#tell_total(name, leaf, total, holds);
  }

  #tell_total(name: string, leaf: number, total: ReturnType<typeof recount>, holds: boolean): void {
    const { low, high, members, asserted, unstated } = total.all;
    const counted = { low: String(low), high: high === null ? null : String(high), members, asserted, unstated };
    this.total = { rule: name, leaf, outcome: 'failed', counted, stated: null, cells: total.cells.length, because: holds ? [] : ['total'] };
    this.findings.count('totals', 1);
    this.findings.leave_open('excerpt others');
    this.findings.leave_open('excerpt members', 0, String(this.manifest.size));
  }
}

/** What came of an excerpt. What is wrong is in the verdict. */
export function verify_excerpt(bytes: Uint8Array, pin: Pin, clock: Clock): Verdict {
  const findings = new Findings();
  const excerpt = findings.attempt('file', '', null, () => excerpt_from(bytes));
  const check = excerpt === undefined ? null : new ExcerptCheck(excerpt, pin, clock);
  check?.run();
  const found = check?.findings ?? findings;
  const when_good = check?.is_witnessed === true ? 'witnessed' : 'unwitnessed';
  if (when_good === 'unwitnessed') found.leave_open(pin.witnesses.quorum === null ? 'no witness' : pin.witnesses.quorum === 'none' ? 'no witness asked for' : 'no quorum');
  found.leave_open('truth');
  const outcome = found.failure_count > 0 ? 'failed' : when_good;
  const total = check?.total ?? null;
  if (total !== null) {
    total.because = [...new Set([...total.because, ...found.names])];
    total.outcome = outcome;
  }
  return {
    outcome, ...found.told(), failures: found.failures, failure_count: found.failure_count, totals: total === null ? [] : [total],
    checked: found.checked, withheld: found.withheld, unchecked: found.unchecked,
  };
}

